/** The writes that are under way in this process: each key once, whoever asked for it. */
import { GatewayError } from '../../errors/index.ts';
import type { IdempotencyKey, OrgId, SapSystemId, WriteKind, WriteOperation } from '../../model/index.ts';
import type { JournalEntry } from '../../ports/index.ts';
import type { Verdict } from './run-parts.ts';

export interface EntryKey {
  readonly org: OrgId;
  readonly system: SapSystemId;
  readonly id: IdempotencyKey;
}

/** Where a key stands: a run that goes on, or an operation that has ended. */
export interface WriteStanding {
  readonly contentHash: string;
  readonly operation: WriteOperation;
  readonly over: Promise<void>;
  readonly isOver: boolean;
  /** Over without an outcome: the lease is lost, or the program stops. */
  readonly isLeft: boolean;
  readonly mayBeInSap: boolean;
  /** Of the lease it ran under. */
  readonly fence: number | undefined;
  /** Resolves when nothing will happen any more before the agent is restarted. */
  readonly parked: Promise<void>;
  withdraw(verdict: Verdict): void;
}

/** How a write stopped being under way. */
export interface WriteEnd {
  /** Without an end, as far as anybody knows. */
  readonly isLeft: boolean;
  /** Of the lease it ran under. */
  readonly fence: number | undefined;
}

interface OpenWrite {
  readonly key: EntryKey;
  readonly kind: WriteKind;
  readonly opening: Promise<WriteStanding>;
}

export interface OpenWritesParts {
  readonly limit: number;
  /** Told after each change how many writes have not ended. */
  readonly onCount: (count: number) => void;
  readonly onOver: (key: EntryKey, end: WriteEnd) => void;
}

export class OpenWrites {
  readonly #parts: OpenWritesParts;
  /** A key is here before its journal entry is read, so two at once are one. */
  readonly #open = new Map<string, OpenWrite>();

  constructor(parts: OpenWritesParts) {
    this.#parts = parts;
  }

  has(key: EntryKey): boolean {
    return this.#open.has(slotOf(key));
  }

  /** Of one kind, or of all. */
  of(org: OrgId, system: SapSystemId, kind?: WriteKind): readonly IdempotencyKey[] {
    const open = [...this.#open.values()].filter((write) => kind === undefined || write.kind === kind);
    return open.filter(({ key }) => key.org === org && key.system === system).map(({ key }) => key.id);
  }

  async find(key: EntryKey): Promise<WriteStanding | undefined> {
    return this.#open.get(slotOf(key))?.opening;
  }

  /**
   * No turn may pass between finding no run and keeping a new one, or two at once would be two. Who meets a run at the very
   * moment of its end asked for it before: for the same content it is the answer. Throws AGENT_BUSY when there are too many.
   */
  async joinOrBegin(
    key: EntryKey & Pick<JournalEntry, 'contentHash' | 'kind'>,
    begin: () => Promise<WriteStanding>,
  ): Promise<{ readonly standing: WriteStanding; readonly isJoined: boolean }> {
    const slot = slotOf(key);
    for (let open = this.#open.get(slot); open !== undefined; open = this.#open.get(slot)) {
      const standing = await open.opening;
      const isAnswer = !standing.isLeft && standing.contentHash === key.contentHash;
      if (!standing.isOver || isAnswer) return { standing, isJoined: true };
      if (this.#open.get(slot) === open) this.#open.delete(slot);
    }
    if (this.#open.size >= this.#parts.limit) throw new GatewayError('AGENT_BUSY');
    return { standing: await this.keep(key, begin()), isJoined: false };
  }

  /** Remembers a key while it is under way. */
  keep(key: EntryKey & Pick<JournalEntry, 'kind'>, opening: Promise<WriteStanding>): Promise<WriteStanding> {
    const open = { key: { org: key.org, system: key.system, id: key.id }, kind: key.kind, opening };
    this.#open.set(slotOf(key), open);
    this.#parts.onCount(this.#open.size);
    const forget = (end: WriteEnd): void => {
      if (this.#open.get(slotOf(key)) === open) this.#open.delete(slotOf(key));
      this.#parts.onCount(this.#open.size);
      this.#parts.onOver(open.key, end);
    };
    const untilOver = async (): Promise<WriteEnd> => {
      const standing = await opening;
      await standing.over;
      return { isLeft: standing.isLeft, fence: standing.fence };
    };
    untilOver().then(forget, () => forget({ isLeft: true, fence: undefined }));
    return opening;
  }

  /** Resolves when no step is under way any more. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#open.values()].map(async ({ opening }) => (await opening).over));
  }
}

/** A write that has ended, from the journal. */
export const endedStanding = ({ contentHash, operation }: JournalEntry): WriteStanding => ({
  contentHash,
  operation,
  over: Promise.resolve(),
  isOver: true,
  isLeft: false,
  mayBeInSap: operation.customer !== null,
  fence: undefined,
  parked: new Promise(() => undefined),
  withdraw: () => undefined,
});

/** What tells a write from every other, here and in any org. */
export const slotOf = ({ org, system, id }: EntryKey): string => `${system} ${org} ${id}`;
