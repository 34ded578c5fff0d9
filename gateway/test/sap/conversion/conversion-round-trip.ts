/** Values as people write them, converted for SAP, through a driver to SAP and back, and converted again. */
import type { SapConnection } from '../../../src/ports/index.ts';
import { moneyFromCurr } from '../../../src/sap/conversion/amounts.ts';
import type { CurrencyDecimals } from '../../../src/sap/conversion/amounts.ts';
import type { ExternalValue } from '../../../src/sap/services/external-value.ts';
import { fromSap } from '../../../src/sap/services/from-sap.ts';
import type { SapField } from '../../../src/sap/services/sap-field.ts';
import { toSap } from '../../../src/sap/services/to-sap.ts';
import { Customizing } from '../../../src/sap/system/customizing.ts';
import { Deadline, systemClock } from '../../../src/timing/index.ts';
import { seeded } from '../fakes/seeded.ts';
import type { Seeded } from '../fakes/seeded.ts';
import { echo } from './round-trip.ts';
import type { Tried } from './round-trip.ts';

type Spec = Parameters<typeof toSap>[0] & Parameters<typeof fromSap>[0];

interface Conversion {
  /** Field of the echo function's structure, as the dictionary has it. */
  readonly field: SapField;
  readonly spec: Spec;
  /** What a person writes, how it has to come back, and in which currency. */
  readonly draw: (chance: Seeded) => {
    readonly value: ExternalValue;
    readonly back?: ExternalValue;
    readonly currency?: string;
  };
}

const field = (
  name: string,
  abap: SapField['abap'],
  length: number,
  decimals = 0,
  dataType: string = abap,
): SapField => ({
  ...{ name, abap, length, decimals, dataType },
  ...{ conversionExit: '', text: '' },
});

const pad = (value: number, width: number): string => String(value).padStart(width, '0');
const digits = (chance: Seeded, count: number): string =>
  Array.from({ length: count }, () => chance.below(10)).join('');
const stripped = (value: string): string => value.replace(/^0+(?=\d)/, '');

/** A number with and without zeros in front, or one with letters, which keeps them and is in capitals. */
const key =
  (length: number): Conversion['draw'] =>
  (chance) => {
    if (chance.below(3) === 0) {
      const value = chance.pick(['WEB4711', 'abc-1', 'x0001', 'GW-2040', 'straße']).slice(0, length);
      return { value, back: value.replace(/[a-z]/g, (letter) => letter.toUpperCase()) };
    }
    const value = digits(chance, 1 + chance.below(length));
    return { value, back: stripped(value) };
  };

/** House-made five decimals, and one that TCURX does not list, beside the usual ones. */
const currencies = [
  ['EUR', 2],
  ['JPY', 0],
  ['KWD', 3],
  ['ZZ5', 5],
  ['USD', 2],
] as const;

const amountIn = (chance: Seeded): ReturnType<Conversion['draw']> => {
  const [currency, places] = chance.pick(currencies);
  // Fifteen digits are kept, wherever the point is.
  const whole = stripped(digits(chance, 1 + chance.below(15 - places)));
  const fraction = places === 0 ? '' : `.${digits(chance, places)}`;
  const isZero = /^[0.]*$/.test(whole + fraction);
  return { value: `${!isZero && chance.below(2) === 0 ? '-' : ''}${whole}${fraction}`, currency };
};

const drawDate: Conversion['draw'] = (chance) => ({
  value: chance.pick([
    '9999-12-31',
    '2024-02-29',
    '0001-01-01',
    `${pad(1 + chance.below(9999), 4)}-${pad(1 + chance.below(12), 2)}-${pad(1 + chance.below(28), 2)}`,
  ]),
});
const drawTime: Conversion['draw'] = (chance) => ({
  value: `${pad(chance.below(24), 2)}:${pad(chance.below(60), 2)}:${pad(chance.below(60), 2)}`,
});
const oneOf =
  (...values: readonly ExternalValue[]): Conversion['draw'] =>
  (chance) => ({ value: chance.pick(values) });

/** Goes out as the org keeps it, with its zeros. */
const recordNumber: Conversion['draw'] = (chance) => {
  const drawn = key(10)(chance);
  const { value, back = value } = drawn;
  return { ...drawn, back: /^\d+$/.test(String(back)) ? String(back).padStart(10, '0') : back };
};

