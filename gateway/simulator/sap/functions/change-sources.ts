/** Where changes are read from: change documents (CDHDR, CDPOS), and items that were cleared (BSAD). */
import { addDays } from '../system/dates.ts';
import type { TableRow } from '../tables/table.ts';
import type { OutputRow } from '../wire/encode.ts';
import type { FunctionCall } from './function-call.ts';

/** A clearing has no time and may be dated back: a walk reads those of so many days before its own beginning. */
const clearingDays = 3;
const maxFieldList = 255;
/** Document types of accounting that are a bill of some kind. */
const billTypes = new Set(['DR', 'RV', 'DG']);

/** One document or item on the way of a walk. */
export interface Found {
  /** Sorts in the order of the walk. */
  readonly place: string;
  /** That was cleared. */
  readonly item?: TableRow;
  /** What the caller is told; undefined where the thing is of another kind. */
  readonly row: OutputRow | undefined;
}

function fieldList(call: FunctionCall, document: TableRow, kind: string): readonly string[] {
  const { OBJECTCLAS = '', OBJECTID = '', CHANGENR = '' } = document;
  const lines = call.where('CDPOS', ['OBJECTCLAS', 'OBJECTID', 'CHANGENR'], [OBJECTCLAS, OBJECTID, CHANGENR]);
  const wanted = kind === 'L' ? lines.filter((it) => it.FNAME === 'LOEVM') : lines;
  return [...new Set(wanted.map((it) => `${it.TABNAME}-${it.FNAME}`))].sort();
}

function documentRow(call: FunctionCall, document: TableRow, kind: string): OutputRow | undefined {
  const fields = fieldList(call, document, kind);
  if (kind === 'L' && fields.length === 0) return undefined;
  const kept = fields.filter((_field, index) => fields.slice(0, index + 1).join(' ').length <= maxFieldList);
  return {
    KIND: kind,
    KUNNR: document.OBJECTID?.slice(0, 10),
    CHANGENR: document.CHANGENR,
    USERNAME: document.USERNAME,
    UDATE: document.UDATE,
    UTIME: document.UTIME,
    FIELDS: kept.join(' '),
    FIELDS_CUT: kept.length < fields.length ? 'X' : '',
  };
}

/** Change documents of a kind from a moment on, in the time of the server; one row each, where the kind has one. */
export function changedDocuments(call: FunctionCall, kind: string, from: string): readonly Found[] {
  return call
    .where('CDHDR', ['OBJECTCLAS'], [kind === 'K' ? 'KLIM' : 'DEBI'])
    .map((it) => ({ it, place: `${it.UDATE ?? '00000000'}${it.UTIME ?? '000000'}${it.CHANGENR ?? ''}` }))
    .filter(({ place }) => place >= from)
    .map(({ it, place }) => ({ place, row: documentRow(call, it, kind) }));
}

function isBill(item: TableRow): boolean {
  return item.UMSKZ === undefined && (item.VBELN !== undefined || billTypes.has(item.BLART ?? ''));
}

/** What was cleared in one go, from one customer. */
function clearingOf({ BUKRS, KUNNR, AUGDT, AUGBL }: TableRow): string {
  return [BUKRS, KUNNR, AUGDT, AUGBL].join(' ');
}

function clearedBill(item: TableRow): Found {
  const { AUGDT = '', BUKRS = '', GJAHR = '0000', BELNR = '', BUZEI = '000' } = item;
  return {
    place: AUGDT + BUKRS.padEnd(4) + GJAHR + BELNR.padEnd(10) + BUZEI,
    item,
    row: {
      ...{ KIND: 'P', KUNNR: item.KUNNR, BUKRS, BELNR, GJAHR, BUZEI },
      ...{ VBELN: item.VBELN, AUGBL: item.AUGBL, UDATE: AUGDT, FIELDS: 'BSAD-AUGBL BSAD-AUGDT' },
    },
  };
}

/** Bills by clearing date: of the last days. */
export function recentClearings(call: FunctionCall, from: string): readonly Found[] {
  const firstDay = addDays(from.slice(0, 8), -clearingDays);
  return [...call.table('BSAD').rows()].filter((it) => isBill(it) && (it.AUGDT ?? '') >= firstDay).map(clearedBill);
}

/** Bills whose clearing is dated before those, but was made with an item that was entered since. */
export function lateClearings(call: FunctionCall, from: string): readonly Found[] {
  const entered = from.slice(0, 8);
  const firstDay = addDays(entered, -clearingDays);
  const items = [...call.table('BSAD').rows()];
  const late = new Set(items.filter((it) => (it.CPUDT ?? '') >= entered).map(clearingOf));
  return items.filter((it) => isBill(it) && (it.AUGDT ?? '') < firstDay && late.has(clearingOf(it))).map(clearedBill);
}
