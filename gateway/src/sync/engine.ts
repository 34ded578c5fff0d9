/**
 * The loop of one org and SAP system: takes what is due, plans it, and sends it in as few calls as its window allows.
 *
 * 1. What was taken is in exactly one place: the pool, a call under way, settled, or ended and left to be settled.
 * 2. Two calls at once never write a record and its parent, nor rows that want the same parent.
 * 3. Nothing begins while the org is left alone, stopped, or its day's calls are spent.
 */
import { toGatewayError } from '../errors/index.ts';
import { errorFields } from '../telemetry/index.ts';
import { chooseCall, inWritingOrder, UnderWay } from './batches.ts';
import type { NextCall } from './batches.ts';
import { loadRound } from './bulk.ts';
import type { Deliveries } from './deliveries.ts';
import type { Intake } from './intake.ts';
import { Pace } from './pace.ts';
import type { PlannedWrite } from './plan.ts';
import type { Reports } from './reports.ts';
import type { Settling } from './settling.ts';
import type { SyncParts } from './sync-parts.ts';

/** The loop looks around at least this often, whatever it was told: clocks jump, and days end. */
const lookMs = 30_000;

interface Lane {
  readonly underWay: UnderWay;
  readonly startedMs: number;
  readonly over: Promise<void>;
}

export interface EngineParts {
  readonly deliveries: Deliveries;
  readonly reports: Reports;
  readonly intake: Intake;
  readonly settling: Settling;
}

export class Engine {
  readonly #parts: SyncParts;
  readonly #deliveries: Deliveries;
  readonly #reports: Reports;
  readonly #intake: Intake;
  readonly #settling: Settling;
  readonly #pace: Pace;
  readonly #lanes = new Set<Lane>();
  #pool: readonly PlannedWrite[] = [];
  #isBulk = false;
  #arrivals = 0;
  #countedMs = 0;

  constructor(parts: SyncParts, { deliveries, reports, intake, settling }: EngineParts) {
    this.#parts = parts;
    this.#deliveries = deliveries;
    this.#reports = reports;
    this.#intake = intake;
    this.#settling = settling;
    this.#pace = new Pace(parts.clock);
  }

  /** Something may be due. */
  arrived(): void {
    const { window } = this.#parts;
    this.#arrivals += 1;
    const wasOpen = window.isOpen;
    window.arrived();
    if (!wasOpen) this.#pace.wake();
  }

  wake(): void {
    this.#pace.wake();
  }

  /** Ends when the signal is given and every call under way has ended. */
  async run(signal: AbortSignal): Promise<void> {
    this.arrived();
    while (!signal.aborted) await this.#pace.rest(await this.#guarded(signal), signal);
    await Promise.all([...this.#lanes].map((lane) => lane.over));
  }

  /** What breaks here is the queue's file or a bug of ours: what was taken stays taken until somebody has acted. */
  async #guarded(signal: AbortSignal): Promise<number> {
    try {
      return await this.#turn(signal);
    } catch (thrown) {
      this.#broke(thrown);
      return lookMs;
    }
  }

  #broke(thrown: unknown): void {
    const { standing, log, org, system } = this.#parts;
    const error = toGatewayError(thrown);
    standing.stop(error);
    log.error({ org, system, ...errorFields(error) }, 'Changes are not delivered any more before somebody has acted');
  }

