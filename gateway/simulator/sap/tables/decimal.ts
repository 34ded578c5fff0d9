/** Exact decimals: whole numbers of the last place. */

/** Reads `-12.50` (or SAP's `12.50-`) with so many decimals; further digits are cut. */
export function parseDecimal(text: string | undefined, decimals: number): bigint {
  if (text === undefined || text === '') return 0n;
  const isNegative = text.includes('-');
  const [whole = '0', fraction = ''] = text.replace('-', '').trim().split('.');
  const value = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  return isNegative ? -value : value;
}

/** Writes a number of `scale` implied decimals with `decimals` of them shown. */
export function formatDecimal(value: bigint, scale: number, decimals: number): string {
  const shifted = decimals >= scale ? value * 10n ** BigInt(decimals - scale) : value / 10n ** BigInt(scale - decimals);
  const digits = (shifted < 0n ? -shifted : shifted).toString().padStart(decimals + 1, '0');
  const sign = shifted < 0n ? '-' : '';
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
