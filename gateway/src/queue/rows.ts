/** Rows of the queue's tables as the model has them; what no version of this program has written is refused. */
import type { SQLOutputValue } from 'node:sqlite';
import { z } from 'zod';
import { FileRefusal } from '../durable-file/index.ts';
import { changeOrder, facet, orgId, problem, recordFields, recordKey, sourceDocument } from '../model/index.ts';
import type { RecordKey, SourceDocument } from '../model/index.ts';

export type Row = Readonly<Record<string, SQLOutputValue>>;

/** A column of JSON. */
export const json = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);

/** The columns of a source as every table that has one calls them. */
export const sourceColumns = 'd.kind AS source_kind, d.sender, d.number, d.type, d.created_at, d.arrived_at_ms';

const sourceRow = z.object({
  source_kind: sourceDocument.shape.kind,
  sender: z.string(),
  number: z.string(),
  type: z.string(),
  created_at: z.string(),
  arrived_at_ms: z.number(),
});

export function toSource(row: Row): { readonly source: SourceDocument; readonly arrivedAtMs: number } {
  const { source_kind: kind, sender, number, type, created_at, arrived_at_ms } = understood(sourceRow, row);
  return { source: { kind, sender, number, type, createdAt: created_at }, arrivedAtMs: arrived_at_ms };
}

export const keyRow = z.object({ system: recordKey.shape.system, kind: recordKey.shape.kind, key_id: z.string() });

export const toKey = ({ system, kind, key_id: id }: z.infer<typeof keyRow>): RecordKey => ({ system, kind, id });

/** As the application made them, JSON. */
export const appliedColumn = json(z.partialRecord(facet, changeOrder));
export const problemColumn = json(problem);
export const fieldsColumn = json(recordFields);
export const parentsColumn = json(z.array(recordKey));
export const org = orgId;

/** Throws FileRefusal for a row that does not fit. */
export function understood<Schema extends z.ZodType>(schema: Schema, row: Row | undefined): z.infer<Schema> {
  const parsed = schema.safeParse(row);
  if (parsed.success) return parsed.data;
  throw new FileRefusal(`a row of the queue cannot be understood (${parsed.error.issues[0]?.path.join('.') ?? ''})`);
}
