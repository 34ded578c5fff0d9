/** What an item costs: a condition the caller gives, else what the material was sold for last. */
import { stored, toReal, toStored } from '../tables/currency.ts';
import { parseDecimal } from '../tables/decimal.ts';
import type { TableRow } from '../tables/table.ts';
import type { Row } from '../wire/decode.ts';
import type { FunctionCall } from './function-call.ts';

export interface Price {
  /** Hundredths as a CURR field keeps them, for `per` units. */
  readonly stored: bigint;
  readonly per: bigint;
}

/** Condition types that are a price, as SAP delivers them. */
const priceConditions = new Set(['PR00', 'PN00', 'PB00']);

function lastSold(call: FunctionCall, material: string, currency: string): TableRow | undefined {
  return call
    .where('VBAP', ['MATNR'], [material])
    .filter((it) => it.WAERK === currency && it.NETPR !== undefined)
    .at(-1);
}

/** Undefined where neither the caller nor the past knows a price: the document is saved incomplete. */
export function priceOf(
  call: FunctionCall,
  material: string,
  currency: string,
  conditions: readonly Row[],
): Price | undefined {
  const given = conditions.find((it) => priceConditions.has(it.COND_TYPE ?? ''));
  if (given?.COND_VALUE !== undefined) {
    const value = toStored(call.system.database, parseDecimal(given.COND_VALUE, 4), currency);
    const per = BigInt(given.COND_P_UNT ?? '0');
    return value === undefined ? undefined : { stored: value, per: per === 0n ? 1n : per };
  }
  const sold = lastSold(call, material, currency);
  return sold === undefined ? undefined : { stored: stored(sold, 'NETPR'), per: BigInt(sold.KPEIN ?? '1') };
}

/** A quantity in thousandths at a price, in stored hundredths; half a unit is rounded up. */
export function netValue(price: Price, quantity: bigint): bigint {
  return roundedQuotient(price.stored * quantity, 1000n * price.per);
}

function roundedQuotient(top: bigint, bottom: bigint): bigint {
  return (2n * top + bottom) / (2n * bottom);
}

/** Tax in stored hundredths, at the rate the customer's company was billed with last. */
export function taxOf(call: FunctionCall, net: bigint, material: string, salesOrganization: string): bigint {
  const items = call.where('VBAP', ['MATNR'], [material]);
  const sold = items.find((it) => call.get('VBAK', { VBELN: it.VBELN })?.VKORG === salesOrganization);
  const base = sold === undefined ? 0n : stored(sold, 'NETWR');
  return sold === undefined || base === 0n ? 0n : roundedQuotient(net * stored(sold, 'MWSBP'), base);
}

/** Stored hundredths in real units, in ten-thousandths. */
export function realAmount(call: FunctionCall, hundredths: bigint, currency: string): bigint {
  return toReal(call.system.database, hundredths, currency);
}
