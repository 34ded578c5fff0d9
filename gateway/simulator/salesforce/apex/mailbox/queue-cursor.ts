/** A place in the queue: after this request, in the order oldest first (QueueCursor). Callers do not read it. */
import type { Row } from '../../org/check-record.ts';
import { isRecordId } from '../../org/record-id.ts';
import type { JsonInput } from './json-input.ts';

/** What a caller gets. Record ids count upwards with the time of creation, so the id alone finds the place again. */
export const cursorAfter = (row: Row): string => `${Date.parse(String(row['CreatedDate']))}-${String(row['Id'])}`;

/** The record id of the place that a caller was given before; null for the beginning. */
export function readCursor(input: JsonInput, name: string): string | null {
  const text = input.optionalText(name, 40);
  if (text === null) return null;
  const id = /^\d{1,15}-([A-Za-z0-9]{18})$/.exec(text)?.[1];
  if (id === undefined || !isRecordId(id)) throw input.wrong(name, 'is no place in the queue');
  return id;
}
