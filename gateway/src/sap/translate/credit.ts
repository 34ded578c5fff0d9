/** Credit as the ABAP pack gives it, in one answer. */
import type { Block, Credit, CreditAccount, CustomerNumber, Money } from '../../model/index.ts';
import type { AbapParameters, AbapStructure } from '../../ports/index.ts';
import { table, text } from '../answers.ts';
import { money, moneyFromDec, readDecimal } from '../conversion/amounts.ts';
import type { CurrencyDecimals } from '../conversion/amounts.ts';
import { formatDecimal, percentOf, subtract } from '../conversion/decimal.ts';
import type { Decimal } from '../conversion/decimal.ts';
import { readCustomerNumber } from '../identifiers.ts';
import { receivablesOfPack } from './receivables.ts';

/** Z_GANGWAY_CREDIT_READ to the model. */
export function toCredit(
  answer: AbapParameters,
  identity: Pick<Credit, 'customer' | 'asOf'>,
  decimals: CurrencyDecimals,
): Credit {
  const shared = table(answer, 'ET_SHARED');
  return {
    ...identity,
    name: text(answer, 'E_NAME'),
    accounts: table(answer, 'ET_ACCOUNT').map((row) => toAccount(row, identity.customer.number, shared, decimals)),
    receivables: receivablesOfPack(table(answer, 'ET_RECEIVABLE'), decimals),
    paymentTerms: table(answer, 'ET_TERMS').map((row) => ({
      scope: text(row, 'VKORG') === '' ? { companyCode: text(row, 'BUKRS') } : { salesArea: salesAreaOf(row) },
      terms: { code: text(row, 'ZTERM'), text: text(row, 'TEXT') || null },
    })),
    blocks: table(answer, 'ET_BLOCK').flatMap((row) => toBlock(row)),
    unavailable: [],
  };
}

/** How much of the limit is used, and what is left; nothing without a limit, because 0 means "may not buy on credit". */
export function usage(
  limit: Decimal,
  total: Decimal,
  currency: string,
  decimals: CurrencyDecimals,
): Pick<CreditAccount, 'utilisationPercent' | 'available'> {
  const percent = percentOf(total, limit, 1);
  return {
    utilisationPercent: percent === undefined ? null : formatDecimal(percent, 1),
    available: money(subtract(limit, total), currency, decimals),
  };
}

function toAccount(
  row: AbapStructure,
  customer: CustomerNumber,
  shared: readonly AbapStructure[],
  decimals: CurrencyDecimals,
): CreditAccount {
  const currency = text(row, 'WAERS');
  const amount = (field: string): Money => moneyFromDec(text(row, field), currency, decimals);
  const limit = readDecimal(text(row, 'KLIMK'));
  const total = readDecimal(text(row, 'SUM_OPENS'));
  const [area, account] = [text(row, 'KKBER'), text(row, 'KNKLI')];
  const riskClass = text(row, 'CTLPC');
  return {
    creditControlArea: { code: area, text: text(row, 'KKBTX') || null },
    currency,
    // Initial where the customer has its own.
    creditAccount: account === '' ? customer : readCustomerNumber(account),
    sharedWith: shared
      .filter((other) => text(other, 'KKBER') === area && text(other, 'KNKLI') === account)
      .map((other) => ({ number: readCustomerNumber(text(other, 'KUNNR')), name: text(other, 'NAME1') })),
    limit: amount('KLIMK'),
    exposure: {
      receivables: amount('SKFOR'),
      openOrders: amount('OPEN_ORDER'),
      openDeliveries: amount('OPEN_DELIVERY'),
      openBilling: amount('OPEN_BILLING'),
      specialLiabilities: amount('SSOBL'),
      total: amount('SUM_OPENS'),
    },
    ...usage(limit, total, currency, decimals),
    riskClass: riskClass === '' ? null : { code: riskClass, text: text(row, 'RTEXT') || null },
  };
}

type BlockNature = Pick<Block, 'kind' | 'liftedBy'>;

/** What each block field stops, and which role lifts it. */
export const blockNatures = {
  AUFSD: { kind: 'order', liftedBy: 'order-management' },
  LIFSD: { kind: 'delivery', liftedBy: 'shipping' },
  FAKSD: { kind: 'billing', liftedBy: 'billing' },
  CASSD: { kind: 'sales-support', liftedBy: 'order-management' },
  SPERR: { kind: 'posting', liftedBy: 'accounts-receivable' },
  LOEVM: { kind: 'deletion', liftedBy: 'master-data' },
  CRBLB: { kind: 'credit', liftedBy: 'credit-management' },
} as const satisfies Record<string, BlockNature>;

const naturesByField: ReadonlyMap<string, BlockNature> = new Map(Object.entries(blockNatures));

/** A field that a newer pack may add is left out: without its meaning there is nothing to tell a person. */
function toBlock(row: AbapStructure): Block[] {
  const nature = naturesByField.get(text(row, 'FIELD'));
  if (nature === undefined) return [];
  return [{ ...nature, scope: scopeOf(row), reason: { code: text(row, 'CODE'), text: text(row, 'TEXT') || null } }];
}

function scopeOf(row: AbapStructure): Block['scope'] {
  if (text(row, 'VKORG') !== '') return { level: 'sales-area', salesArea: salesAreaOf(row) };
  if (text(row, 'BUKRS') !== '') return { level: 'company-code', companyCode: text(row, 'BUKRS') };
  if (text(row, 'KKBER') !== '') return { level: 'credit-control-area', creditControlArea: text(row, 'KKBER') };
  return { level: 'central' };
}

function salesAreaOf(row: AbapStructure): { salesOrganization: string; distributionChannel: string; division: string } {
  return {
    salesOrganization: text(row, 'VKORG'),
    distributionChannel: text(row, 'VTWEG'),
    division: text(row, 'SPART'),
  };
}
