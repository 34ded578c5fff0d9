/** The credit data of a customer that exists, once per key: the second step of a create. */
import type { CustomerNumber, InitialCredit } from '../../model/index.ts';
import type { KeyedWrite, Written } from '../../ports/index.ts';
import { usualDecimals } from '../conversion/amounts.ts';
import { packCreditChange } from '../functions/pack-writes.ts';
import { creditParameters, creditPaths } from '../translate/credit-change.ts';
import { sinceFence } from './abap-pack.ts';
import type { Question } from './context.ts';
import { writeOnce, writtenFrom } from './keyed-write.ts';

/** Writes what is named: limits are finance's, and one that is not named stays. */
export async function changeCredit(
  context: Question,
  write: KeyedWrite,
  customer: CustomerNumber,
  credit: InitialCredit,
): Promise<Written> {
  // Without a limit nothing depends on decimals, so SAP is not asked for them.
  const decimals = credit.limit === undefined ? usualDecimals : await context.customizing.decimals(context.deadline);
  const answer = await writeOnce(context, write, {
    definition: packCreditChange,
    sinceMinor: sinceFence,
    parameters: { I_KUNNR: customer, ...creditParameters(credit, decimals) },
    paths: creditPaths,
    subject: { customer },
  });
  return writtenFrom(answer, { customer, contact: null });
}
