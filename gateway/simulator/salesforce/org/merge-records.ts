/** What people do to records behind an integration's back: they delete and merge them. */
import { notFound } from './errors.ts';
import { automatedUser } from './load-data.ts';
import type { Org } from './org.ts';
import type { Row } from './check-record.ts';

function existing(org: Org, object: string, id: string): Row {
  const row = org.store.find(object, id);
  if (row === undefined) throw notFound();
  return row;
}

/** Deletes a record as the org's first user does. */
export function deleteRecordNow(org: Org, object: string, id: string): void {
  existing(org, object, id);
  const transaction = org.store.begin(org.users[0]?.id ?? '');
  transaction.delete(object, id);
  transaction.commit();
}

/** Merges a record into another: what pointed to it points there now, and it is gone; the other one keeps its values. */
export function mergeRecords(org: Org, object: string, id: string, into: string): void {
  const [loser, master] = [existing(org, object, id), existing(org, object, into)];
  // As the platform does it: no trigger asks whether the person may.
  const transaction = org.store.begin(automatedUser);
  for (const other of org.store.objects) {
    for (const field of other.fields.values()) {
      if (field.referenceTo !== object || field.isReadOnly) continue;
      const pointing = [...org.store.each(other.name)].filter((row) => row[field.name] === loser['Id']);
      for (const row of pointing) transaction.update(other.name, String(row['Id']), { [field.name]: master['Id'] });
    }
  }
  transaction.delete(object, String(loser['Id']));
  org.afterMerge(transaction, object, loser, master);
  transaction.commit();
}
