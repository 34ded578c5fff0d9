/** Z_GANGWAY_CHANGES_READ: what has changed since a position, page by page. */
import { addDays } from '../system/dates.ts';
import type { TableRow } from '../tables/table.ts';
import type { OutputRow } from '../wire/encode.ts';
import { kindsOf, momentOf, readPosition, writePosition } from './change-position.ts';
import type { ChangePosition } from './change-position.ts';
import type { FunctionCall } from './function-call.ts';

const mostRows = 1000;
/** A document is stamped when it is written and seen when it is committed: so much later a walk still looks back. */
const overlapMs = 15 * 60_000;
const clearingDays = 3;
const maxFieldList = 255;
/** Document types of accounting that are a bill of some kind. */
const billTypes = new Set(['DR', 'RV', 'DG']);

interface Found {
  /** Sorts in the order of the walk. */
  readonly place: string;
  /** What the caller is told; undefined where the thing is of another kind. */
  readonly row: OutputRow | undefined;
}

/** What the clock of the server showed when the walk has to begin; earlier by as much as it was set back since. */
function firstMoment(call: FunctionCall, base: string): string {
  const { time, clock } = call.system;
  const began = momentOf(base) ?? 0;
  const offset = (at: number): number => (momentOf(time.localAt(at)) ?? at) - Math.floor(at / 1000) * 1000;
  const setBack = Math.max(0, offset(began) - offset(clock.now()));
  return time.localAt(began - overlapMs - setBack);
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
    KUNNR: document.OBJECTID,
    CHANGENR: document.CHANGENR,
    USERNAME: document.USERNAME,
    UDATE: document.UDATE,
    UTIME: document.UTIME,
    FIELDS: kept.join(' '),
    FIELDS_CUT: kept.length < fields.length ? 'X' : '',
  };
}

function documents(call: FunctionCall, kind: string, from: string): readonly Found[] {
  return call
    .where('CDHDR', ['OBJECTCLAS'], [kind === 'K' ? 'KLIM' : 'DEBI'])
    .map((it) => ({ it, place: `${it.UDATE ?? ''}${it.UTIME ?? '000000'}${it.CHANGENR ?? ''}` }))
    .filter(({ place }) => place >= from)
    .map(({ it, place }) => ({ place, row: documentRow(call, it, kind) }));
}

/** Clearings of the last days; and those that are dated earlier, by a document that was entered since. */
function clearings(call: FunctionCall, from: string): readonly Found[] {
  const entered = from.slice(0, 8);
  const firstDay = addDays(entered, -clearingDays);
  const items = [...call.table('BSAD').rows()];
  const late = new Set(
    items.filter((it) => (it.CPUDT ?? '') >= entered).map((it) => `${it.BUKRS} ${it.KUNNR} ${it.BELNR}`),
  );
  return items
    .filter((it) => it.UMSKZ === undefined && (it.VBELN !== undefined || billTypes.has(it.BLART ?? '')))
    .filter((it) => (it.AUGDT ?? '') >= firstDay || late.has(`${it.BUKRS} ${it.KUNNR} ${it.AUGBL}`))
    .map((it) => ({
      place: `${it.AUGDT}${it.BUKRS}${it.GJAHR ?? ''}${it.BELNR}${it.BUZEI ?? ''}`,
      row: {
        KIND: 'P',
        KUNNR: it.KUNNR,
        BUKRS: it.BUKRS,
        BELNR: it.BELNR,
        GJAHR: it.GJAHR,
        BUZEI: it.BUZEI,
        VBELN: it.VBELN,
        AUGBL: it.AUGBL,
        UDATE: it.AUGDT,
      },
    }));
}

function nextStage({ kinds, stage }: ChangePosition): string {
  return stage === '' ? kinds.slice(0, 1) : kinds.slice(kinds.indexOf(stage) + 1, kinds.indexOf(stage) + 2);
}

/** Reads on from a position; where the walk ends, the next one begins at the moment at which this one began. */
function walk(call: FunctionCall, start: ChangePosition, limit: number): ChangePosition {
  let position = start;
  if (position.stage === '') position = { ...position, began: call.system.time.utcStamp(), stage: nextStage(position) };
  const from = firstMoment(call, position.base);
  for (let rest = limit; position.stage !== '';) {
    const { stage, after } = position;
    const all = stage === 'P' ? clearings(call, from) : documents(call, stage, from);
    const page = all
      .filter(({ place }) => place > after)
      .sort((a, b) => (a.place < b.place ? -1 : 1))
      .slice(0, rest);
    for (const { row } of page) if (row !== undefined) call.append('ET_CHANGE', row);
    if (page.length >= rest) {
      call.set('E_MORE', 'X');
      return { ...position, after: page.at(-1)?.place ?? after };
    }
    rest -= page.length;
    position = { ...position, stage: nextStage(position), after: '' };
  }
  return { ...position, base: position.began, began: '' };
}

function isAllowed(call: FunctionCall, kinds: string): boolean {
  const needed: (readonly [string, string, string])[] = [
    ['KCL', 'F_KNA1_APP', '03'],
    ['KCL', 'S_SCD0', '08'],
    ['K', 'F_KNKA_KKB', ''],
    ['P', 'F_BKPF_BUK', '03'],
  ];
  return needed.every(
    ([letters, object, value]) => ![...letters].some((it) => kinds.includes(it)) || call.hasAuthority(object, value),
  );
}

/** Z_GANGWAY_CHANGES_READ. */
export function readGangwayChanges(call: FunctionCall): void {
  const given = call.value('I_KINDS');
  const kinds = kindsOf(given);
  const refuse = (number: string, parameter: string, ...variables: string[]): void =>
    call.return(call.message('E', 'ZGANGWAY', number, ...variables), 'ET_RETURN', { parameter });
  if (kinds === undefined) return refuse('005', 'I_KINDS', 'I_KINDS', given);
  const since = call.value('I_SINCE');
  if (!isAllowed(call, kinds)) return;
  if (since === '') {
    const now = { kinds, base: call.system.time.utcStamp(), began: '', stage: '', after: '' };
    return call.set('E_POSITION', writePosition(now));
  }
  const position = readPosition(since, kinds);
  if (position === undefined) return refuse('019', 'I_SINCE', since);
  const wanted = Number(call.value('I_MAX_ROWS'));
  const limit = wanted <= 0 || wanted > mostRows ? mostRows : wanted;
  call.set('E_POSITION', writePosition(walk(call, position, limit)));
}
