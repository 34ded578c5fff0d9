/** Credit of one customer: one call with the ABAP pack, or what the standard gives without it. */
import { toGatewayError } from '../../errors/index.ts';
import type { Credit, CustomerNumber } from '../../model/index.ts';
import type { Deadline } from '../../timing/index.ts';
import { packCredit } from '../functions/abap-pack.ts';
import { toCredit } from '../translate/credit.ts';
import { asOf, checkCustomerAnswer, read } from './context.ts';
import type { SapContext } from './context.ts';
import { readStandardCredit } from './read-standard-credit.ts';

const tables = ['ET_ACCOUNT', 'ET_SHARED', 'ET_RECEIVABLE', 'ET_TERMS', 'ET_BLOCK', 'ET_RETURN'];

/** Throws SAP_CUSTOMER_UNKNOWN for a number that SAP does not have. */
export async function readCredit(context: SapContext, number: CustomerNumber, deadline: Deadline): Promise<Credit> {
  const state = await context.pack.state(deadline);
  if (state === 'missing') return readStandardCredit(context, number, 'ABAP_PACK_MISSING', deadline);
  if (state === 'not-authorized') return readStandardCredit(context, number, 'NOT_AUTHORIZED', deadline);
  try {
    return await readPackCredit(context, number, deadline);
  } catch (thrown) {
    if (toGatewayError(thrown).code !== 'SAP_FUNCTION_MISSING') throw thrown;
    context.pack.noteMissing();
    return readStandardCredit(context, number, 'ABAP_PACK_MISSING', deadline);
  }
}

async function readPackCredit(context: SapContext, number: CustomerNumber, deadline: Deadline): Promise<Credit> {
  const moment = asOf(context);
  const [answer, decimals] = await Promise.all([
    read(context, packCredit, { I_KUNNR: number }, tables, deadline),
    context.customizing.decimals(deadline),
  ]);
  checkCustomerAnswer(context, packCredit.name, answer, number);
  return toCredit(answer, { customer: { system: context.settings.system, number }, asOf: moment }, decimals);
}
