/** Executes verified calls: reads straight from SAP, writes exactly once in effect (write-run.ts has the invariants). */
import { GatewayError, toGatewayError } from '../../errors/index.ts';
import type { SapSystemId } from '../../model/index.ts';
import type { SapServices, SapSystem, WriteJournal } from '../../ports/index.ts';
import { errorFields } from '../../telemetry/index.ts';
import type { Log, Metrics } from '../../telemetry/index.ts';
import { sleep } from '../../timing/index.ts';
import type { Clock, Deadline } from '../../timing/index.ts';
import type { Call, Executor, Reply } from '../call.ts';
import { Leases } from '../lease.ts';
import { defaultPolicy } from './policy.ts';
import type { ExecutePolicy } from './policy.ts';
import { readFor, readService } from './reads.ts';
import type { WriteMeasure } from './run-parts.ts';
import { Writes } from './writes.ts';

export interface ExecutorParts {
  readonly sap: ReadonlyMap<SapSystemId, SapSystem>;
  /** The same systems for what nobody waits for; `sap` where absent. */
  readonly background?: ReadonlyMap<SapSystemId, SapSystem>;
  /** The published services of each SAP system that has any. */
  readonly services?: ReadonlyMap<SapSystemId, SapServices> | undefined;
  readonly journal: WriteJournal;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Of the orgs whose outbox this agent empties; without one for an org its writes need none. */
  readonly leases?: Leases;
  /** Other limits than the defaults; see policy.ts. */
  readonly policy?: Partial<ExecutePolicy>;
}

/** What an outbox needs of the writes: the same keys, runs and journal as calls through the relay. */
export type OutboxWrites = Pick<
  Writes,
  'admit' | 'resumeOne' | 'unattended' | 'supersede' | 'withdraw' | 'heedWishes' | 'underWay' | 'standingOf' | 'onOver'
>;

/** The executor, and what only its program needs of it. */
export interface ResumableExecutor extends Executor {
  /** The same writes, for the outboxes and for what arrives from SAP. */
  readonly writes: OutboxWrites & Pick<Writes, 'beingCreated'>;
  /** SAP takes logons, as far as is known. */
  readonly isReady: boolean;
  /**
   * Takes up what an earlier process left unfinished for orgs without a mailbox; to be called once, before or after
   * the first call.
   */
  resume(): Promise<void>;
  /**
   * The process is about to end: no write begins, none makes another attempt, and whoever waits for one hears where
   * it stands. What is in SAP at this moment is finished; reads go on until the drain.
   */
  stopWriting(): void;
}

/** An executor for these SAP systems on this journal. */
export function createExecutor(parts: ExecutorParts): ResumableExecutor {
  const { background, clock, journal, log, metrics, sap } = parts;
  const stop = new AbortController();
  const open = metrics.gauge({ name: 'writes_open', help: 'Writes that have not ended' });
  const measure = createMeasure(metrics, clock);
  const policy = { ...defaultPolicy, ...parts.policy };
  const onOpenWrites = (count: number): void => open.set(count);
  const { leases = new Leases(), services = new Map<SapSystemId, SapServices>() } = parts;
  const writes = new Writes({
    ...{ sap, background, services, journal, leases, clock, log, policy, onOpenWrites },
    measure: createWriteMeasure(metrics),
    stop: stop.signal,
  });
  /** A count and not a set of promises: V8 keeps what was in a set longer than the set does, here whole answers. */
  let running = 0;
  const tellIdle: (() => void)[] = [];
  let isDraining = false;

  const dispatch = async (call: Call): Promise<Reply> => {
    if (isDraining) throw new GatewayError('AGENT_DRAINING');
    const system = sap.get(call.system);
    if (system === undefined) throw new GatewayError('SYSTEM_NOT_SERVED', { system: call.system });
    if (call.operation === 'readOperation') return writes.read(call, system);
    if (call.operation === 'readService') {
      return { status: 200, body: await readService(services.get(call.system), call) };
    }
    const read = readFor(call.operation);
    if (read !== undefined) return { status: 200, body: await read(system, call) };
    if (stop.signal.aborted) throw new GatewayError('AGENT_DRAINING');
    return writes.send(call);
  };

  return {
    async execute(call) {
      running += 1;
      try {
        return await measure(call, () => dispatch(call));
      } catch (error) {
        const failure = toGatewayError(error);
        const fields = { correlationId: call.correlationId, operation: call.operation, ...errorFields(failure) };
        if (failure.disposition === 'reject') log.info(fields, 'A call was refused');
        else log.warn(fields, 'A call failed');
        throw failure;
      } finally {
        running -= 1;
        if (running === 0) for (const tell of tellIdle.splice(0)) tell();
      }
    },
    writes,
    get isReady() {
      return [...sap.keys()].every((id) => writes.standingOf(id)?.isRefused !== true);
    },
    resume: () => writes.resume(),
    stopWriting: () => stop.abort(),
    async drain(deadline) {
      isDraining = true;
      stop.abort();
      const idle = running === 0 ? undefined : new Promise<void>((resolve) => tellIdle.push(resolve));
      await inTime(clock, deadline, Promise.allSettled([idle, writes.settled()]));
    },
  };
}

/** Counts each call by operation and outcome, and how long it took. */
function createMeasure(metrics: Metrics, clock: Clock) {
  const labels = ['operation', 'outcome'];
  const calls = metrics.counter({ name: 'sap_operations_total', help: 'Calls executed, by outcome', labels });
  const durations = metrics.duration({
    name: 'sap_operation_seconds',
    help: 'Time in SAP and journal',
    labels: ['operation'],
  });
  return async (call: Call, work: () => Promise<Reply>): Promise<Reply> => {
    const startedMs = clock.monotonic();
    let outcome = 'ok';
    try {
      return await work();
    } catch (error) {
      outcome = toGatewayError(error).code;
      throw error;
    } finally {
      calls.add({ operation: call.operation, outcome });
      durations.observe((clock.monotonic() - startedMs) / 1000, { operation: call.operation });
    }
  };
}

/** Counts what writes meet, and how old they are when they end. */
function createWriteMeasure(metrics: Metrics): WriteMeasure {
  const failures = metrics.counter({
    name: 'write_failures_total',
    help: 'Attempts to write that did not go through, by cause',
    labels: ['cause'],
  });
  const ages = metrics.duration({
    name: 'write_seconds',
    help: 'From the first journal entry of a write to its end',
    labels: ['state'],
  });
  return {
    failed: (cause) => failures.add({ cause }),
    ended: (state, ageSeconds) => ages.observe(ageSeconds, { state }),
  };
}

async function inTime(clock: Clock, deadline: Deadline, work: Promise<unknown>): Promise<void> {
  const done = new AbortController();
  await Promise.race([work, sleep(clock, deadline.remainingMs(), done.signal)]);
  done.abort();
}
