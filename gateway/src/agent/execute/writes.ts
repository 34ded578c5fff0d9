/** All writes of one agent: admits each key once, joins those who want the same, answers each in time. */
import { GatewayError } from '../../errors/index.ts';
import { idempotencyKey, toProblem } from '../../model/index.ts';
import type { IdempotencyKey, OrgId, SapSystemId } from '../../model/index.ts';
import type { JournalEntry, SapServices, SapSystem, WriteIntent, WriteJournal } from '../../ports/index.ts';
import type { Log } from '../../telemetry/index.ts';
import { sleep } from '../../timing/index.ts';
import type { Clock, Deadline } from '../../timing/index.ts';
import type { Call, Reply } from '../call.ts';
import type { Holding, Leases } from '../lease.ts';
import { Admissions, hasEnded, isSuperseded } from './admissions.ts';
import type { HandedOut, HowBegun } from './admissions.ts';
import { toIntent, toWriteKey } from './content.ts';
import { OpenWrites } from './open-writes.ts';
import type { EntryKey, WriteEnd, WriteStanding } from './open-writes.ts';
import type { ExecutePolicy } from './policy.ts';
import { asRepeat, toForeignOperation, toReply } from './replies.ts';
import type { FirstStep, Verdict, WriteMeasure } from './run-parts.ts';
import { laterAsOf } from './run-record.ts';
import { SapStanding } from './sap-standing.ts';
import { isUnsent } from './service-step.ts';
import { BackgroundSteps } from './steps.ts';
import { WriteRun } from './write-run.ts';

export interface WritesParts {
  readonly sap: ReadonlyMap<SapSystemId, SapSystem>;
  /** The same systems for steps that nobody waits for; `sap` where absent. */
  readonly background?: ReadonlyMap<SapSystemId, SapSystem> | undefined;
  readonly services: ReadonlyMap<SapSystemId, SapServices>;
  readonly journal: WriteJournal;
  readonly leases: Leases;
  readonly clock: Clock;
  readonly log: Log;
  readonly policy: ExecutePolicy;
  readonly measure: WriteMeasure;
  readonly stop: AbortSignal;
  /** Told after each change how many writes have not ended. */
  readonly onOpenWrites: (count: number) => void;
}

/** More than one agent ever leaves behind (`maxOpenWrites` at each loss of the lease); a bound all the same. */
const maxUnfinished = 10_000;

export class Writes {
  readonly #parts: WritesParts;
  readonly #background: BackgroundSteps;
  readonly #standings: ReadonlyMap<SapSystemId, SapStanding>;
  readonly #open: OpenWrites;
  readonly #admissions: Admissions;
  readonly #listeners: ((key: EntryKey, end: WriteEnd) => void)[] = [];
  readonly #wishes: ((key: EntryKey) => Verdict | undefined)[] = [];

  constructor(parts: WritesParts) {
    this.#parts = parts;
    this.#background = new BackgroundSteps(parts.policy.backgroundSteps);
    this.#standings = new Map([...parts.sap].map(([id, sap]) => [id, new SapStanding(sap, parts)]));
    this.#admissions = new Admissions({ ...parts, start: (...begin) => this.#start(...begin) });
    const onOver = (key: EntryKey, end: WriteEnd): void => {
      this.#admissions.noteEnd(key, end);
      this.#listeners.forEach((tell) => tell(key, end));
    };
    this.#open = new OpenWrites({ limit: parts.policy.maxOpenWrites, onCount: parts.onOpenWrites, onOver });
  }

  /** Tells of each write that is under way no more: it has ended, or was left (the lease is lost, the journal fails). */
  onOver(listener: (key: EntryKey, end: WriteEnd) => void): void {
    this.#listeners.push(listener);
  }

  /** What a person wants of a write that has not begun: whoever begins it meanwhile heeds it. */
  heedWishes(wishFor: (key: EntryKey) => Verdict | undefined): void {
    this.#wishes.push(wishFor);
  }