const conversions: readonly Conversion[] = [
  { field: field('KUNNR', 'C', 10), spec: { type: 'text', conversion: 'customer-number' }, draw: recordNumber },
  { field: field('MATNR', 'C', 18), spec: { type: 'text', conversion: 'material-number' }, draw: key(18) },
  { field: field('CHAR10_FIELD', 'C', 10), spec: { type: 'text', conversion: 'leading-zeros' }, draw: key(10) },
  { field: field('DATS_FIELD', 'D', 8), spec: { type: 'date' }, draw: drawDate },
  { field: field('TIMS_FIELD', 'T', 6), spec: { type: 'time' }, draw: drawTime },
  { field: field('CURR_FIELD', 'P', 15, 2, 'CURR'), spec: { type: 'decimal', conversion: 'amount' }, draw: amountIn },
  {
    field: field('NUMC18_FIELD', 'N', 18),
    spec: { type: 'decimal', conversion: 'thousandths' },
    draw: (chance) => ({ value: `${stripped(digits(chance, 1 + chance.below(15)))}.${1 + chance.below(9)}` }),
  },
  {
    field: field('LANG_FIELD', 'C', 1, 0, 'LANG'),
    spec: { type: 'text', conversion: 'language' },
    draw: oneOf('DE', 'EN', 'FR', 'JA', 'ZH', 'NO', 'PT', 'SV', 'KO', 'UK', 'HR', 'ET'),
  },
  {
    field: field('UNIT_FIELD', 'C', 3, 0, 'UNIT'),
    spec: { type: 'text', conversion: 'unit' },
    draw: oneOf('PCE', 'CT', 'PK', 'PR', 'HUR', 'DAY', 'KG', 'M', 'L', 'ZZZ'),
  },
  {
    field: field('CHAR10_FIELD', 'C', 10),
    spec: { type: 'text', conversion: 'partner-function' },
    draw: oneOf('sold-to', 'ship-to', 'bill-to', 'payer', 'SP', 'AP', 'ZM'),
  },
  { field: field('INT1_FIELD', 'I', 3), spec: { type: 'integer' }, draw: oneOf(0, 1, 255) },
  { field: field('INT4_FIELD', 'I', 10), spec: { type: 'integer' }, draw: oneOf(0, -2_147_483_648, 2_147_483_647) },
  { field: field('CHAR1_FIELD', 'C', 1), spec: { type: 'boolean' }, draw: oneOf(true, false) },
];

/** The decimals of currencies as this SAP has them. */
export function decimalsIn(connection: SapConnection): Promise<CurrencyDecimals> {
  return new Customizing(connection, 'EN', systemClock).decimals(Deadline.in(systemClock, 5_000));
}

interface Sent {
  readonly conversion: Conversion;
  readonly drawn: ReturnType<Conversion['draw']>;
  readonly text: string;
}

/** Each conversion in turn; what cannot be converted at all is a counter-example as well. */
export async function tryConversions(
  connection: SapConnection,
  { seed, cases }: { seed: number; cases: number },
): Promise<Tried> {
  const chance = seeded(seed);
  const decimals = await decimalsIn(connection);
  const counterexamples: string[] = [];
  const sent: Sent[] = [];
  for (let index = 0; index < cases; index += 1) {
    const conversion = chance.pick(conversions);
    const drawn = conversion.draw(chance);
    const amount = drawn.currency === undefined ? undefined : { currency: drawn.currency, decimals };
    const converted = toSap(conversion.spec, drawn.value, conversion.field, amount);
    if ('problem' in converted)
      counterexamples.push(describe(conversion, drawn.value, `refused: it ${converted.problem}`));
    else sent.push({ conversion, drawn, text: converted.text });
  }
  const rows = sent.map(({ conversion, text }) => ({ [conversion.field.name]: text }));
  const back = await echo(connection, rows);
  sent.forEach((it, index) => counterexamples.push(...compare(it, back[index]?.[it.conversion.field.name], decimals)));
  return { cases, counterexamples: [...new Set(counterexamples)] };
}

function compare({ conversion, drawn }: Sent, text: unknown, decimals: CurrencyDecimals): readonly string[] {
  if (typeof text !== 'string') return [describe(conversion, drawn.value, 'not there')];
  const { currency, value, back = value } = drawn;
  const amount = currency === undefined ? undefined : { currency, decimals };
  const read = fromSap(conversion.spec, text, conversion.field, amount);
  const found = read === back ? [] : [describe(conversion, value, JSON.stringify(read))];
  // The panels read amounts by code of their own, which has to say the same.
  if (currency === undefined || moneyFromCurr(text, currency, decimals).amount === value) return found;
  return [...found, describe(conversion, value, `${moneyFromCurr(text, currency, decimals).amount} as money`)];
}

function describe({ spec, field: { name } }: Conversion, value: ExternalValue, back: string): string {
  return `${spec.conversion ?? spec.type} in ${name}: ${JSON.stringify(value)} came back as ${back}`;
}
