/** Credit of one customer: one call with the ABAP pack, or what the standard gives without it. */
import { toGatewayError } from '../../errors/index.ts';
import type { Credit, CustomerNumber } from '../../model/index.ts';
import { packCredit } from '../functions/abap-pack.ts';
import { toCredit } from '../translate/credit.ts';
import { asOf, checkCustomerAnswer, read } from './context.ts';
import type { Question } from './context.ts';
import { readStandardCredit } from './read-standard-credit.ts';

const tables = ['ET_ACCOUNT', 'ET_SHARED', 'ET_RECEIVABLE', 'ET_TERMS', 'ET_BLOCK', 'ET_RETURN'];

/** Throws SAP_CUSTOMER_UNKNOWN for a number that SAP does not have. */
export async function readCredit(context: Question, number: CustomerNumber): Promise<Credit> {
  const state = await context.pack.state(context.deadline);
  if (state === 'missing') return readStandardCredit(context, number, 'ABAP_PACK_MISSING');
  if (state === 'not-authorized') return readStandardCredit(context, number, 'NOT_AUTHORIZED');
  try {
    return await readPackCredit(context, number);
  } catch (thrown) {
    if (toGatewayError(thrown).code !== 'SAP_FUNCTION_MISSING') throw thrown;
    context.pack.noteMissing();
    // Throws where nothing may stand in for it.
    await context.pack.state(context.deadline);
    return readStandardCredit(context, number, 'ABAP_PACK_MISSING');
  }
}

async function readPackCredit(context: Question, number: CustomerNumber): Promise<Credit> {
  const moment = asOf(context);
  const [answer, decimals] = await Promise.all([
    read(context, packCredit, { I_KUNNR: number }, tables),
    context.customizing.decimals(context.deadline),
  ]);
  checkCustomerAnswer(context, packCredit.name, answer, number);
  return toCredit(answer, { customer: { system: context.settings.system, number }, asOf: moment }, decimals);
}
