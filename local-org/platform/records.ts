/** The records the page knows, shared by everything on it and read again when someone says they changed. */
import { callOrg } from './http.ts';

/** One field as the UI API gives it. */
export interface FieldValue {
  readonly value: unknown;
  readonly displayValue: string | null;
}
/** One record as the UI API gives it. */
export interface UiRecord {
  readonly id: string;
  readonly apiName: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

type Listener = (recordIds: ReadonlySet<string>) => void;
const listeners = new Set<Listener>();

/** Calls `listener` whenever records are said to have changed; the returned function ends that. */
export function onRecordUpdate(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells the page that records were changed behind its back, by Apex for example. */
export async function notifyRecordUpdateAvailable(records: readonly { recordId: string }[]): Promise<void> {
  const ids = new Set(records.map(({ recordId }) => recordId));
  for (const listener of [...listeners]) listener(ids);
}

/** Reads fields of one record; `optional` ones are left out where the user may not see them. */
export async function readRecord(id: string, fields: readonly string[], optional: readonly string[]): Promise<unknown> {
  const query = new URLSearchParams({ fields: fields.join(','), optionalFields: optional.join(',') });
  return callOrg(`/api/ui-api/records/${id}?${query.toString()}`);
}
