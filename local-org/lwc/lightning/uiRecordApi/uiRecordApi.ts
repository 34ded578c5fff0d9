/** Stand-in for lightning/uiRecordApi over the local org's record endpoints. */
import { callOrg } from 'platform/http';
import { notifyRecordUpdateAvailable, onRecordUpdate, readRecord } from 'platform/records';
import type { UiRecord } from 'platform/records';

type FieldReference = string | { fieldApiName: string; objectApiName: string };
interface Configuration {
  recordId?: string;
  fields?: FieldReference | FieldReference[];
  optionalFields?: FieldReference | FieldReference[];
}
interface WireValue {
  data: unknown;
  error: unknown;
}

export { notifyRecordUpdateAvailable };
export const getRecordNotifyChange = notifyRecordUpdateAvailable;

const fieldName = (field: FieldReference): string =>
  typeof field === 'string' ? field : `${field.objectApiName}.${field.fieldApiName}`;
const fieldNames = (fields: FieldReference | FieldReference[] | undefined): string[] =>
  [fields ?? []].flat().map(fieldName);

/** The wire adapter getRecord: gives the record, and gives it again after every change. */
class RecordWire {
  readonly #emit: (value: WireValue) => void;
  #configuration: Configuration = {};
  #stopListening: (() => void) | undefined;
  #latest = 0;

  constructor(emit: (value: WireValue) => void) {
    this.#emit = emit;
    emit({ data: undefined, error: undefined });
  }

  update(configuration: Configuration): void {
    this.#configuration = configuration;
    if (this.#stopListening !== undefined) void this.load();
  }

  connect(): void {
    this.#stopListening = onRecordUpdate((ids) => {
      if (ids.has(this.#configuration.recordId ?? '')) void this.load();
    });
    void this.load();
  }

  disconnect(): void {
    this.#stopListening?.();
    this.#stopListening = undefined;
  }

  private async load(): Promise<void> {
    const { recordId, fields, optionalFields } = this.#configuration;
    if (recordId === undefined) return;
    const turn = ++this.#latest;
    const value = await readRecord(recordId, fieldNames(fields), fieldNames(optionalFields)).then(
      (data): WireValue => ({ data, error: undefined }),
      (error: unknown): WireValue => ({ data: undefined, error }),
    );
    if (turn === this.#latest) this.#emit(value);
  }
}
export const getRecord = RecordWire;

/** The value of a field; a spanning one (`Case.Account.Name`) is followed. */
export function getFieldValue(record: UiRecord | undefined, field: FieldReference): unknown {
  const [, ...path] = fieldName(field).split('.');
  let row: unknown = record;
  for (const part of path) row = isRecord(row) ? row.fields[part]?.value : undefined;
  return row;
}

/** The value as a person reads it, where the org formats one. */
export function getFieldDisplayValue(record: UiRecord | undefined, field: FieldReference): string | null | undefined {
  return record?.fields[fieldName(field).split('.')[1] ?? '']?.displayValue;
}

const isRecord = (value: unknown): value is UiRecord =>
  typeof value === 'object' && value !== null && 'fields' in value;

/** Writes fields of one record under the user's rights. */
export async function updateRecord(input: { fields: Record<string, unknown> }): Promise<unknown> {
  const { Id, ...fields } = input.fields;
  const record = await callOrg(`/api/ui-api/records/${String(Id)}`, { method: 'PATCH', body: { fields } });
  await notifyRecordUpdateAvailable([{ recordId: String(Id) }]);
  return record;
}
