/** An index over one lookup field: the records of an object that point to a record. */
import { OrderedIds } from './ordered-ids.ts';
import type { RecordStore } from './record-store.ts';

export class LookupIndex {
  readonly #byTarget = new Map<string, OrderedIds>();

  constructor(store: RecordStore, object: string, field: string) {
    store.watch((changed, before, after) => {
      if (changed !== object) return;
      if (before?.[field] != null) this.of(String(before[field])).delete(String(before['Id']));
      if (after?.[field] != null) this.of(String(after[field])).add(String(after['Id']));
    });
  }

  /** The records that point to this one, oldest first. */
  of(target: string): OrderedIds {
    const ids = this.#byTarget.get(target) ?? new OrderedIds();
    this.#byTarget.set(target, ids);
    return ids;
  }
}
