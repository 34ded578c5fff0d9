/** Amounts, quantities, days and numbers as people read them, without changing a digit. */
import LOCALE from '@salesforce/i18n/locale';
import TIME_ZONE from '@salesforce/i18n/timeZone';
import JUST_NOW from '@salesforce/label/c.Age_Just_Now';

const isDecimal = (text: string): text is Intl.StringNumericLiteral => /^-?\d+(\.\d+)?$/.test(text);
const decimalsOf = (text: string): number => text.split('.')[1]?.length ?? 0;

/** A label with its placeholders `{0}`, `{1}` filled. */
export const fill = (label: string, ...values: readonly (string | number)[]): string =>
    label.replace(/\{(\d+)\}/g, (placeholder, index: string) => String(values[Number(index)] ?? placeholder));

/**
 * One format per kind of text, made once: making one takes longer than a hundred uses of it. There are as many as
 * currencies and numbers of decimals on the page, which is a handful.
 */
const numberFormats = new Map<string, Intl.NumberFormat>();
function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
    const key = JSON.stringify(options);
    const known = numberFormats.get(key);
    if (known !== undefined) return known;
    const format = new Intl.NumberFormat(LOCALE, options);
    numberFormats.set(key, format);
    return format;
}
const dayFormat = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone: 'UTC' });
const instantFormat = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'long', timeZone: TIME_ZONE });
const ageFormat = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'always' });

/** A decimal number with at least `decimals` decimals, and all those it has: nothing is rounded. */
function decimal(text: string, options: Intl.NumberFormatOptions, decimals = 0): string {
    if (!isDecimal(text)) return text;
    const shown = Math.max(decimals, decimalsOf(text));
    const format = numberFormat({ ...options, minimumFractionDigits: shown, maximumFractionDigits: shown });
    // A string, never a number: `format` keeps every digit of it.
    return format.format(text);
}

/** The currency's own decimals (JPY 0, KWD 3); null for one that is not ISO, as SAP may have. */
function currencyDecimals(currency: string): number | null {
    if (!/^[A-Z]{3}$/.test(currency)) return null;
    return numberFormat({ style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** An amount with its currency. */
export function formatMoney({ amount, currency }: Gangway.Money): string {
    const decimals = currencyDecimals(currency);
    if (decimals === null) return `${decimal(amount, {})} ${currency}`;
    return decimal(amount, { style: 'currency', currency }, decimals);
}

/** A quantity with its unit, without the zeros that only fill SAP's field. */
export function formatQuantity({ value, unit }: Gangway.Quantity): string {
    const plain = value.includes('.') ? value.replace(/\.?0+$/, '') : value;
    return `${decimal(plain, {})} ${unit}`.trim();
}

/** A percentage such as "83.4". */
export const formatPercent = (percent: string): string => decimal(percent, { style: 'unit', unit: 'percent' });

/** How many there are. */
export const formatCount = (count: number): string => numberFormat({ maximumFractionDigits: 0 }).format(count);

/** A calendar day. It has no zone, so none may move it: it is read and written as UTC. */
export function formatDay(day: string): string {
    const instant = Date.parse(`${day.slice(0, 10)}T00:00:00Z`);
    if (Number.isNaN(instant)) return day;
    return dayFormat.format(instant);
}

/** An SAP number without the leading zeros of its internal form. */
export const displayNumber = (number: string): string =>
    /^\d+$/.test(number) ? number.replace(/^0+(?=\d)/, '') : number;

/** A sales area as SAP users write it. */
export const formatSalesArea = (area: Gangway.SalesArea): string =>
    `${area.salesOrganization} / ${area.distributionChannel} / ${area.division}`;

/** The words of a code, or the code where SAP has no words. */
export const codedWords = ({ code, text }: Gangway.CodedText): string =>
    text === null || text === '' ? code : `${text} (${code})`;

/** The exact moment in the user's time zone, naming the zone. */
export function formatInstant(instant: string): string {
    return instantFormat.format(Date.parse(instant));
}

const ageSteps: readonly { readonly unit: Intl.RelativeTimeFormatUnit; readonly seconds: number }[] = [
    { unit: 'day', seconds: 86400 },
    { unit: 'hour', seconds: 3600 },
    { unit: 'minute', seconds: 60 },
];

/** How long ago, in words. Two clocks never agree to the second, so the last minute and the near future are "just now". */
export function formatAge(instant: string, now: number): string {
    const seconds = Math.floor((now - Date.parse(instant)) / 1000);
    const step = ageSteps.find((candidate) => seconds >= candidate.seconds);
    if (step === undefined) return JUST_NOW;
    return ageFormat.format(-Math.floor(seconds / step.seconds), step.unit);
}
