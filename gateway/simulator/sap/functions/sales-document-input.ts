/** What a caller of the creating sales document BAPIs means: change lists applied, keys internal, items numbered. */
import type { Row } from '../wire/decode.ts';
import { internalDocumentType, internalPartnerFunction } from './external-keys.ts';
import type { FunctionCall } from './function-call.ts';

export interface DocumentItem {
  readonly number: string;
  readonly data: Row;
  readonly schedules: readonly Row[];
  readonly conditions: readonly Row[];
}

export interface DocumentInput {
  readonly header: Row;
  readonly type: string;
  readonly items: readonly DocumentItem[];
  /** Internal partner function to customer. */
  readonly partners: readonly { readonly role: string; readonly number: string; readonly item: string }[];
  /** Update indicators other than `I`, which creating knows alone. */
  readonly wrongIndicators: readonly string[];
  /** Item numbers of schedule lines and conditions that no item has. */
  readonly orphans: readonly string[];
  readonly duplicates: readonly string[];
}

export const noItem = '000000';

/** Only what the change list marks counts; without a change list everything does. */
function marked(data: Row, list: Row | undefined): Row {
  if (list === undefined || Object.keys(list).length === 0) return data;
  return Object.fromEntries(
    Object.entries(data).filter(
      ([field]) =>
        list[field] === 'X' || keyFields.has(field) || /(_ISO|ISO)$/.test(field) || /^REFOBJ|^REFLOG/.test(field),
    ),
  );
}
/** They say what a row is about, and have no X of their own. */
const keyFields = new Set(['ITM_NUMBER', 'SCHED_LINE', 'COND_ST_NO', 'COND_COUNT', 'COND_TYPE']);

function markedRows(rows: readonly Row[], lists: readonly Row[], keys: readonly string[]): readonly Row[] {
  if (lists.length === 0) return rows;
  return rows.map((row, index) => {
    const byKey = lists.find((list) => keys.every((key) => (list[key] ?? '') === (row[key] ?? '')));
    return marked(row, byKey ?? lists[index] ?? { UPDATEFLAG: '' });
  });
}

/** Items without a number are numbered in tens, as the document type does it. */
function numbered(
  rows: readonly Row[],
  isInternal: boolean,
): readonly { readonly given: string; readonly number: string }[] {
  let last = 0;
  return rows.map(({ ITM_NUMBER = noItem }) => {
    const isFree = isInternal || ITM_NUMBER === noItem;
    last = isFree ? last + 10 : Math.max(last, Number(ITM_NUMBER));
    return { given: ITM_NUMBER, number: isFree ? String(last).padStart(6, '0') : ITM_NUMBER };
  });
}

/** Reads the tables and structures whose names begin with `prefix` (ORDER, QUOTATION). */
export function readDocument(call: FunctionCall, prefix: string): DocumentInput {
  const isExternal = call.value('CONVERT') === 'X';
  const list = call.structure(`${prefix}_HEADER_INX`);
  const header = marked(call.structure(`${prefix}_HEADER_IN`), list);
  const rows = (part: string, keys: readonly string[]): readonly Row[] =>
    markedRows(call.tableInput(`${prefix}_${part}_IN`), call.tableInput(`${prefix}_${part}_INX`), keys);
  const items = rows('ITEMS', ['ITM_NUMBER']);
  const numbers = numbered(items, call.value('INT_NUMBER_ASSIGNMENT') === 'X');
  const schedules = rows('SCHEDULES', ['ITM_NUMBER', 'SCHED_LINE']);
  const conditions = rows('CONDITIONS', ['ITM_NUMBER', 'COND_TYPE']);
  const known = new Set(numbers.map((it) => it.given));
  const of = (all: readonly Row[], given: string): readonly Row[] =>
    all.filter((it) => (it.ITM_NUMBER ?? noItem) === given);
  return {
    header,
    type: internalDocumentType(header.DOC_TYPE ?? '', call.language, isExternal),
    items: items.map((data, index) => {
      const { given = noItem, number = noItem } = numbers[index] ?? {};
      return { number, data, schedules: of(schedules, given), conditions: of(conditions, given) };
    }),
    partners: call.tableInput(`${prefix}_PARTNERS`).map((it) => ({
      role: internalPartnerFunction(it.PARTN_ROLE ?? '', call.language, isExternal),
      number: it.PARTN_NUMB ?? '',
      item: it.ITM_NUMBER ?? noItem,
    })),
    wrongIndicators: wrongIndicators(call, prefix, list),
    orphans: schedules.map((it) => it.ITM_NUMBER ?? noItem).filter((it) => !known.has(it)),
    duplicates: numbers.map((it) => it.number).filter((it, index, all) => all.indexOf(it) !== index),
  };
}

function wrongIndicators(call: FunctionCall, prefix: string, list: Row): readonly string[] {
  const lists = [
    ...(Object.keys(list).length === 0 ? [] : [list]),
    ...['ITEMS', 'SCHEDULES', 'CONDITIONS'].flatMap((part) => call.tableInput(`${prefix}_${part}_INX`)),
  ];
  return lists.map((it) => it.UPDATEFLAG ?? '').filter((flag) => flag !== 'I' && flag !== '');
}
