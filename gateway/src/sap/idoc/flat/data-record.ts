/** The data record of a flat file, EDI_DD40: 63 characters that say where a segment belongs, then the segment. */
import { GatewayError } from '../../../errors/index.ts';
import { toDocnum } from '../control-record.ts';

/** Characters before SDATA. */
export const dataRecordHead = 63;
/** Characters of a data record. */
export const dataRecordLength = 1063;

export interface DataRecordHead {
  /** The segment definition, `E2KNA1M005`. */
  readonly definition: string;
  readonly client: string;
  readonly docnum: string;
  /** SEGNUM: the segment's own number in its IDoc, from 1. */
  readonly number: number;
  /** PSGNUM: the number of its parent, 0 at the top. */
  readonly parent: number;
  /** HLEVEL: how deep it is by SAP's count; higher than its parent's. */
  readonly level: number;
}

/** The head of a record that has at least its 63 characters. */
export function readHead(record: string): DataRecordHead {
  const definition = record.slice(0, 30).trimEnd();
  if (!/^[A-Z/][A-Z0-9_/]*$/.test(definition)) {
    throw new GatewayError('IDOC_SEQUENCE_BROKEN', { reason: 'a record does not begin with the name of a segment' });
  }
  return {
    definition,
    client: record.slice(30, 33).trim(),
    docnum: toDocnum(record.slice(33, 49).trim()),
    number: readNumber(record, 49, 55, 'SEGNUM'),
    parent: readNumber(record, 55, 61, 'PSGNUM'),
    level: readNumber(record, 61, 63, 'HLEVEL'),
  };
}

function readNumber(record: string, start: number, end: number, field: string): number {
  const text = record.slice(start, end);
  if (/^\d+$/.test(text)) return Number(text);
  throw new GatewayError('IDOC_SEQUENCE_BROKEN', { reason: `a record has no number in ${field}` });
}