  /** Does what can be done now; returns when to look again. */
  async #turn(signal: AbortSignal): Promise<number> {
    const { standing, budget, window, policy } = this.#parts;
    if (standing.isStopped) return lookMs;
    // Before anything else: what has ended is not sent again, and nothing is taken that could not be settled either.
    if (!(await this.#settling.settleLeft(signal))) return lookMs;
    if (budget.level === 'spent') await this.#putOff();
    if (budget.level === 'spent') return Math.min(budget.dayLeftMs, lookMs);
    if (!standing.mayCall) return standing.waitMs > 0 ? Math.min(standing.waitMs, lookMs) : lookMs;
    await this.#lookIntoWindow();
    while (window.waitMs() === 0 && this.#hasRoom && !signal.aborted) if (!(await this.#take())) break;
    if (budget.level !== 'free') await this.#putOff();
    if (this.#isBulk) await this.#load(signal);
    while (!signal.aborted && this.#launch());
    return this.#nextLookMs(policy.lanes);
  }

  #nextLookMs(lanes: number): number {
    const { window, refreshes, settings, policy, clock } = this.#parts;
    const waits = [lookMs, refreshes.aloneInMs ?? lookMs];
    const canTake = this.#lanes.size < lanes;
    if (canTake) waits.push(window.waitMs() ?? lookMs);
    if (canTake && window.isOpen) waits.push(policy.countMs);
    const startedMs = Math.min(...[...this.#lanes].map((lane) => lane.startedMs));
    if (canTake && this.#lanes.size > 0 && this.#pool.length > 0)
      waits.push(startedMs + settings.batchMs - clock.monotonic());
    // Never none: what could not be done now is not possible a moment later either.
    return Math.max(1, Math.min(...waits.filter((wait) => wait > 0)));
  }

  /** Whether enough has come together before the window's time. */
  async #lookIntoWindow(): Promise<void> {
    const { window, queue, org, system, sink, clock, policy } = this.#parts;
    const nowMs = clock.monotonic();
    if (!window.isOpen || this.#arrivals === 0 || nowMs - this.#countedMs < policy.countMs) return;
    this.#arrivals = 0;
    this.#countedMs = nowMs;
    const { waiting } = await queue.counts(org, system);
    if (waiting >= sink.maxRecords) window.close();
  }

  get #hasRoom(): boolean {
    const { policy, sink } = this.#parts;
    if (this.#lanes.size >= policy.lanes) return false;
    const changes = this.#pool.reduce((sum, { record }) => sum + record.changes.length, 0);
    if (this.#isBulk) return this.#pool.length < policy.bulkRecords && changes < policy.bulkChanges;
    return this.#pool.length <= (policy.callsInHand - 1) * sink.maxRecords && changes < policy.changesInHand;
  }

  /** Takes once; false: there is no more now, or the org's rules could not be read. */
  async #take(): Promise<boolean> {
    const { queue, org, system, sink, window, clock, settings, standing } = this.#parts;
    if (!(await this.#deliveries.readRules())) return false;
    window.taking();
    this.#countedMs = clock.monotonic();
    const { waiting } = await queue.counts(org, system);
    this.#isBulk ||= waiting > settings.bulkAbove;
    const records = await queue.take(org, system, sink.maxRecords);
    // In hand before the queue is asked anything else, which may fail.
    this.#pool = [...this.#pool, ...(await this.#intake.plan(records))];
    const hasMore = records.length >= sink.maxRecords;
    const dueAtMs = hasMore ? undefined : await queue.nextDueAtMs(org, system);
    window.taken(hasMore, dueAtMs === undefined ? undefined : dueAtMs - clock.now());
    return hasMore && !standing.isStopped;
  }

  /** Begins the next call; false: there is none to begin now. */
  #launch(): boolean {
    const { standing, policy, settings, clock, refreshes, budget } = this.#parts;
    if (!standing.mayCall || this.#lanes.size >= policy.lanes) return false;
    const { records, isFull } = this.#nextCall();
    const isAlone = records.length === 0;
    if (isAlone && (refreshes.aloneInMs !== 0 || this.#lanes.size > 0 || budget.level !== 'free')) return false;
    const sinceMs = clock.monotonic() - Math.min(...[...this.#lanes].map((lane) => lane.startedMs));
    // The second call is for what the first one would keep waiting; what is not full can still grow meanwhile.
    if (this.#lanes.size > 0 && !isFull && sinceMs < settings.batchMs) return false;
    this.#start(records);
    return !isAlone;
  }

  #nextCall(): NextCall {
    const { suspects, sink, policy } = this.#parts;
    const room = { objects: policy.objectsPerCall, rowsPerObject: Math.floor(sink.maxRecords / policy.objectsPerCall) };
    const underWay = [...this.#lanes].map((lane) => lane.underWay);
    return chooseCall(this.#pool, { room, underWay, limitOf: (key) => suspects.limitOf(key) });
  }

  #start(records: readonly PlannedWrite[]): void {
    const { clock, window } = this.#parts;
    const taken = new Set(records);
    this.#pool = this.#pool.filter((planned) => !taken.has(planned));
    window.called();
    const send = async (): Promise<void> => {
      try {
        const again = await this.#deliveries.send(records);
        this.#pool = [...this.#pool, ...again];
      } catch (thrown) {
        this.#broke(thrown);
      } finally {
        this.#lanes.delete(lane);
        window.ended();
        this.#pace.wake();
        this.#reports.wake();
      }
    };
    const underWay = new UnderWay(records);
    const { promise, resolve } = Promise.withResolvers<void>();
    const lane: Lane = { underWay, startedMs: clock.monotonic(), over: promise };
    this.#lanes.add(lane);
    void send().then(resolve);
  }

  async #putOff(): Promise<void> {
    this.#pool = await this.#intake.putOff(this.#pool);
  }

  /**
   * So many wait that Bulk API 2.0 takes them: everything in hand, once no call is under way. What is suspected goes by calls, in
   * groups that become smaller: in a job it would fail everything again, for ever.
   */
  async #load(signal: AbortSignal): Promise<void> {
    await Promise.all([...this.#lanes].map((lane) => lane.over));
    const { suspects } = this.#parts;
    const { suspected = [], innocent = [] } = Object.groupBy(this.#pool, ({ record }) =>
      suspects.limitOf(record.key) === undefined ? 'innocent' : 'suspected',
    );
    this.#pool = suspected;
    this.#isBulk = false;
    const again = await loadRound(this.#parts, this.#deliveries, inWritingOrder(innocent), signal);
    this.#pool = [...this.#pool, ...again];
  }
}
