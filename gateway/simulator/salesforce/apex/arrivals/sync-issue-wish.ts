/** What people want done with held changes, when an issue is saved (SyncIssueWish). */
import type { Row } from '../../org/check-record.ts';
import { SalesforceError } from '../../org/errors.ts';
import type { Org } from '../../org/org.ts';
import type { Labels } from '../problem.ts';

const refuse = (message: string, fields: readonly string[] = []): never => {
  throw new SalesforceError('FIELD_CUSTOM_VALIDATION_EXCEPTION', message, { fields });
};

/** A document that could not be understood has to come again from SAP. */
export const canRetry = (org: Org, row: Row): boolean =>
  String(row[org.named('Kind__c')] ?? '').toLowerCase() !== 'document';

/** What the trigger makes of an issue that is about to be saved. */
export function noteWish(org: Org, labels: Labels, row: Row, before: Row | undefined): Row {
  const [wish, reason, by, state] = ['Wish__c', 'Wish_Reason__c', 'Wish_By__c', 'State__c'].map(org.named);
  if (wish === undefined || reason === undefined || by === undefined || state === undefined) return row;
  const named = { ...row, Name: row['Name'] ?? row[org.named('Change__c')] ?? null };
  const wanted = row[wish] ?? null;
  if (wanted === null || wanted === (before?.[wish] ?? null))
    return row[state] === 'Held' ? named : { ...named, [wish]: null };
  if (row[state] !== 'Held') refuse(labels('Issue_Not_Held'));
  if (wanted === 'Retry' && !canRetry(org, row)) refuse(labels('Issue_No_Retry'));
  if (wanted === 'Discard' && (row[reason] ?? null) === null) refuse(labels('Issue_Reason_Missing'), [reason]);
  if ((row[by] ?? null) !== (before?.[by] ?? null)) return named;
  return { ...named, [by]: (org.user(String(row['LastModifiedById']))?.name ?? '').slice(0, 80) };
}
