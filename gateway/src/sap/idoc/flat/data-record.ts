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
export function definitionOf(text: string, start: number): string {
  return text.slice(start, start + ownerStart);
}

/** Client and number of the IDoc that a data record belongs to. */
export function ownerOf(text: string, start: number, end: number): string {
  return text.slice(start + ownerStart, Math.min(end, start + ownerStart + ownerLength));
}

/** True where a data record belongs to the IDoc of this client and number, all of them there. */
export function belongsTo(owner: string, text: string, start: number): boolean {
  return owner.length === ownerLength && text.startsWith(owner, start + ownerStart);
}

/** Client and number from a control record. */
export function controlOwnerOf(record: string): string {
  return record.slice(controlOwnerStart, controlOwnerStart + ownerLength);
}

/** The numbers of a record that has at least its 63 characters. */
export function readHead(text: string, start: number): DataRecordHead {
  return {
    number: readNumber(text, start + 49, start + 55, 'SEGNUM'),
    parent: readNumber(text, start + 55, start + 61, 'PSGNUM'),
    level: readNumber(text, start + 61, start + 63, 'HLEVEL'),
  };
}

function readNumber(text: string, start: number, end: number, field: string): number {
  let number = 0;
  for (let position = start; position < end; position += 1) {
    const digit = text.charCodeAt(position) - 48;
    if (!(digit >= 0 && digit <= 9)) throw broken({ reason: `a record has no number in ${field}` });
    number = number * 10 + digit;
  }
  return number;
}

/** The error for a segment that does not stand where its numbers say. */
export function broken(context: { readonly segment?: number; readonly reason: string }): GatewayError {
  return new GatewayError('IDOC_SEQUENCE_BROKEN', context);
}
