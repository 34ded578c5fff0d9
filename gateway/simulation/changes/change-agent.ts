/** One process of the shipped agent that takes changes: queue, intake, question for changes, deliveries, joined as `compose-changes.ts` joins them. */
import { Intake } from '../../src/agent/receive/intake.ts';
import { startChangesPoll } from '../../src/agent/receive/poll/changes-poll.ts';
import { createReceiveMetrics } from '../../src/agent/receive/receive-metrics.ts';
import type { ReceiveMeasure } from '../../src/agent/receive/receive-metrics.ts';
import { GatewayError } from '../../src/errors/index.ts';
import type { Arrival, ChangeQueue } from '../../src/ports/index.ts';
import { openChangeQueue } from '../../src/queue/index.ts';
import { createSyncMetrics, startSync } from '../../src/sync/index.ts';
import type { Sync } from '../../src/sync/index.ts';
import type { Clock } from '../../src/timing/index.ts';
import { queueBytes } from '../machine/disk.ts';
import type { Disk } from '../machine/disk.ts';
import { queueThreadOn } from '../machine/file-thread.ts';
import { Program } from '../machine/program.ts';
import { historyLog, quietMetrics } from '../machine/quiet-telemetry.ts';
import type { ChangesWorld } from './changes-world.ts';
import { openChangesLink } from './poll-link.ts';
import { system } from './sap-office.ts';
import { openSinkLink } from './sink-link.ts';

/** Its disk outlives the process. */
export interface ChangeMachine {
  readonly agentId: string;
  readonly disk: Disk;
  /** How far its clock is from the world's. */
  readonly wallOffsetMs: number;
  restarts: number;
}

const pollMs = 20_000;
const batchMs = 500;
/** Nobody here reads figures. */
const measureMs = 300_000;
/** A command beside the agent is looked for so much more rarely: there is none here. */
const rarely = 60;

export class ChangeAgent {
  readonly program: Program;
  readonly machine: ChangeMachine;
  readonly #world: ChangesWorld;
  #intake: Intake | undefined;
  #queue: ChangeQueue | undefined;
  #sync: Sync | undefined;

  constructor(world: ChangesWorld, machine: ChangeMachine, processNumber: number) {
    const { random, scheduler } = world;
    this.#world = world;
    this.machine = machine;
    this.program = new Program({
      name: `${machine.agentId}#${processNumber}`,
      scheduler,
      random,
      wallOffsetMs: machine.wallOffsetMs,
    });
    void this.#boot().catch((error: unknown) => this.#couldNotStart(error));
  }

  get isUp(): boolean {
    return this.#intake !== undefined && this.program.isAlive;
  }

  get sync(): Sync | undefined {
    return this.#sync;
  }

  /** An operator has corrected something. */
  goOn(): void {
    this.#sync?.goOn();
  }

  /** What its receivers would do with a document; resolved: SAP gets its acknowledgement. */
  async receive(arrivals: readonly Arrival[]): Promise<void> {
    if (this.#intake === undefined) throw new GatewayError('AGENT_OFFLINE');
    await this.#intake.take('http', arrivals);
  }

  /** A comparison hands over what shall be put right. */
  async repair(accept: (queue: ChangeQueue) => Promise<unknown>): Promise<void> {
    if (this.#queue !== undefined) await accept(this.#queue);
  }

  crash(losesPower: boolean): void {
    this.program.die();
    this.machine.restarts += 1;
    this.machine.disk.close(losesPower);
  }

  async #boot(): Promise<void> {
    const { program, machine } = this;
    const world = this.#world;
    const { clock } = program;
    const log = historyLog(world.history, world.scheduler, program.name);
    const thread = queueThreadOn(machine.disk, program, world.random, (requests, replies) =>
      world.watch.committed(this, requests, replies),
    );
    const settings = { file: `queue of ${program.name}`, maxBytes: queueBytes, orgsOf: () => [world.orgId] };
    const queue = await openChangeQueue(settings, { clock: rare(clock), log }, thread);
    this.#queue = queue;
    const { mix } = world;
    this.#sync = startSync({
      ...{ org: world.orgId, system, queue, clock, log, measure: syncMeasure(world.orgId, system) },
      sink: openSinkLink(world, this),
      settings: {
        batchMs,
        bulkAbove: mix.bulkAbove,
        dailyApiCalls: mix.dailyApiCalls,
        dailyRefreshes: 1_000,
        canarySeconds: mix.canarySeconds,
      },
      policy: { measureMs },
    });
    const intake = new Intake({ queue, measure: receiveMeasure });
    if (mix.polls) {
      const isOurs = (): boolean => world.asker === machine.agentId;
      const changes = openChangesLink(world, this);
      startChangesPoll({ pollMs }, { system, changes, intake, queue, isOurs, measure: receiveMeasure, clock, log });
    }
    this.#intake = intake;
  }

  #couldNotStart(error: unknown): void {
    if (!(error instanceof GatewayError)) return this.#world.scheduler.fail(error);
    this.#world.tell(this.program.name, () => `cannot start: ${error.message}`);
    this.#world.restart(this, false, 5_000);
  }
}

const receiveMeasure: ReceiveMeasure = createReceiveMetrics(quietMetrics);
const syncMeasure = createSyncMetrics(quietMetrics);

const rare = (clock: Clock): Clock => ({ ...clock, after: (delayMs, work) => clock.after(delayMs * rarely, work) });
