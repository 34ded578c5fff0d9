/** Rows for a load of any size, made up one after the other: the number of the object decides everything. */
import type { TableRow } from '../tables/table.ts';

export type StagingKind = 'customers' | 'materials';

/** All rows of one object, the first of them being its own. */
export type ObjectRows = readonly { readonly table: string; readonly row: TableRow }[];

const cities = [
  ['Hamburg', '20095', 'DE'],
  ['Zürich', '8001', 'CH'],
  ['Lyon', '69001', 'FR'],
  ['Kraków', '31-001', 'PL'],
  ['Malmö', '211 20', 'SE'],
] as const;

function customer(index: number): ObjectRows {
  const KUNNR = String(5_000_000_000 + index);
  const [ORT01, PSTLZ, LAND1] = cities[index % cities.length] ?? cities[0];
  const address = {
    NAME1: `Load Customer ${index} GmbH`,
    STRAS: `Ladestraße ${(index % 200) + 1}`,
    ORT01,
    PSTLZ,
    LAND1,
  };
  const block = index % 50 === 0 ? { AUFSD: '01' } : {};
  const area = { VKORG: '1000', VTWEG: '10', SPART: '00', WAERS: 'EUR', ZTERM: 'ZB30', KKBER: '1000' };
  const credit = { KKBER: '1000', KLIMK: `${(index % 100) * 1000}.00`, KNKLI: KUNNR, CTLPC: '001' };
  return [
    { table: 'KNA1', row: { KUNNR, ...address, SPRAS: 'D', KTOKD: 'KUNA', ...block } },
    { table: 'KNVV', row: { KUNNR, ...area } },
    { table: 'KNKK', row: { KUNNR, ...credit } },
  ];
}

function material(index: number): ObjectRows {
  const MATNR = `LOAD-${String(index).padStart(9, '0')}`;
  return [
    { table: 'MARA', row: { MATNR, MTART: 'FERT', MATKL: 'LOAD', MEINS: 'ST', NTGEW: '1.000', GEWEI: 'KG' } },
    { table: 'MAKT', row: { MATNR, SPRAS: 'E', MAKTX: `Load material ${index}` } },
  ];
}

/** Made-up objects. */
export function* generateObjects(kind: StagingKind, count: number): Generator<ObjectRows> {
  for (let index = 1; index <= count; index += 1) yield kind === 'customers' ? customer(index) : material(index);
}
