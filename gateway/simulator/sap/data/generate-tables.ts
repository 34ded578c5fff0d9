/** Any number of made-up customers for benches and load tests: the same seed gives the same tables. */
import { addCustomizing, companies } from './customizing.ts';
import { SalesWorld, curr } from './sales-world.ts';
import type { DataRow, RelativeDate } from './wishes.ts';

/** mulberry32: small, fast, and the same on every machine. */
function createRandom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const firstWords = [
  'Nord',
  'Alster',
  'Rhein',
  'Isar',
  'Havel',
  'Elbe',
  'Harz',
  'Taunus',
  'Lech',
  'Spree',
  'Saale',
  'Weser',
];
const trades = [
  'Logistik',
  'Maschinenbau',
  'Werkzeug',
  'Papier',
  'Stahl',
  'Pumpen',
  'Glas',
  'Elektronik',
  'Textil',
  'Verpackung',
];
const cities: readonly (readonly [city: string, postalCode: string])[] = [
  ['Hamburg', '20095'],
  ['Bremen', '28195'],
  ['Köln', '50667'],
  ['München', '80331'],
  ['Leipzig', '04109'],
  ['Dresden', '01067'],
  ['Kiel', '24103'],
];
const riskClasses = ['001', '002', '003'];

type Random = ReturnType<typeof createRandom>;
type Rows = Record<string, DataRow[]>;

function pick<T>(random: Random, from: readonly T[], fallback: T): T {
  return from[random(from.length)] ?? fallback;
}

/** The number of the customer at this place: the first is 0000200001, above those of the shipped set. */
export function generatedCustomerNumber(index: number): string {
  return String(200_001 + index).padStart(10, '0');
}

function addMaster(tables: Rows, random: Random, KUNNR: string): void {
  const NAME1 = `${pick(random, firstWords, 'Nord')}${pick(random, trades, 'Stahl').toLowerCase()} ${random(9000) + 1000} GmbH`;
  const [ORT01, PSTLZ] = pick(random, cities, ['Hamburg', '20095'] as const);
  tables['KNA1']?.push({
    KUNNR,
    LAND1: 'DE',
    NAME1,
    ORT01,
    PSTLZ,
    STRAS: `Hauptstraße ${random(200) + 1}`,
    SPRAS: 'D',
    KTOKD: 'KUNA',
    MCOD1: NAME1.toUpperCase().slice(0, 25),
    ...(random(40) === 0 ? { AUFSD: '01' } : {}),
  });
  tables['KNB1']?.push({ KUNNR, BUKRS: '1000', AKONT: '0000140000', ZTERM: 'ZB30' });
  tables['KNVV']?.push({
    KUNNR,
    VKORG: '1000',
    VTWEG: '10',
    SPART: '00',
    WAERS: 'EUR',
    ZTERM: 'ZB30',
    ...(random(60) === 0 ? { LIFSD: '01' } : {}),
  });
}

/** One to three open items; what they come to is SKFOR. */
function addItems(tables: Rows, random: Random, KUNNR: string, index: number): number {
  let receivables = 0;
  for (let item = 0; item <= random(3); item += 1) {
    const amount = 10_000 + random(500_000);
    addItem(tables, KUNNR, String(90_000_000 + index * 3 + item).padStart(10, '0'), amount, { days: -random(140) });
    receivables += amount;
  }
  return receivables;
}

function addItem(tables: Rows, KUNNR: string, VBELN: string, amount: number, day: RelativeDate): void {
  const [NETWR, billed] = [
    curr(amount),
    { FKART: 'F2', VBTYP: 'M', WAERK: 'EUR', VKORG: '1000', BUKRS: '1000', RFBSK: 'C' },
  ];
  tables['VBRK']?.push({ ...billed, VBELN, FKDAT: day, BELNR: VBELN, NETWR, KUNRG: KUNNR, KUNAG: KUNNR });
  const posted = { BUKRS: '1000', BUZEI: '001', WAERS: 'EUR', BLART: 'RV', SHKZG: 'S', ZTERM: 'ZB30', ZBD1T: '30' };
  const dates = { GJAHR: day, BUDAT: day, BLDAT: day, ZFBDT: day };
  tables['BSID']?.push({ ...posted, ...dates, KUNNR, BELNR: VBELN, DMBTR: NETWR, WRBTR: NETWR, VBELN });
}

/** One open order of one item; its value is what S066 holds. */
function addOrder(tables: Rows, random: Random, KUNNR: string, index: number): number {
  const VBELN = String(5_000_000 + index).padStart(10, '0');
  const pieces = random(20) + 1;
  const price = 1_000 + random(9_000);
  const day = { days: -random(30) };
  tables['VBAK']?.push({
    VBELN,
    ERDAT: day,
    AUDAT: day,
    VBTYP: 'C',
    AUART: 'TA',
    NETWR: curr(pieces * price),
    WAERK: 'EUR',
    VKORG: '1000',
    VTWEG: '10',
    SPART: '00',
    VDATU: { days: 14 },
    BSTNK: `PO-${index}`,
    KUNNR,
  });
  tables['VBAP']?.push({
    VBELN,
    POSNR: '000010',
    MATNR: 'GW-2040',
    ARKTX: 'Deck winch 4 t',
    KWMENG: `${pieces}.000`,
    VRKME: 'ST',
    NETPR: curr(price),
    KPEIN: '1',
    KMEIN: 'ST',
    NETWR: curr(pieces * price),
    WAERK: 'EUR',
  });
  return pieces * price;
}

/** Tables for `count` customers of company code 1000, with credit, open items and one open order each. */
export function generateTables(count: number, seed = 1): Record<string, readonly DataRow[]> {
  const random = createRandom(seed);
  const world = new SalesWorld();
  addCustomizing(world);
  const tables: Rows = { KNA1: [], KNB1: [], KNVV: [], KNKK: [], S066: [], VBRK: [], BSID: [], VBAK: [], VBAP: [] };
  const KKBER = companies.germany.key;
  for (let index = 0; index < count; index += 1) {
    const KUNNR = generatedCustomerNumber(index);
    addMaster(tables, random, KUNNR);
    const SKFOR = curr(addItems(tables, random, KUNNR, index));
    const OEIKW = curr(addOrder(tables, random, KUNNR, index));
    tables['KNKK']?.push({
      KUNNR,
      KKBER,
      KLIMK: curr(500_000 + random(2_000_000)),
      KNKLI: KUNNR,
      SKFOR,
      CTLPC: pick(random, riskClasses, '001'),
    });
    tables['S066']?.push({ KKBER, KNKLI: KUNNR, OEIKW });
  }
  return { ...Object.fromEntries(world.tables), ...tables };
}
