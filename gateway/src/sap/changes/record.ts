/** One row or segment of SAP's as the translators see it: which fields were said, and which of them are empty. */
import { GatewayError } from '../../errors/index.ts';

export interface SapRecord {
  /** Segment or table, for messages. */
  readonly name: string;
  /** Text without padding; empty where SAP says that there is nothing, undefined where it says nothing at all. */
  said(field: string): string | undefined;
}

/** A row of a table: a column that the row has is said, also where it is blank. */
export function rowRecord(name: string, row: Readonly<Record<string, string | undefined>>): SapRecord {
  return { name, said: (field) => row[field]?.trim() };
}

/** A value that SAP's own rules do not allow; `kind` completes "holds no ...". */
export function invalidValue({ name }: SapRecord, field: string, kind: string): GatewayError {
  return new GatewayError('IDOC_VALUE_INVALID', { segment: name, field, kind });
}
