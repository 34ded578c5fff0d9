/** The indexes the outbox is read by, so that a visit costs the same with ten requests waiting and with 100,000. */
import type { Row } from '../../org/check-record.ts';
import { OrderedIds } from '../../org/ordered-ids.ts';
import type { RecordStore } from '../../org/record-store.ts';

/** The states of a request. */
export const requestStates = ['ready', 'sent', 'verifying', 'held', 'done', 'refused'] as const;
export type RequestState = (typeof requestStates)[number];

/** Nothing more happens to a request in one of these. */
export const isEnded = (status: unknown): boolean => status === 'done' || status === 'refused';

/** States in which a request may be handed out. */
const deliverable: ReadonlySet<unknown> = new Set(['ready', 'sent', 'verifying']);

export class RequestIndex {
  readonly #names: {
    readonly object: string;
    readonly status: string;
    readonly system: string;
    readonly account: string;
  };
  readonly #byAccount = new Map<string, OrderedIds>();
  readonly #openByAccount = new Map<string, OrderedIds>();
  /** By system, and by system and state. */
  readonly #deliverable = new Map<string, OrderedIds>();
  readonly #byState = new Map<string, OrderedIds>();

  constructor(store: RecordStore, named: (name: string) => string) {
    this.#names = {
      object: named('SAP_Request__c'),
      status: named('Status__c'),
      system: named('SAP_System__c'),
      account: named('Account__c'),
    };
    store.watch((object, before, after) => {
      if (object !== this.#names.object) return;
      if (before !== undefined) this.#places(before).forEach((ids) => ids.delete(String(before['Id'])));
      if (after !== undefined) this.#places(after).forEach((ids) => ids.add(String(after['Id'])));
    });
  }

  /** Requests that may be handed out, oldest first. */
  deliverable(system: string): OrderedIds {
    return setOf(this.#deliverable, system);
  }

  /** Requests in a state, oldest first; of every system together where none is named. */
  inState(system: string | null, state: RequestState): OrderedIds {
    return setOf(this.#byState, `${system ?? '*'} ${state}`);
  }

  ofAccount(accountId: string): OrderedIds {
    return setOf(this.#byAccount, accountId);
  }

  /** The request of an Account that has to end before the next one begins. */
  firstOpen(accountId: string): string | undefined {
    return this.#openByAccount.get(accountId)?.first;
  }

  openOf(accountId: string): OrderedIds {
    return setOf(this.#openByAccount, accountId);
  }

  #places(row: Row): OrderedIds[] {
    const [status, system, account] = [this.#names.status, this.#names.system, this.#names.account].map((name) =>
      String(row[name] ?? ''),
    );
    const places = [
      setOf(this.#byAccount, account ?? ''),
      setOf(this.#byState, `${system ?? ''} ${status ?? ''}`),
      setOf(this.#byState, `* ${status ?? ''}`),
    ];
    if (!isEnded(status)) places.push(setOf(this.#openByAccount, account ?? ''));
    if (deliverable.has(status)) places.push(setOf(this.#deliverable, system ?? ''));
    return places;
  }
}

function setOf(sets: Map<string, OrderedIds>, key: string): OrderedIds {
  const existing = sets.get(key);
  if (existing !== undefined) return existing;
  const made = new OrderedIds();
  sets.set(key, made);
  return made;
}
