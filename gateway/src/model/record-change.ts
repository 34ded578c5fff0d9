/**
 * What changed in SAP, in business words: which record, since when, by which document, and what it is now. Made by the room
 * `sap`, kept by `queue`, planned by `sync`, written by `salesforce`.
 */
import { z } from 'zod';
import { sapSystemId } from './identifiers.ts';
import { facet, recordKind } from './record-kinds.ts';
import { instant } from './values.ts';

/** One record of one SAP system. `id` is made of SAP's own keys with `/` between, as `recordKinds` describes per kind. */
export const recordKey = z.strictObject({
  system: sapSystemId,
  kind: recordKind,
  id: z
    .string()
    .min(1)
    .max(120)
    .regex(/^[^\p{Cc}:]+$/u, 'no control characters and no colon'),
});
export type RecordKey = z.infer<typeof recordKey>;

/** The key as one text, `ERPCLNT100:customer:0000104711`: for maps, logs and people. */
export const keyText = ({ system, kind, id }: RecordKey): string => `${system}:${kind}:${id}`;

/** The external id of its record in Salesforce, `ERPCLNT100:0000104711`; unique within the kind. */
export const externalIdOf = ({ system, id }: RecordKey): string => `${system}:${id}`;

const orderPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z#\d{20}$/;

/**
 * When SAP says so, made to be compared as text: an instant in UTC with milliseconds, `#`, and twenty digits that decide
 * between equal instants (the document's number). What is greater is newer.
 */
export const changeOrder = z.string().regex(orderPattern).brand<'ChangeOrder'>();
export type ChangeOrder = z.infer<typeof changeOrder>;

/** What the schema says, without asking it: of our own text it has nothing else to check. */
const isOrder = (text: string): text is ChangeOrder => orderPattern.test(text);

/** The instant that was asked last: documents come in bursts, and reading an instant costs more than all else here. */
let last = { at: '', instant: '' };

function instantOf(at: string): string {
  if (last.at !== at) last = { at, instant: new Date(at).toISOString() };
  return last.instant;
}

/** The order of a document by its instant (UTC, ISO 8601) and its number, of which digits count. */
export function orderOf(at: string, number: string): ChangeOrder {
  const digits = number.replace(/\D/g, '').slice(-20).padStart(20, '0');
  const order = `${instantOf(at)}#${digits}`;
  return isOrder(order) ? order : changeOrder.parse(order);
}

/** Text, code, decimal, date (`YYYY-MM-DD`), instant and reference (a record's id) are strings; null: SAP cleared it. */
export const fieldValue = z.union([z.string().max(32_000), z.boolean(), z.null()]);
export type FieldValue = z.infer<typeof fieldValue>;

/** By path (see `recordFields`). A path that is absent was not said: it stays as it is. */
export const recordFields = z.record(z.string().max(80), fieldValue);
export type RecordFields = z.infer<typeof recordFields>;

export const recordChange = z.strictObject({
  key: recordKey,
  /** The group of fields it speaks about: each group has its own "newer". */
  facet,
  order: changeOrder,
  fields: recordFields,
  /** SAP has deleted the record, or marked it so that nothing refers to it any more. Nothing is deleted in Salesforce. */
  isRemoved: z.boolean(),
  /** Records that must be in Salesforce first, because fields of this one refer to them. At most 10. */
  parents: z.array(recordKey).max(10),
});
export type RecordChange = z.infer<typeof recordChange>;

/** Where changes came from. `sender` and `number` together say whether it has come before. */
export const sourceDocument = z.strictObject({
  /**
   * `idoc`: an IDoc. `change`: a row of the pack's "changes since". `load`: an object of a staging file. `canary`: our own probe
   * that the whole way works.
   */
  kind: z.enum(['idoc', 'change', 'load', 'canary']),
  /** The logical system, or for `load` the file's own name with it. */
  sender: z.string().min(1).max(80),
  /** IDoc number (16 digits), change document, line of the file. */
  number: z.string().min(1).max(40),
  /** `DEBMAS`, `ORDRSP`, `changes since`, ... as people know it. */
  type: z.string().min(1).max(40),
  /** SAP's own time of it, in UTC. */
  createdAt: instant,
});
export type SourceDocument = z.infer<typeof sourceDocument>;

/** A document as it arrived and was understood: kept before it is acknowledged. */
export const arrivedDocument = z.strictObject({
  source: sourceDocument,
  /** SHA-256 (hex) of the content, so that a number that is used again for something else is noticed. */
  contentHash: z.string().regex(/^[0-9a-f]{64}$/),
  /** At most 10,000: a larger document is refused as IDOC_TOO_LARGE. None for one that concerns nobody here. */
  changes: z.array(recordChange).max(10_000),
});
export type ArrivedDocument = z.infer<typeof arrivedDocument>;
