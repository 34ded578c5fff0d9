/** How a write begins, or that it has ended already: what the journal has of its key, and who asks for it. */
import type { JournalEntry, WriteIntent, WriteJournal } from '../../ports/index.ts';
import type { Clock } from '../../timing/index.ts';
import type { Call } from '../call.ts';
import type { Holding } from '../lease.ts';
import { hashForNumbers } from './content.ts';
import { LateCalls } from './late-calls.ts';
import { endedStanding } from './open-writes.ts';
import { isUnsent } from './service-step.ts';
import type { EntryKey, WriteEnd, WriteStanding } from './open-writes.ts';
import type { ExecutePolicy } from './policy.ts';
import type { FirstStep } from './run-parts.ts';
import { laterAsOf } from './run-record.ts';

export interface AdmissionsParts {
  readonly journal: WriteJournal;
  readonly clock: Clock;
  readonly policy: ExecutePolicy;
  /** Starts a run; `isUrgent`: a person waits for it. */
  readonly start: (entry: JournalEntry, first: FirstStep, holding: Holding | undefined, how: HowBegun) => WriteStanding;
}

/** How a run begins that is told apart only for services, whose key SAP does not keep. */
export interface HowBegun {
  readonly isUrgent: boolean;
  /** New here, though another agent may have had it. */
  readonly isForeign?: boolean;
  /** This agent knows that nothing it sent is in SAP. */
  readonly isUnsent?: boolean;
}

/** A request of the org's outbox, as it was handed out. */
export interface HandedOut {
  /** SAP may have it from before. */
  readonly wasSent: boolean;
  /** It has ended under this lease, and the org did not know that when it handed it out: it is told, and not done again. */
  readonly isOwed: () => boolean;
}

export class Admissions {
  readonly #parts: AdmissionsParts;
  readonly #late: LateCalls;

  constructor(parts: AdmissionsParts) {
    this.#parts = parts;
    this.#late = new LateCalls(parts.clock);
  }

  noteEnd(key: EntryKey, { isLeft, fence }: WriteEnd): void {
    if (!isLeft && fence !== undefined) this.#late.noteEnd(key);
  }

  /**
   * A call through the relay, which has been on its way since `sinceMs`. Undefined for one that is too late where the org's
   * outbox brings what is still wanted.
   */
  async fromCall(
    call: Call,
    intent: WriteIntent,
    holding: Holding | undefined,
    sinceMs: number,
  ): Promise<WriteStanding | undefined> {
    if (holding === undefined) return this.#enter(intent, holding, call);
    const { clock, policy } = this.#parts;
    const isLate = (call.ageMs ?? 0) > policy.maxCallAgeMs || this.#late.hasEndedSince(intent, sinceMs);
    const ended = await this.#ended(intent);
    if (isLate) return ended;
    // Bytes may be late before they reach the relay. Who asks again on purpose has a request that the outbox brings too.
    const isFreshRefusal =
      ended?.operation.state === 'refused' && clock.now() - Date.parse(ended.operation.asOf) < policy.refusalStandsMs;
    return isFreshRefusal ? ended : this.#enter(intent, holding, call);
  }

  /** What the org hands out; what it says counts, whatever the journal has of an earlier time. */
  async fromOrg(intent: WriteIntent, holding: Holding, { wasSent, isOwed }: HandedOut): Promise<WriteStanding> {
    const { journal, clock, start } = this.#parts;
    const ended = isOwed() ? await this.#ended(intent) : undefined;
    if (ended !== undefined) return ended;
    const { begun, entry } = await journal.begin(intent);
    if (begun) return start(entry, wasSent ? 'look-up' : 'write', holding, { isUrgent: false });
    const isSame = isSameWish(entry, intent);
    if (entry.operation.state !== 'done') {
      const current = isSame ? entry : await journal.replaceContent(intent);
      return start(current, 'look-up', holding, { isUrgent: false });
    }
    // The org asks for what it was told before: it is told again, as something newer than what it knows.
    const operation = { ...entry.operation, asOf: laterAsOf(entry.operation, clock) };
    if (isSame) await journal.record(intent, operation);
    return endedStanding({ ...entry, operation, contentHash: isSame ? intent.contentHash : entry.contentHash });
  }

  async #enter(
    intent: WriteIntent,
    holding: Holding | undefined,
    { isShared = false }: Pick<Call, 'isShared'>,
  ): Promise<WriteStanding> {
    const { journal, start } = this.#parts;
    const { begun, entry } = await journal.begin(intent);
    const isForeign = isShared && intent.kind === 'service.call';
    if (begun) return start(entry, isForeign ? 'look-up' : 'write', holding, { isUrgent: true, isForeign });
    const { state } = entry.operation;
    if (state === 'done' || state === 'refused') return endedStanding(entry);
    if (entry.contentHash === intent.contentHash) return this.#goOn(entry, intent, holding, isShared);
    // Nobody works on it, and another agent had the lease meanwhile: the org may have corrected it since.
    const mayBeCorrected =
      entry.kind === intent.kind && (isSuperseded(entry) || (holding !== undefined && state !== 'held'));
    // Who sends a held write again has acted on it; with other content nobody has.
    if (!mayBeCorrected) return endedStanding(entry);
    return start(await journal.replaceContent(intent), 'look-up', holding, { isUrgent: true });
  }

  /** What is certainly not in SAP takes the form in which its service is published now; what may be there keeps its own. */
  async #goOn(
    entry: JournalEntry,
    intent: WriteIntent,
    holding: Holding | undefined,
    isShared: boolean,
  ): Promise<WriteStanding> {
    const { journal, start } = this.#parts;
    if (!isUnsent(entry)) return start(entry, 'look-up', holding, { isUrgent: true });
    const current = await journal.replaceContent(intent);
    return start(current, isShared ? 'look-up' : 'write', holding, { isUrgent: true, isUnsent: true });
  }

  /** How a write of this content ended, as far as the journal knows. */
  async #ended(intent: WriteIntent): Promise<WriteStanding | undefined> {
    const entry = await this.#parts.journal.find(intent.org, intent.system, intent.id);
    const isEnd = entry?.contentHash === intent.contentHash && hasEnded(entry) && !isSuperseded(entry);
    return isEnd ? endedStanding(entry) : undefined;
  }
}

/** The same content, or the same for the numbers that the record had before it was merged or linked anew. */
function isSameWish({ contentHash, operation: { customer, contact } }: JournalEntry, intent: WriteIntent): boolean {
  if (contentHash === intent.contentHash) return true;
  if (customer === null) return false;
  return contentHash === hashForNumbers(intent, { customerNumber: customer.number, contactNumber: contact });
}

/** Whether an entry is done, refused or held. */
export const hasEnded = ({ operation }: JournalEntry): boolean =>
  operation.state !== 'running' && operation.state !== 'verifying';

/** Closed by `supersede`: somebody else knows how it ended. */
export const isSuperseded = ({ operation }: JournalEntry): boolean => operation.problem?.code === 'LEASE_LOST';
