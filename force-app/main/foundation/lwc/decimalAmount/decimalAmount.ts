/** Arithmetic on amounts as decimal strings: exact, because a float would change the customer's balance. */

/** More decimals than any currency has, so that every amount becomes a whole number of these. */
const scaleDigits = 9;

/** An amount in billionths; null where the text is no decimal number. */
function toBillionths(amount: string): bigint | null {
    const parts = /^(-?)(\d+)(?:\.(\d{1,9}))?$/.exec(amount);
    if (parts === null) return null;
    const [, sign = '', whole = '0', fraction = ''] = parts;
    const size = BigInt(whole + fraction.padEnd(scaleDigits, '0'));
    return sign === '-' ? -size : size;
}

function toDecimal(billionths: bigint, decimals: number): string {
    const sign = billionths < 0n ? '-' : '';
    const digits = String(billionths < 0n ? -billionths : billionths).padStart(scaleDigits + 1, '0');
    const fraction = digits.slice(-scaleDigits).slice(0, decimals);
    return `${sign}${digits.slice(0, -scaleDigits)}${fraction === '' ? '' : `.${fraction}`}`;
}

const decimalsOf = (amount: string): number => amount.split('.')[1]?.length ?? 0;

/** -1, 0 or 1, as the amount is below, at or above zero. */
export function signOf(amount: string): -1 | 0 | 1 {
    const value = toBillionths(amount) ?? 0n;
    if (value === 0n) return 0;
    return value < 0n ? -1 : 1;
}

/** The exact sum, with as many decimals as the most precise addend. */
export function sumOf(amounts: readonly string[]): string {
    const total = amounts.reduce((sum, amount) => sum + (toBillionths(amount) ?? 0n), 0n);
    return toDecimal(total, Math.max(0, ...amounts.map(decimalsOf)));
}

/** The amount without its sign. */
export const withoutSign = (amount: string): string => amount.replace(/^-/, '');

/** How large `part` is of `whole`, from 0 to 1000, for drawing; nothing below zero can be drawn. */
export function permille(part: string, whole: string): number {
    const [size, all] = [toBillionths(part) ?? 0n, toBillionths(whole) ?? 0n];
    if (size <= 0n || all <= 0n) return 0;
    return Number(((size >= all ? all : size) * 1000n) / all);
}

/** Whether the first amount is the larger one. */
export const isAbove = (amount: string, other: string): boolean =>
    (toBillionths(amount) ?? 0n) > (toBillionths(other) ?? 0n);

/** The largest of several amounts, zero at least. */
export function largestOf(amounts: readonly string[]): string {
    return amounts.reduce((largest, amount) => (isAbove(amount, largest) ? amount : largest), '0');
}
