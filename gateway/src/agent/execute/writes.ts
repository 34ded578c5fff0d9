/**
 * All writes of one agent: admits each key once, joins callers who want the same, answers each in time.
 *
 * What a caller gets (the body is always the write operation, also when SAP refused: it is a state of the request
 * that the org follows, not a failure of the call):
 * - 201 done by this call; 200 done before (`isRepeat`); 200 refused, with SAP's messages in `problem`
 * - 202 running, verifying or held
 * - IDEMPOTENCY_KEY_REUSED (409) when the key stands for other content, here or in SAP
 */
import { GatewayError } from '../../errors/index.ts';
import { idempotencyKey } from '../../model/index.ts';
import type { SapSystemId, WriteOperation } from '../../model/index.ts';
import type { JournalEntry, KeyLookup, SapSystem, WriteIntent, WriteJournal } from '../../ports/index.ts';
import type { Log } from '../../telemetry/index.ts';
import { sleep } from '../../timing/index.ts';
import type { Clock, Deadline } from '../../timing/index.ts';
import type { Call, Reply } from '../call.ts';
import { toIntent, toWriteKey } from './content.ts';
import type { ExecutePolicy } from './policy.ts';
import { BackgroundSteps } from './steps.ts';
import { WriteRun } from './write-run.ts';
import type { FirstStep } from './write-run.ts';

export interface WritesParts {
  readonly sap: ReadonlyMap<SapSystemId, SapSystem>;
  readonly journal: WriteJournal;
  readonly clock: Clock;
  readonly log: Log;
  readonly policy: ExecutePolicy;
  readonly stop: AbortSignal;
  /** Told after each change how many writes have not ended. */
  readonly onOpenWrites: (count: number) => void;
}

/** Where a key stands: a run that goes on, or an operation that has ended. */
interface Standing {
  readonly contentHash: string;
  readonly operation: WriteOperation;
  readonly over: Promise<void>;
  readonly isOver: boolean;
}

export class Writes {
  readonly #parts: WritesParts;
  readonly #background: BackgroundSteps;
  /** Keys under way in this process. A key is here before its journal entry is read, so two at once are one. */
  readonly #open = new Map<string, Promise<Standing>>();

  constructor(parts: WritesParts) {
    this.#parts = parts;
    this.#background = new BackgroundSteps(parts.policy.backgroundSteps);
  }

  /** Carries out a write call, or joins the one that is under way. */
  async send(call: Call, sap: SapSystem): Promise<Reply> {
    const intent = toIntent(call);
    if (call.deadline.hasPassed) throw new GatewayError('DEADLINE_PASSED');
    const { standing, isJoined } = await this.#joinOrBegin(intent, sap);
    if (standing.contentHash !== intent.contentHash) throw new GatewayError('IDEMPOTENCY_KEY_REUSED');
    const wasDone = standing.operation.state === 'done';
    await this.#overOrLate(standing, call.deadline);
    return toReply(standing.operation, isJoined || wasDone);
  }