  /** Carries out a write call, or joins the one that is under way. */
  async send(call: Call): Promise<Reply> {
    const intent = toIntent(call, this.#parts.services.get(call.system));
    if (call.deadline.hasPassed) throw new GatewayError('DEADLINE_PASSED');
    const sinceMs = this.#parts.clock.monotonic() - (call.ageMs ?? 0);
    const holding = await this.#holdingFor(call);
    const begin = async (): Promise<WriteStanding> => {
      const standing = await this.#admissions.fromCall(call, intent, holding, sinceMs);
      if (standing === undefined) throw this.#standby(call);
      return standing;
    };
    const { standing, isJoined } = await this.#open.joinOrBegin(intent, begin);
    if (standing.contentHash !== intent.contentHash) throw new GatewayError('IDEMPOTENCY_KEY_REUSED');
    const wasDone = standing.operation.state === 'done';
    await this.#overOrLate(standing, call.deadline);
    if (standing.isLeft && !standing.mayBeInSap && !this.#parts.stop.aborted) throw this.#standby(call);
    return toReply(standing, isJoined || wasDone);
  }

  /** Where a write stands: from the journal, or from SAP where another agent may have written it. */
  async read(call: Call, sap: SapSystem): Promise<Reply> {
    const id = idempotencyKey.parse(call.params['id']);
    const entry = await this.#parts.journal.find(call.org, call.system, id);
    if (entry !== undefined && !isSuperseded(entry)) return { status: 200, body: asRepeat(entry.operation) };
    const lease = this.#parts.leases.of(call.org, call.system);
    // With the fence nothing older can be written after SAP has said `none`; without the lease another agent may be about to.
    const found = await sap.lookUpKey(toWriteKey(call.org, id), call.deadline, lease?.holding?.fence);
    if (found.state === 'none' && lease !== undefined && lease.holding === undefined) throw this.#standby(call);
    if (found.state === 'none') throw new GatewayError('OPERATION_UNKNOWN');
    return { status: 200, body: toForeignOperation(call, id, found, this.#parts.clock) };
  }

  /** Takes a request of the org's outbox. */
  async admit(intent: WriteIntent, holding: Holding, handedOut: HandedOut): Promise<WriteStanding> {
    const begin = (): Promise<WriteStanding> => this.#admissions.fromOrg(intent, holding, handedOut);
    return (await this.#open.joinOrBegin(intent, begin)).standing;
  }

  /** Goes on with a write of an earlier process, with a look-up in SAP. */
  resumeOne(entry: JournalEntry, holding: Holding | undefined): void {
    const system = this.#parts.sap.get(entry.system);
    if (system === undefined) {
      const fields = { correlationId: entry.correlationId, system: entry.system };
      this.#parts.log.error(fields, 'A write waits for an SAP system that is no longer configured');
    } else if (!this.#open.has(entry)) {
      // Another agent may have been asked for it meanwhile, so even what was never sent is looked up.
      const how = { isUrgent: false, isUnsent: isUnsent(entry) };
      void this.#open.keep(entry, Promise.resolve(this.#start(entry, 'look-up', holding, how)));
    }
  }

  /** Goes on with what an earlier process left unfinished for orgs without a mailbox; the others are asked first. */
  async resume(): Promise<void> {
    const { journal, leases, policy } = this.#parts;
    for (const entry of await journal.unfinished(policy.maxOpenWrites)) {
      if (leases.of(entry.org, entry.system) === undefined) this.resumeOne(entry, undefined);
    }
  }

  /** Unfinished in the journal, and nobody works on them. */
  async unattended(org: OrgId, system: SapSystemId): Promise<readonly JournalEntry[]> {
    const entries = await this.#parts.journal.unfinished(maxUnfinished);
    return entries.filter((entry) => entry.org === org && entry.system === system && !this.#open.has(entry));
  }

  /** The org has an outcome from somebody else: the entry is closed, and nobody is told of it. */
  async supersede(key: EntryKey): Promise<void> {
    const { journal, clock } = this.#parts;
    const entry = await journal.find(key.org, key.system, key.id);
    if (entry === undefined || this.#open.has(key)) return;
    if (hasEnded(entry)) return journal.confirm(key, entry.operation.asOf);
    const problem = toProblem(new GatewayError('LEASE_LOST'), entry.correlationId);
    const operation = { ...entry.operation, state: 'held' as const, problem, asOf: laterAsOf(entry.operation, clock) };
    await journal.record(key, operation);
    await journal.confirm(key, operation.asOf);
  }

  /** A person does not want a write any more. False where it is not under way. */
  async withdraw(key: EntryKey, verdict: Verdict): Promise<boolean> {
    const standing = await this.#open.find(key);
    if (standing === undefined || standing.isOver) return false;
    standing.withdraw(verdict);
    return true;
  }

  underWay(org: OrgId, system: SapSystemId): readonly IdempotencyKey[] {
    return this.#open.of(org, system);
  }

  /** A customer that is just being created there for the org, by its key. */
  beingCreated(org: OrgId, system: SapSystemId): IdempotencyKey | undefined {
    return this.#open.of(org, system, 'customer.create')[0];
  }

  /** Whether the SAP system can be worked with now. */
  standingOf(system: SapSystemId): SapStanding | undefined {
    return this.#standings.get(system);
  }

  /** Resolves when no step is under way any more; call after `stop` was aborted. */
  settled(): Promise<void> {
    return this.#open.settled();
  }

  /** The lease of the call's org; a call may come before the agent's first look into the org has ended. */
  async #holdingFor(call: Call): Promise<Holding | undefined> {
    const { clock, leases, policy } = this.#parts;
    const lease = leases.of(call.org, call.system);
    if (lease === undefined) return undefined;
    if (lease.holding === undefined) {
      const late = new AbortController();
      const waitMs = Math.min(policy.leaseWaitMs, call.deadline.remainingMs() / 2);
      await Promise.race([lease.known, sleep(clock, waitMs, late.signal)]);
      late.abort();
    }
    if (lease.holding === undefined) throw this.#standby(call);
    return lease.holding;
  }

  #standby({ org, system }: Call): GatewayError {
    return new GatewayError('AGENT_STANDBY', { holder: this.#parts.leases.of(org, system)?.holder });
  }

  #start(entry: JournalEntry, first: FirstStep, holding: Holding | undefined, how: HowBegun): WriteRun {
    const { leases, sap, services } = this.#parts;
    const [system, standing] = [sap.get(entry.system), this.#standings.get(entry.system)];
    if (system === undefined || standing === undefined) {
      throw new GatewayError('SYSTEM_NOT_SERVED', { system: entry.system });
    }
    const log = this.#parts.log.child({ correlationId: entry.correlationId, kind: entry.kind });
    const onFenceRefused = (): void => {
      if (holding !== undefined) leases.of(entry.org, entry.system)?.refuse(holding.fence);
    };
    const sapInBackground = this.#parts.background?.get(entry.system) ?? system;
    const ways = { sap: system, sapInBackground, services: services.get(entry.system), background: this.#background };
    const parts = { ...this.#parts, ...ways, standing, holding, onFenceRefused, log };
    const withdrawn = this.#wishes.map((wishFor) => wishFor(entry)).find((wish) => wish !== undefined);
    return new WriteRun(entry, first, parts, { ...how, withdrawn });
  }

  /** Waits for the end, but leaves time for the answer to travel back. */
  async #overOrLate(standing: WriteStanding, deadline: Deadline): Promise<void> {
    const remainingMs = deadline.remainingMs();
    const late = new AbortController();
    // A tenth of what is left, at most half a second: a relay on another continent needs no more.
    const waitMs = remainingMs - Math.min(500, remainingMs / 10);
    await Promise.race([standing.over, standing.parked, sleep(this.#parts.clock, waitMs, late.signal)]);
    late.abort();
  }
}
