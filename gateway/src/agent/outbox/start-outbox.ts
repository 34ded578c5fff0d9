/** Starts the outbox of one org and SAP system: the agent's own look into the org, from its first visit to its farewell. */
import type { OrgId, SapSystemId } from '../../model/index.ts';
import type { OrgBell, OrgMailbox, SapSystem, WriteJournal } from '../../ports/index.ts';
import type { Log } from '../../telemetry/index.ts';
import { sleep } from '../../timing/index.ts';
import type { Clock, Deadline } from '../../timing/index.ts';
import type { OutboxWrites } from '../execute/index.ts';
import type { Lease } from '../lease.ts';
import { Deliveries } from './deliveries.ts';
import { Intake } from './intake.ts';
import type { OutboxMeasure } from './outbox-metrics.ts';
import { defaultOutboxPolicy } from './policy.ts';
import type { OutboxPolicy } from './policy.ts';
import { VisitTimes } from './visit-times.ts';
import { Visits } from './visits.ts';
import type { WriteRate } from './write-rate.ts';

export interface OutboxParts {
  readonly org: OrgId;
  readonly system: SapSystemId;
  /** As the lease knows this agent. */
  readonly agentId: string;
  readonly leaseMs: number;
  readonly pollMs: number;
  /** Requests taken and not ended; the rest waits in the org. */
  readonly inHand: number;
  readonly mailbox: OrgMailbox;
  readonly bell: OrgBell | undefined;
  readonly sap: SapSystem;
  readonly writes: OutboxWrites;
  readonly journal: WriteJournal;
  /** The same that the executor looks at. */
  readonly lease: Lease;
  readonly rate: WriteRate;
  readonly measure: OutboxMeasure;
  readonly clock: Clock;
  readonly log: Log;
  /** Other limits than the defaults; see policy.ts. */
  readonly policy?: Partial<OutboxPolicy>;
}

export interface Outbox {
  readonly org: OrgId;
  /** It has been answered once, and nothing needs an operator. Standing by is ready too. */
  readonly isReady: boolean;
  /** Catalogue code of what an operator must correct. */
  readonly stopped: string | undefined;
  /** Resolves after the first visit that was answered. */
  ready(): Promise<void>;
  /** An operator has corrected something: tries again. */
  goOn(): void;
  /** No request is taken or begun any more; to be called before the executor drains. */
  stopTaking(): void;
  /** Leaves what has ended, gives the lease back and ends; call after the executor has drained. */
  farewell(deadline: Deadline): Promise<void>;
  /** Ends at once; the lease runs out by itself. */
  close(): Promise<void>;
}

export function startOutbox(given: OutboxParts): Outbox {
  const { org, system, log, lease, writes, bell } = given;
  const parts = { ...given, policy: { ...defaultOutboxPolicy, ...given.policy } };
  const { policy } = parts;
  const stopBeginning = new AbortController();
  const stop = new AbortController();
  const answered = Promise.withResolvers<void>();
  let isAnswered = false;
  const times = new VisitTimes({ ...parts, stop: stop.signal });
  const deliveries = new Deliveries({ ...parts, underWay: () => writes.underWay(org, system) });
  const onEnded = (): void => {
    parts.measure.inHand(intake.size);
    times.want();
  };
  const intake = new Intake({ ...parts, deliveries, stop: stopBeginning.signal, onEnded });
  const visits = new Visits({ ...parts, intake, deliveries, times });

  writes.heedWishes((key) => (key.org === org && key.system === system ? intake.wishFor(key.id) : undefined));
  writes.onOver((key, { isLeft, fence }) => {
    if (key.org !== org || key.system !== system) return;
    // Without a fence nothing was run: an end of before was only said again.
    if (!isLeft && fence !== undefined) deliveries.noteEnd(key.id, fence);
    if (isLeft) visits.lookAgain();
    // What came through the outbox is told at once (`onEnded`).
    else if (!intake.has(key.id)) times.want(policy.relayOutcomeMs);
  });
  lease.onLost(() => {
    parts.measure.held(false);
    deliveries.forgetAll();
    times.want();
  });
  bell?.listen(
    () => times.want(),
    (isListening) => log.info({ org, system, isListening }, 'The bell of the org has changed'),
    stop.signal,
  );

  const run = async (): Promise<void> => {
    for (await times.due(); !stop.signal.aborted; await times.due()) {
      if (!(await visits.make())) continue;
      isAnswered = true;
      answered.resolve();
    }
  };
  const over = run();

  const end = async (): Promise<void> => {
    stop.abort();
    await over;
  };
  return {
    org,
    get isReady() {
      return isAnswered && visits.stopped === undefined;
    },
    get stopped() {
      return visits.stopped?.code;
    },
    ready: () => answered.promise,
    goOn: () => visits.goOn(),
    stopTaking: () => {
      visits.stopTaking();
      stopBeginning.abort();
    },
    farewell: (deadline) => leave({ parts, intake, deliveries, visits, end }, deadline),
    async close() {
      visits.stopTaking();
      stopBeginning.abort();
      lease.lose(undefined);
      await end();
    },
  };
}

interface Leaving {
  readonly parts: Pick<OutboxParts, 'clock' | 'lease'> & { readonly policy: OutboxPolicy };
  readonly intake: Intake;
  readonly deliveries: Deliveries;
  readonly visits: Visits;
  /** No more visits of the outbox's own. */
  readonly end: () => Promise<void>;
}

/** Tells the org what has ended and gives the lease back, as far as there is time. */
async function leave({ parts, intake, deliveries, visits, end }: Leaving, deadline: Deadline): Promise<void> {
  const { clock, lease, policy } = parts;
  const late = new AbortController();
  const sayFarewell = async (): Promise<void> => {
    // What still hangs in SAP by then is looked up by whoever comes next.
    await Promise.race([intake.settled(), sleep(clock, deadline.remainingMs() / 2, late.signal)]);
    await end();
    if (lease.holding === undefined) return;
    // As many as fit are left before the last one, which takes the rest it can.
    while (deliveries.size > policy.maxOutcomes && !deadline.hasPassed && (await visits.make()));
    await visits.make(true);
  };
  await Promise.race([sayFarewell(), sleep(clock, deadline.remainingMs(), late.signal)]);
  late.abort();
  lease.lose(undefined);
}
