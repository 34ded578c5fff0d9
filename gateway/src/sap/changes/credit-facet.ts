/** Credit as it was read from SAP, as the fields of a customer. */
import type { Credit, CreditAccount, RecordFields } from '../../model/index.ts';
import { add, formatDecimal, zero } from '../conversion/decimal.ts';
import { decimalsOf, readDecimal } from '../conversion/amounts.ts';
import { chooseArea, noCredit } from './customer-changes.ts';
import type { ValueRules } from './translation.ts';

const withoutFigures: RecordFields = {
  ...noCredit,
  'credit.exposure': null,
  'credit.available': null,
  'credit.overdue': null,
};

/** Of the control area that stands for the customer; a figure that SAP does not give is nothing, not zero. */
export function creditFields(credit: Credit, rules: ValueRules): RecordFields {
  const account = chooseArea(credit.accounts, (it) => it.creditControlArea.code, rules.creditControlAreas);
  if (account === undefined) return withoutFigures;
  return {
    'credit.controlArea': account.creditControlArea.code,
    'credit.currency': account.currency,
    'credit.limit': account.limit?.amount ?? null,
    'credit.riskClass': account.riskClass?.code ?? null,
    'credit.isBlocked': credit.blocks.some((block) => isOfArea(block, account)),
    'credit.exposure': account.exposure.total?.amount ?? null,
    'credit.available': account.available?.amount ?? null,
    'credit.overdue': overdue(credit, account.currency, rules),
  };
}

function isOfArea({ kind, scope }: Credit['blocks'][number], { creditControlArea }: CreditAccount): boolean {
  return (
    kind === 'credit' && (scope.level !== 'credit-control-area' || scope.creditControlArea === creditControlArea.code)
  );
}

/** Of all company codes; nothing where some of it is in another currency, because nobody here knows the rate. */
function overdue({ receivables }: Credit, currency: string, { decimals }: ValueRules): string | null {
  if (receivables.some((it) => it.overdue.currency !== currency && !/^-?[0.]+$/.test(it.overdue.amount))) return null;
  const amounts = receivables
    .filter((it) => it.overdue.currency === currency)
    .map((it) => readDecimal(it.overdue.amount));
  return formatDecimal(amounts.reduce(add, zero), decimalsOf(currency, decimals));
}
