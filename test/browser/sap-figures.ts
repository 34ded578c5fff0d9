/** What the simulated SAP holds, read from its tables and computed here once more, apart from all product code. */
import { z } from 'zod';

type Row = Readonly<Record<string, string>>;
const tableAnswer = z.object({ rows: z.array(z.record(z.string(), z.string())) });

/** An amount in real units; hundredths would not do for three decimals. */
export interface Amount {
  readonly thousandths: bigint;
  readonly currency: string;
}

const decimalsOf: Readonly<Record<string, number>> = { JPY: 0, KWD: 3 };

/** SAP stores every amount with two decimals; the currency says where the point really is. */
export function realAmount(stored: string | undefined, currency: string): Amount {
  const [whole = '0', fraction = ''] = (stored ?? '0').replace('-', '').split('.');
  const hundredths = BigInt(whole + fraction.padEnd(2, '0').slice(0, 2));
  const sign = (stored ?? '').includes('-') ? -1n : 1n;
  const decimals = decimalsOf[currency] ?? 2;
  return { thousandths: (sign * hundredths * 1000n) / 10n ** BigInt(decimals), currency };
}

export const sum = (amounts: readonly Amount[], currency: string): Amount => ({
  thousandths: amounts.reduce((total, { thousandths }) => total + thousandths, 0n),
  currency,
});

export const negative = ({ thousandths, currency }: Amount): Amount => ({ thousandths: -thousandths, currency });

/** As a person reads it. */
export function inWords({ thousandths, currency }: Amount): string {
  const digits = (thousandths < 0n ? -thousandths : thousandths).toString().padStart(4, '0');
  const decimal = `${thousandths < 0n ? '-' : ''}${digits.slice(0, -3)}.${digits.slice(-3)}`;
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency });
  return format.format(z.templateLiteral([z.number()]).parse(decimal));
}

/** `20261120` as a person reads it. */
export const dayInWords = (day: string): string =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' }).format(
    Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6, 8))),
  );

/** The tables of one simulated system. */
export class SapTables {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async rows(table: string, key: Readonly<Record<string, string>>): Promise<readonly Row[]> {
    const answer = await fetch(`${this.#url}/simulator/tables/${table}?${new URLSearchParams(key).toString()}`);
    return tableAnswer.parse(await answer.json()).rows;
  }

  /** Parts of the exposure in every credit control area of a customer. */
  async credit(customer: string) {
    const own = await this.rows('KNKK', { KUNNR: customer });
    return Promise.all(own.map(async ({ KKBER = '', KNKLI }) => this.#account(KKBER, KNKLI || customer)));
  }

  async #account(area: string, account: string) {
    const key = { KKBER: area, KNKLI: account };
    const [master] = await this.rows('KNKK', { KUNNR: account, KKBER: area });
    const [control] = await this.rows('T014', { KKBER: area });
    const currency = control?.['WAERS'] ?? '';
    const orders = await this.rows('S066', key);
    const deliveries = await this.rows('S067', key);
    const total = (rows: readonly Row[], field: string): Amount =>
      sum(
        rows.map((row) => realAmount(row[field], currency)),
        currency,
      );
    const parts = {
      receivables: realAmount(master?.['SKFOR'], currency),
      openOrders: total(orders, 'OEIKW'),
      openDeliveries: total(deliveries, 'OLIKW'),
      openBilling: total(deliveries, 'OFAKW'),
      specialLiabilities: realAmount(master?.['SSOBL'], currency),
    };
    const limit = realAmount(master?.['KLIMK'], currency);
    const exposure = sum(Object.values(parts), currency);
    return { area, account, parts, limit, exposure, available: sum([limit, negative(exposure)], currency) };
  }

  /** Open items in their buckets, by company code. */
  async ageing(customer: string, today: string) {
    const items = (await this.rows('BSID', { KUNNR: customer })).filter((item) => (item['UMSKZ'] ?? '') === '');
    const buckets = new Map<string, Amount[]>();
    for (const item of items) {
      const currency = item['WAERS'] ?? '';
      const amounts = buckets.get(currency) ?? [0, 1, 31, 61, 91].map(() => ({ thousandths: 0n, currency }));
      buckets.set(currency, amounts);
      const days = daysBetween(netDueDate(item), today);
      const index = days <= 0 ? 0 : days <= 30 ? 1 : days <= 60 ? 2 : days <= 90 ? 3 : 4;
      amounts[index] = sum([amounts[index] ?? { thousandths: 0n, currency }, openAmount(item)], currency);
    }
    return buckets;
  }
}

/** What is open of an item, credits negative. */
export function openAmount(item: Row): Amount {
  const amount = realAmount(item['WRBTR'] ?? item['DMBTR'], item['WAERS'] ?? '');
  return item['SHKZG'] === 'H' ? negative(amount) : amount;
}

const dayNumber = (day: string): number =>
  Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6, 8))) / 86_400_000;
const daysBetween = (from: number, to: string): number => dayNumber(to) - from;

/** The base date plus the longest of the terms; a credit that belongs to no invoice is due at once. */
function netDueDate(item: Row): number {
  const base = dayNumber(item['ZFBDT'] ?? item['BLDAT'] ?? '');
  if (item['SHKZG'] === 'H' && (item['REBZG'] ?? '') === '') return base;
  return base + (Number(item['ZBD3T'] ?? 0) || Number(item['ZBD2T'] ?? 0) || Number(item['ZBD1T'] ?? 0));
}
