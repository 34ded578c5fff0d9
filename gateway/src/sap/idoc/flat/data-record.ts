/** The data record of a flat file, EDI_DD40: 63 characters that say where a segment belongs, then the segment. */
import { GatewayError } from '../../../errors/index.ts';

/** Characters before SDATA. */
export const dataRecordHead = 63;
/** Characters of a data record. */
export const dataRecordLength = 1063;
/** Where MANDT and DOCNUM stand, side by side as in the control record. */
const ownerStart = 30;
const controlOwnerStart = 10;
const ownerLength = 19;

export interface DataRecordHead {
  /** SEGNUM: the segment's own number in its IDoc, from 1. */
  readonly number: number;
  /** PSGNUM: the number of its parent, 0 at the top. */
  readonly parent: number;
  /** HLEVEL: how deep it is by SAP's count; higher than its parent's. */
  readonly level: number;
}

/** The segment definition (`E2KNA1M005`) that a record begins with, blanks behind it included. */
export function definitionOf(record: string): string {
  return record.slice(0, ownerStart);
}

/** Client and number of the IDoc that a data record belongs to. */
export function ownerOf(record: string): string {
  return record.slice(ownerStart, ownerStart + ownerLength);
}

/** The same from a control record. */
export function controlOwnerOf(record: string): string {
  return record.slice(controlOwnerStart, controlOwnerStart + ownerLength);
}

/** The numbers of a record that has at least its 63 characters. */
export function readHead(record: string): DataRecordHead {
  return {
    number: readNumber(record, 49, 55, 'SEGNUM'),
    parent: readNumber(record, 55, 61, 'PSGNUM'),
    level: readNumber(record, 61, 63, 'HLEVEL'),
  };
}

function readNumber(record: string, start: number, end: number, field: string): number {
  let number = 0;
  for (let position = start; position < end; position += 1) {
    const digit = record.charCodeAt(position) - 48;
    if (!(digit >= 0 && digit <= 9)) throw broken({ reason: `a record has no number in ${field}` });
    number = number * 10 + digit;
  }
  return number;
}

/** The error for a segment that does not stand where its numbers say. */
export function broken(context: { readonly segment?: number; readonly reason: string }): GatewayError {
  return new GatewayError('IDOC_SEQUENCE_BROKEN', context);
}
