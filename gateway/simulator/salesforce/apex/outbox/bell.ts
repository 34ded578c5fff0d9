/** The bell (OutboxBell): after the commit, once per transaction and SAP system that has something new to do. */
import type { Row } from '../../org/check-record.ts';
import type { Org } from '../../org/org.ts';
import type { EventBus } from '../../events/event-bus.ts';

/** Rings for every commit from now on. */
export function ringAfterCommit(org: Org, bus: EventBus): void {
  const [object, status, system] = ['SAP_Request__c', 'Status__c', 'SAP_System__c'].map(org.named);
  const event = org.named('SAP_Request_Ready__e');
  if (object === undefined || status === undefined || system === undefined) return;
  const isReady = (row: Row | undefined): boolean => row?.[status] === 'ready';
  org.store.commitListeners.push((changes) => {
    const rings = new Map<string, string>();
    for (const change of changes) {
      if (change.object !== object || isReady(change.before)) continue;
      const row = org.store.find(object, change.id);
      if (row !== undefined && isReady(row)) rings.set(String(row[system] ?? ''), String(row['LastModifiedById']));
    }
    rings.delete('');
    for (const [one, userId] of rings) bus.publish(event, { [org.named('System__c')]: one }, userId);
  });
}
