/** Lets the faults strike single rows of a write: locks, rules of the org, storage, duplicates. */
import type { Row } from '../org/check-record.ts';
import { SalesforceError } from '../org/errors.ts';
import type { Fault, Faults, RowFaultKind } from './faults.ts';

/** A row on its way into the org. */
export interface TroubledRow {
  readonly object: string;
  readonly values: Row;
  /** Undefined for a new record. */
  readonly before: Row | undefined;
  /** The caller has said that duplicates may be saved. */
  readonly allowsDuplicates: boolean;
}

const words: Readonly<Record<RowFaultKind, readonly [string, string]>> = {
  'record-locked': ['UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record'],
  'rule-refuses': ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'A rule of this org refuses the record.'],
  'storage-full': ['STORAGE_LIMIT_EXCEEDED', 'storage limit exceeded'],
  'duplicate-found': [
    'DUPLICATES_DETECTED',
    "You're creating a duplicate record. We recommend you use an existing record instead.",
  ],
  'record-gone': ['ENTITY_IS_DELETED', 'entity is deleted'],
};

const isMeant = ({ object, record }: Fault, row: TroubledRow): boolean => {
  if (object !== undefined && object !== row.object) return false;
  if (record === undefined) return true;
  return [row.values, row.before ?? {}].some((values) =>
    Object.values(values).some((value) => typeof value === 'string' && value.includes(record)),
  );
};

/** Which kinds can strike a row at all. */
function possible({ before, allowsDuplicates }: TroubledRow): RowFaultKind[] {
  if (before !== undefined) return ['record-locked', 'rule-refuses', 'record-gone'];
  const onInsert: RowFaultKind[] = ['record-locked', 'rule-refuses', 'storage-full'];
  return allowsDuplicates ? onInsert : [...onInsert, 'duplicate-found'];
}

/** Throws what a fault makes of the row. */
export function troubleRow(faults: Faults, row: TroubledRow): void {
  const fault = faults.strikeWhere(possible(row), (one) => isMeant(one, row));
  if (fault === undefined) return;
  const [code, message] = Object.entries(words).find(([kind]) => kind === fault.kind)?.[1] ?? ['UNKNOWN_EXCEPTION', ''];
  throw new SalesforceError(code, fault.message ?? message);
}