  /** Where a write stands: from the journal, or from SAP where another agent may have written it. */
  async read(call: Call, sap: SapSystem): Promise<Reply> {
    const id = idempotencyKey.parse(call.params['id']);
    const entry = await this.#parts.journal.find(call.org, call.system, id);
    if (entry !== undefined) return { status: 200, body: asRepeat(entry.operation) };
    const found = await sap.lookUpKey(toWriteKey(call.org, id), call.deadline);
    if (found.state === 'none') throw new GatewayError('OPERATION_UNKNOWN');
    return { status: 200, body: toForeignOperation(call, id, found, this.#parts.clock) };
  }

  /** Goes on with what an earlier process left unfinished: each is looked up in SAP before anything else. */
  async resume(): Promise<void> {
    const { journal, log, policy, sap } = this.#parts;
    for (const entry of await journal.unfinished(policy.maxOpenWrites)) {
      const system = sap.get(entry.system);
      if (system === undefined) {
        log.error(
          { correlationId: entry.correlationId, system: entry.system },
          'A write waits for an SAP system that is no longer configured',
        );
      } else if (!this.#open.has(slotOf(entry))) {
        void this.#keep(slotOf(entry), Promise.resolve(this.#start(entry, 'look-up', system)));
      }
    }
  }

  /** Resolves when no step is under way any more; call after `stop` was aborted. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#open.values()].map(async (opening) => (await opening).over));
  }

  /** No turn may pass between finding no run and keeping a new one, or two at once would be two. */
  async #joinOrBegin(intent: WriteIntent, sap: SapSystem): Promise<{ standing: Standing; isJoined: boolean }> {
    const slot = slotOf(intent);
    for (let open = this.#open.get(slot); open !== undefined; open = this.#open.get(slot)) {
      const standing = await open;
      if (!standing.isOver) return { standing, isJoined: true };
      // Over, and only not forgotten yet: what comes now is a new request.
      if (this.#open.get(slot) === open) this.#open.delete(slot);
    }
    return { standing: await this.#begin(intent, sap), isJoined: false };
  }

  #begin(intent: WriteIntent, sap: SapSystem): Promise<Standing> {
    if (this.#open.size >= this.#parts.policy.maxOpenWrites) throw new GatewayError('AGENT_BUSY');
    return this.#keep(slotOf(intent), this.#enter(intent, sap));
  }

  async #enter(intent: WriteIntent, sap: SapSystem): Promise<Standing> {
    const { begun, entry } = await this.#parts.journal.begin(intent);
    if (begun) return this.#start(entry, 'write', sap);
    const { state } = entry.operation;
    const isSame = entry.contentHash === intent.contentHash;
    // Who sends a held write again has acted on it; with other content nobody has.
    if (state === 'done' || state === 'refused' || (state === 'held' && !isSame)) return ended(entry);
    return this.#start(entry, 'look-up', sap);
  }

  #start(entry: JournalEntry, first: FirstStep, sap: SapSystem): WriteRun {
    const log = this.#parts.log.child({ correlationId: entry.correlationId, kind: entry.kind });
    return new WriteRun(entry, first, { ...this.#parts, sap, log, background: this.#background });
  }

  /** Remembers a key while it is under way. */
  #keep(slot: string, opening: Promise<Standing>): Promise<Standing> {
    this.#open.set(slot, opening);
    this.#parts.onOpenWrites(this.#open.size);
    const forget = (): void => {
      if (this.#open.get(slot) === opening) this.#open.delete(slot);
      this.#parts.onOpenWrites(this.#open.size);
    };
    opening.then((standing) => standing.over).then(forget, forget);
    return opening;
  }

  /** Waits for the end, but leaves time for the answer to travel back. */
  async #overOrLate(standing: Standing, deadline: Deadline): Promise<void> {
    const remainingMs = deadline.remainingMs();
    const late = new AbortController();
    // A tenth of what is left, at most half a second: a relay on another continent needs no more.
    const waitMs = remainingMs - Math.min(500, remainingMs / 10);
    await Promise.race([standing.over, sleep(this.#parts.clock, waitMs, late.signal)]);
    late.abort();
  }
}

const slotOf = ({ org, system, id }: Pick<WriteIntent, 'org' | 'system' | 'id'>): string => `${system} ${org} ${id}`;

const ended = (entry: JournalEntry): Standing => ({
  contentHash: entry.contentHash,
  operation: entry.operation,
  over: Promise.resolve(),
  isOver: true,
});

function toReply(operation: WriteOperation, isLater: boolean): Reply {
  switch (operation.state) {
    case 'done':
      return isLater || operation.isRepeat
        ? { status: 200, body: asRepeat(operation) }
        : { status: 201, body: operation };
    case 'refused':
      // SAP's key table holds the key for other content: another agent wrote it.
      if (operation.problem?.code === 'IDEMPOTENCY_KEY_REUSED') throw new GatewayError('IDEMPOTENCY_KEY_REUSED');
      return { status: 200, body: operation };
    case 'running':
    case 'verifying':
    case 'held':
      return { status: 202, body: operation };
  }
}

const asRepeat = (operation: WriteOperation): WriteOperation => ({
  ...operation,
  isRepeat: operation.state === 'done',
});

/**
 * A write that is in SAP but not in this journal. The key table does not keep the kind; keys made by the package
 * start with it (`customer.change:`), and a key of another maker is most likely a create.
 */
function toForeignOperation(
  call: Call,
  id: WriteOperation['id'],
  found: Exclude<KeyLookup, { state: 'none' }>,
  clock: Clock,
): WriteOperation {
  return {
    id,
    kind: id.startsWith('customer.change') ? 'customer.change' : 'customer.create',
    state: found.state,
    asOf: new Date(clock.now()).toISOString(),
    attempts: 0,
    isRepeat: found.state === 'done',
    customer: found.state === 'done' ? { system: call.system, number: found.customerNumber } : null,
    sapMessages: [],
    problem: null,
  };
}
