/** Initial credit data to the pack's parameters, with the limit checked against what SAP can keep. */
import { GatewayError } from '../../errors/index.ts';
import type { InitialCredit, Money } from '../../model/index.ts';
import type { AbapParameters } from '../../ports/index.ts';
import { decimalsOf } from '../conversion/amounts.ts';
import type { CurrencyDecimals } from '../conversion/amounts.ts';
import { formatDecimal, parseDecimal } from '../conversion/decimal.ts';

/** The model's path of each parameter, so that a refusal names what the person typed. */
export const creditPaths: Readonly<Record<string, string>> = {
  I_KKBER: 'credit.creditControlArea',
  I_CTLPC: 'credit.riskClass',
  I_KLIMK: 'credit.limit.amount',
  I_WAERS: 'credit.limit.currency',
};

/** KLIMK is a CURR field of 15 digits, whose last ones are the currency's decimals. */
const limitDigits = 15;

/** Risk class and limit with their marks; what is not named has none. */
export function creditParameters(credit: InitialCredit, decimals: CurrencyDecimals): AbapParameters {
  const { creditControlArea, riskClass, limit } = credit;
  return {
    I_KKBER: creditControlArea,
    ...(riskClass === undefined ? {} : { I_CTLPC: riskClass, IX_CTLPC: 'X' }),
    ...(limit === undefined ? {} : { I_KLIMK: limitText(limit, decimals), IX_KLIMK: 'X', I_WAERS: limit.currency }),
  };
}

/** Real units, as DEC fields have them; SAP would round what the currency does not have, so it is refused here. */
function limitText({ amount, currency }: Money, decimals: CurrencyDecimals): string {
  const value = parseDecimal(amount);
  const places = decimalsOf(currency, decimals);
  if (value === undefined || value.units < 0n) throw refused('A credit limit is an amount from 0');
  const text = formatDecimal(value);
  const [whole = '', fraction = ''] = text.split('.');
  if (fraction.length > places) throw refused(`${currency} has ${places === 0 ? 'no' : String(places)} decimals`);
  if (whole.length > limitDigits - places) throw refused('SAP keeps no limit as large as this');
  return text;
}

function refused(message: string): GatewayError {
  return new GatewayError('REQUEST_INVALID', {}, undefined, { issues: [{ path: 'credit.limit.amount', message }] });
}
