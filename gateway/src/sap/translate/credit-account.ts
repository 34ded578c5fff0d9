/**
 * The credit account as BAPI_CR_ACC_GETDETAIL gives it. The fields of its structure are published nowhere, so they
 * are found in SAP's own dictionary by what they mean (data element, domain), not by a guessed name alone.
 */
import type { AbapStructure } from '../../ports/index.ts';
import { text } from '../answers.ts';
import { readDecimal } from '../conversion/amounts.ts';
import type { CurrencyDecimals } from '../conversion/amounts.ts';
import { shift } from '../conversion/decimal.ts';
import type { Decimal } from '../conversion/decimal.ts';
import type { DictionaryField } from '../dictionary.ts';

/** Names by which each figure is known: as data element, as field, as domain; in the order they are tried. */
const meanings = {
  limit: ['KLIMK', 'CRED_LIMIT', 'CREDIT_LIMIT', 'CREDITLIMIT', 'CR_LIMIT'],
  receivables: ['SKFOR', 'RECEIVABLES', 'TOTAL_RECEIVABLES', 'SUM_RECEIVABLES', 'TOT_REC'],
  specialLiabilities: ['SSOBL', 'SPECIAL_LIABILITIES', 'SPEC_LIAB', 'SPECIAL_LIAB'],
  currency: ['WAERS', 'CURRENCY', 'CRED_CURR', 'CURR'],
  account: ['KNKLI', 'CRED_ACCNT', 'CREDIT_ACCOUNT', 'CRED_ACC'],
  riskClass: ['CTLPC', 'RISK_CATEG', 'RISK_CATEGORY', 'RISK_CLASS'],
  block: ['CRBLB', 'CRED_BLOCK', 'CREDIT_BLOCK', 'BLOCKED', 'BLOCK'],
} as const;
type Meaning = keyof typeof meanings;

export interface CreditAccountFigures {
  readonly account: string;
  readonly currency: string;
  /** Null where this release's structure has no such field. */
  readonly limit: Decimal | null;
  readonly receivables: Decimal | null;
  readonly specialLiabilities: Decimal | null;
  readonly riskClass: string;
  readonly isBlocked: boolean;
}

/** Reads the structure with the help of its dictionary. */
export function readCreditAccount(
  row: AbapStructure,
  dictionary: readonly DictionaryField[],
  decimals: CurrencyDecimals,
): CreditAccountFigures {
  const value = (meaning: Meaning): string => {
    const field = fieldFor(meaning, dictionary);
    return field === undefined ? '' : text(row, field.name);
  };
  const currency = value('currency');
  const figure = (meaning: Meaning): Decimal | null => {
    const field = fieldFor(meaning, dictionary);
    if (field === undefined) return null;
    const stored = readDecimal(text(row, field.name));
    // CURR is stored with two decimals whatever the currency has; DEC is in real units.
    return field.dataType === 'CURR' ? shift(stored, 2 - (decimals.get(currency) ?? 2)) : stored;
  };
  return {
    account: value('account'),
    currency,
    limit: figure('limit'),
    receivables: figure('receivables'),
    specialLiabilities: figure('specialLiabilities'),
    riskClass: value('riskClass'),
    isBlocked: value('block') !== '',
  };
}

function fieldFor(meaning: Meaning, dictionary: readonly DictionaryField[]): DictionaryField | undefined {
  const names: readonly string[] = meanings[meaning];
  const by = (nameOf: (field: DictionaryField) => string): DictionaryField | undefined =>
    names.map((name) => dictionary.find((field) => nameOf(field) === name)).find((field) => field !== undefined);
  return by((field) => field.dataElement) ?? by((field) => field.name) ?? by((field) => field.domain);
}
