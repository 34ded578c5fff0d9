/** The indexes the outbox is read by, so that a visit costs the same with ten requests waiting and with 100,000. */
import type { Row } from './check-record.ts';
import { OrderedIds } from './ordered-ids.ts';
import type { RecordStore } from './record-store.ts';

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
    readonly contact: string;
    readonly fence: string;
    readonly operation: string;
  };
  readonly #byAccount = new Map<string, OrderedIds>();
  /** By Contact, or by Account; one that lost its Contact is nobody's, and not the Account's own. */
  readonly #byRecord = new Map<string, OrderedIds>();
  /** By system and Account. */
  readonly #openByAccount = new Map<string, OrderedIds>();
  /** By system: held ones too, for they block those behind them. */
  readonly #open = new Map<string, OrderedIds>();
  /** By system, and by system and state. */
  readonly #deliverable = new Map<string, OrderedIds>();
  readonly #byName = new Map<string, string>();
  readonly #handedOut = new Set<string>();
  readonly #byState = new Map<string, OrderedIds>();

  constructor(store: RecordStore, named: (name: string) => string) {
    this.#names = {
      object: named('SAP_Request__c'),
      status: named('Status__c'),
      system: named('SAP_System__c'),
      account: named('Account__c'),
      contact: named('Contact__c'),
      fence: named('Fence__c'),
      operation: named('Operation__c'),
    };
    store.watch((object, before, after) => {
      if (object !== this.#names.object) return;
      const [name, system] = [String(after?.['Name'] ?? before?.['Name']), after?.[this.#names.system]];
      if (after === undefined) this.#byName.delete(name);
      else this.#byName.set(name, String(after['Id']));
      if (Number(after?.[this.#names.fence] ?? 0) > 0) this.#handedOut.add(String(system));
      const [left, entered] = [before, after].map((row) => new Set(row === undefined ? [] : this.#places(row)));
      const id = String(after?.['Id'] ?? before?.['Id']);
      left?.forEach((ids) => entered?.has(ids) === true || ids.delete(id));
      entered?.forEach((ids) => left?.has(ids) === true || ids.add(id));
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

  /** Requests about an Account itself, or about a Contact. */
  ofRecord(recordId: string): OrderedIds {
    return setOf(this.#byRecord, recordId);
  }

  /** Requests of an Account and of its Contacts. */
  ofAccount(accountId: string): OrderedIds {
    return setOf(this.#byAccount, accountId);
  }

  /** Requests of a system that have not ended, oldest first. */
  open(system: string): OrderedIds {
    return setOf(this.#open, system);
  }

  /** The request of an Account that has to end before the next one begins. */
  firstOpen(system: string, accountId: string): string | undefined {
    return this.#openByAccount.get(`${system} ${accountId}`)?.first;
  }

  /** The id of the request that people call by this name. */
  named(name: string): string | undefined {
    return this.#byName.get(name);
  }

  /** Whether an agent ever got a request of this system. */
  wasHandedOut(system: string): boolean {
    return this.#handedOut.has(system);
  }

  #places(row: Row): OrderedIds[] {
    const [status, system, account] = [this.#names.status, this.#names.system, this.#names.account].map((name) =>
      String(row[name] ?? ''),
    );
    const isOfAccount = String(row[this.#names.operation] ?? '').startsWith('customer.');
    const places = [
      setOf(this.#byRecord, String(row[this.#names.contact] ?? (isOfAccount ? account : ''))),
      setOf(this.#byAccount, account ?? ''),
      setOf(this.#byState, `${system ?? ''} ${status ?? ''}`),
      setOf(this.#byState, `* ${status ?? ''}`),
    ];
    if (!isEnded(status)) {
      places.push(setOf(this.#openByAccount, `${system ?? ''} ${account ?? ''}`), setOf(this.#open, system ?? ''));
    }
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
