/** One agent process that looks into an org: executor, outbox, lease; with a fake org, scripted SAP and a manual clock. */
import { createExecutor } from '../../../src/agent/execute/index.ts';
import type { ExecutePolicy, ResumableExecutor } from '../../../src/agent/execute/index.ts';
import type { Call, Reply } from '../../../src/agent/call.ts';
import { Lease, Leases } from '../../../src/agent/lease.ts';
import { createOutboxMetrics, startOutbox, WriteRate } from '../../../src/agent/outbox/index.ts';
import type { Outbox } from '../../../src/agent/outbox/index.ts';
import { idempotencyKey } from '../../../src/model/index.ts';
import type { CorrelationId } from '../../../src/model/index.ts';
import { createMetrics, silentLog } from '../../../src/telemetry/index.ts';
import type { Log } from '../../../src/telemetry/index.ts';
import { Deadline } from '../../../src/timing/index.ts';
import { draft, org, system } from '../execute/bench.ts';
import { ManualClock } from '../execute/manual-clock.ts';
import { MemoryJournal } from '../execute/memory-journal.ts';
import { ScriptedSap } from '../execute/scripted-sap.ts';
import type { SapKeyTable } from '../execute/scripted-sap.ts';
import { FakeOrg } from './fake-org.ts';

export const leaseMs = 60_000;
export const pollMs = 30_000;
export const create = 'customer.create:0015g00000FJORD';
export { draft, org, system };

export interface OutboxBenchOptions {
  readonly clock?: ManualClock;
  readonly org?: FakeOrg;
  readonly table?: SapKeyTable;
  readonly journal?: MemoryJournal;
  readonly agentId?: string;
  readonly inHand?: number;
  readonly perMinute?: number;
  readonly policy?: Partial<ExecutePolicy>;
}

let processes = 0;

export class OutboxBench {
  readonly clock: ManualClock;
  readonly org: FakeOrg;
  readonly sap: ScriptedSap;
  readonly journal: MemoryJournal;
  readonly executor: ResumableExecutor;
  readonly lease: Lease;
  readonly outbox: Outbox;
  /** What was logged as an error. */
  readonly errors: string[] = [];
  readonly #options: OutboxBenchOptions;
  /** Silent once the process is dead: its clock fires no timer any more. */
  #isDead = false;
  ring: () => void = () => undefined;

  constructor(options: OutboxBenchOptions = {}) {
    this.#options = options;
    this.clock = options.clock ?? new ManualClock();
    this.org = options.org ?? new FakeOrg(this.clock);
    this.sap = new ScriptedSap(options.table);
    this.journal = options.journal ?? new MemoryJournal();
    const clock = this.#processClock();
    const log = this.#log();
    const metrics = createMetrics('agent');
    const leases = new Leases();
    this.lease = new Lease(clock);
    leases.add(org, system, this.lease);
    const parts = { clock, log, metrics, journal: this.journal };
    const policy = options.policy ?? {};
    this.executor = createExecutor({ ...parts, sap: new Map([[system, this.sap]]), leases, policy });
    const { agentId = 'agent-1' } = options;
    this.outbox = startOutbox({
      ...{ org, system, agentId, leaseMs, pollMs, clock, log, journal: this.journal, sap: this.sap },
      inHand: options.inHand ?? 32,
      mailbox: this.org.mailboxOf(agentId, `process-${(processes += 1)}`),
      bell: { listen: (onRing) => void (this.ring = onRing) },
      writes: this.executor.writes,
      lease: this.lease,
      rate: new WriteRate(clock, options.perMinute ?? 60_000),
      measure: createOutboxMetrics(metrics)(org),
    });
  }

  /** A request is saved in the org, and the bell rings. */
  save(key = create, payload: unknown = draft, more: Parameters<FakeOrg['add']>[2] = {}): void {
    this.org.add(key, payload, more);
    this.ring();
  }

  /** The same request through the relay. */
  call(changes: Partial<Call> = {}, withinMs = 30_000): Promise<Reply> {
    return this.executor.execute({
      ...{ org, system, user: 'rep@example.com', operation: 'createCustomer', params: {}, query: {}, body: draft },
      idempotencyKey: idempotencyKey.parse(create),
      correlationId: '0b9f2d1c-0001' as CorrelationId,
      ...changes,
      deadline: Deadline.in(this.clock, withinMs),
    });
  }

  /** Leaves as a program does that is asked to stop. */
  async drain(graceMs = 10_000): Promise<void> {
    this.outbox.stopTaking();
    this.executor.stopWriting();
    const deadline = Deadline.in(this.clock, graceMs);
    await this.clock.until(this.executor.drain(deadline));
    await this.clock.until(this.outbox.farewell(deadline));
  }

  /** This process is gone; the next one finds its journal, the same SAP and the same org. */
  killed(changes: OutboxBenchOptions = {}): OutboxBench {
    this.#isDead = true;
    const journal = this.journal.afterKill();
    void this.journal.close();
    const { clock, org: sameOrg, sap } = this;
    return new OutboxBench({ ...this.#options, clock, org: sameOrg, table: sap.table, journal, ...changes });
  }

  /** Sleeps as a whole: none of its timers fires before it wakes up. */
  #processClock(): ManualClock {
    const clock = this.clock;
    const own = Object.create(clock) as ManualClock;
    own.now = () => clock.now();
    own.monotonic = () => clock.monotonic();
    own.random = () => clock.random();
    own.after = (delayMs, work) => clock.after(delayMs, () => this.#fire(work));
    return own;
  }

  #asleep: (() => void)[] | undefined;
  #fire(work: () => void): void {
    if (this.#isDead) return;
    if (this.#asleep === undefined) work();
    else this.#asleep.push(work);
  }

  /** The process is stopped (SIGSTOP, a paused machine). */
  sleep(): void {
    this.#asleep = [];
  }

  wake(): void {
    const due = this.#asleep ?? [];
    this.#asleep = undefined;
    for (const work of due) work();
  }

  #log(): Log {
    const log: Log = { ...silentLog, error: (_, sentence) => void this.errors.push(sentence), child: () => log };
    return log;
  }
}
