/** The IDoc database (EDIDC, EDIDS): every IDoc with its status, until it is archived. */
import type { AleEntry, RecordEntry } from './ale-journal.ts';
import { currentStatus, idocStatus } from './idoc.ts';
import type { Idoc, IdocStatus } from './idoc.ts';

export interface StatusTime {
  readonly date: string;
  readonly time: string;
}

export interface IdocFilter {
  readonly status?: string | undefined;
  readonly messageType?: string | undefined;
  readonly key?: string | undefined;
}

export class IdocStore {
  readonly #idocs = new Map<string, Idoc>();
  readonly #keep: () => number;
  readonly #record: RecordEntry;
  readonly #created = new Map<string, number>();
  #archived = 0;

  /** `keep`: how many are not archived; asked each time, because it may be set anew. */
  constructor(keep: () => number, record: RecordEntry) {
    this.#keep = keep;
    this.#record = record;
  }

  /** IDocs whose content is gone. */
  get archived(): number {
    return this.#archived;
  }

  /** How many were made of each message type since the start. */
  get created(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#created);
  }

  add(idoc: Idoc): void {
    this.#created.set(idoc.messageType, (this.#created.get(idoc.messageType) ?? 0) + 1);
    this.#record({ kind: 'idoc', idoc });
    this.#idocs.set(idoc.number, idoc);
    this.#archive();
  }

  get(number: string): Idoc | undefined {
    return this.#idocs.get(number);
  }

  all(): IterableIterator<Idoc> {
    return this.#idocs.values();
  }

  withStatus(...wanted: readonly IdocStatus[]): readonly Idoc[] {
    return [...this.#idocs.values()].filter((it) => wanted.includes(currentStatus(it)));
  }

  filter({ status, messageType, key }: IdocFilter): readonly Idoc[] {
    return [...this.#idocs.values()].filter(
      (it) =>
        (status === undefined || currentStatus(it) === status) &&
        (messageType === undefined || it.messageType === messageType) &&
        (key === undefined || it.key === key),
    );
  }

  /** Writes a status record, which is never taken back. */
  setStatus(number: string, status: IdocStatus, text: string, at: StatusTime): void {
    const record = { status, text, ...at };
    this.#record({ kind: 'status', number, record });
    this.#change(number, (idoc) => ({ ...idoc, history: [...idoc.history, record] }));
    this.#archive();
  }

  /** Counts one more time that the IDoc left. */
  countDelivery(number: string): void {
    this.#record({ kind: 'delivery', number });
    this.#change(number, (idoc) => ({ ...idoc, deliveries: idoc.deliveries + 1 }));
  }

  /** Brings back what was recorded before a restart. */
  restore(entry: AleEntry): void {
    if (entry.kind === 'idoc') this.#idocs.set(entry.idoc.number, entry.idoc);
    else if (entry.kind === 'status')
      this.#change(entry.number, (idoc) => ({ ...idoc, history: [...idoc.history, entry.record] }));
    else if (entry.kind === 'delivery')
      this.#change(entry.number, (idoc) => ({ ...idoc, deliveries: idoc.deliveries + 1 }));
    this.#archive();
  }

  #change(number: string, to: (idoc: Idoc) => Idoc): void {
    const idoc = this.#idocs.get(number);
    if (idoc !== undefined) this.#idocs.set(number, to(idoc));
  }

  /**
   * Takes away the oldest that were sent; what still has to be sent stays, however many there are. A tenth at a time,
   * so that IDocs nobody takes are not looked through for each new one.
   */
  #archive(): void {
    const keep = this.#keep();
    if (this.#idocs.size <= keep + Math.floor(keep / 10)) return;
    for (const [number, idoc] of this.#idocs) {
      if (this.#idocs.size <= keep) return;
      if (currentStatus(idoc) !== idocStatus.sent) continue;
      this.#idocs.delete(number);
      this.#archived += 1;
    }
  }
}
