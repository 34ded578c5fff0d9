/** One process of the shipped agent on a simulated machine: journal, executor and outbox, joined as `agent/compose.ts` joins them. */
import type { Call, Reply } from '../../src/agent/call.ts';
import { createExecutor } from '../../src/agent/execute/index.ts';
import type { ResumableExecutor } from '../../src/agent/execute/index.ts';
import { createOutboxMetrics, startOutbox, WriteRate } from '../../src/agent/outbox/index.ts';
import { GatewayError } from '../../src/errors/index.ts';
import { Lease, Leases } from '../../src/agent/lease.ts';
import { openBellLink, openMailboxLink } from '../salesforce/mailbox-link.ts';
import { openSqliteJournal } from '../../src/journal/index.ts';
import type { SapSystemId } from '../../src/model/index.ts';
import type { SapServices, SapSystem, WriteJournal } from '../../src/ports/index.ts';
import { orgWithoutMailbox } from '../salesforce/service-callers.ts';
import { SapLine } from '../sap/sap-line.ts';
import { openSapLink } from '../sap/sap-link.ts';
import { openServicesLink } from '../sap/services-link.ts';
import { defaultGovernorSettings } from '../../src/sap/governor/default-settings.ts';
import { Governor } from '../../src/sap/governor/governor.ts';
import type { World } from '../world.ts';
import { journalBytes } from './disk.ts';
import type { Disk } from './disk.ts';
import { threadOn } from './file-thread.ts';
import { Program } from './program.ts';
import { historyLog, quietMetrics } from './quiet-telemetry.ts';

/** The machine an agent is installed on: its disk and its agent id outlive the process. */
export interface Machine {
  readonly agentId: string;
  readonly disk: Disk;
  /** It has service files. */
  readonly announces: boolean;
  /** The pause file lies there. */
  isPaused: boolean;
}

/** As the configuration has it where nobody says otherwise. */
const leaseMs = 60_000;
const pollMs = 30_000;
const writesPerMinute = 600;
/** Fewer than a schedule has requests, so that some have to wait. */
const inHand = 3;
/** How often the pause file is looked at (agent/pause-file.ts). */
const looksEveryMs = 250;
/** So few that some are turned away. */
const maxWaiting = 2;

export class AgentProcess {
  readonly program: Program;
  readonly machine: Machine;
  readonly world: World;
  #executor: ResumableExecutor | undefined;
  #governor: Governor | undefined;

  constructor(world: World, machine: Machine, processNumber: number) {
    const { random, scheduler } = world;
    this.world = world;
    this.machine = machine;
    // Most clocks are right; some are off by minutes, and nobody has noticed.
    const wallOffsetMs = random.chance(0.5) ? 0 : Math.round(random.between(-1, 1) * random.spread(100, 300_000));
    this.program = new Program({ name: `${machine.agentId}#${processNumber}`, scheduler, random, wallOffsetMs });
    void this.#boot().catch((error: unknown) => this.#couldNotStart(error));
  }

  get isUp(): boolean {
    return this.#executor !== undefined && this.program.isAlive;
  }

  /** It knows that the pause file lies there. */
  get hasHeededPause(): boolean {
    return this.#governor?.isPaused === true;
  }

  /** The pause file was written or removed: it is looked at now and then. */
  noticePauseFile(): void {
    this.program.deliver(this.world.random.between(0, looksEveryMs), () => this.#heedPauseFile());
  }

  /** As the connection to the relay would. */
  async execute(call: Call): Promise<Reply> {
    if (this.#executor === undefined) throw new GatewayError('AGENT_OFFLINE');
    return this.#executor.execute(call);
  }

  /** The process ends at once. With `losesPower` what the disk had not synced may be gone too. */
  crash(losesPower: boolean): void {
    this.program.die();
    this.world.bells.delete(this.program);
    this.machine.disk.close(losesPower);
  }

  async #boot(): Promise<void> {
    const { program, world } = this;
    const parts = { clock: program.clock, log: historyLog(world.history, world.scheduler, program.name) };
    const settings = { file: `journal of ${program.name}`, maxBytes: journalBytes, mailboxOrgs: [world.orgId] };
    const journal = await openSqliteJournal(settings, parts, threadOn(this.machine.disk, program, world.random));
    this.#governor = this.#openGovernor();
    // As it is at the start, before anything is sent.
    this.#heedPauseFile();
    const line = new SapLine(world, program, this.#governor);
    const link = { world, program, line, system: world.systemId };
    const sapLink = openSapLink({ ...link, urgency: 'person' });
    const sap = new Map([[world.systemId, sapLink]]);
    const background = new Map([[world.systemId, openSapLink({ ...link, urgency: 'bulk' })]]);
    const lease = new Lease(program.clock);
    const leases = new Leases();
    leases.add(world.orgId, world.systemId, lease);
    const services = this.#openServices(line);
    const executor = createExecutor({ ...parts, sap, background, services, journal, leases, metrics: quietMetrics });
    this.#startOutbox(executor, journal, sapLink, lease);
    this.#executor = executor;
    if (services !== undefined) world.announcers.add(this.machine);
    await executor.resume();
  }

  #openServices(line: SapLine): ReadonlyMap<SapSystemId, SapServices> | undefined {
    const { machine, program, world } = this;
    if (!machine.announces) return undefined;
    return new Map([[world.systemId, openServicesLink(world, program, line, [world.orgId, orgWithoutMailbox])]]);
  }

  #openGovernor(): Governor | undefined {
    const { workProcesses } = this.world.mix;
    if (workProcesses === undefined) return undefined;
    const bulkWorkProcesses = Math.max(1, Math.floor(workProcesses / 2));
    const settings = { ...defaultGovernorSettings, workProcesses, bulkWorkProcesses, waiting: maxWaiting };
    const { clock } = this.program;
    return new Governor({ settings, timeZone: 'UTC', maxConnections: 256, purposeOf: () => undefined, clock });
  }

  #heedPauseFile(): void {
    const governor = this.#governor;
    const { isPaused } = this.machine;
    if (governor === undefined || governor.isPaused === isPaused) return;
    if (isPaused) governor.pause('somebody works in SAP');
    else governor.resume();
    this.world.tell(this.program.name, () => (isPaused ? 'begins nothing in SAP any more' : 'goes on in SAP'));
  }

  #startOutbox(executor: ResumableExecutor, journal: WriteJournal, sap: SapSystem, lease: Lease): void {
    const { machine, program, world } = this;
    const { clock } = program;
    const visitor = { agent: machine.agentId, instance: program.name };
    startOutbox({
      org: world.orgId,
      system: world.systemId,
      agentId: machine.agentId,
      leaseMs,
      pollMs,
      inHand,
      mailbox: openMailboxLink(world, program, visitor, world.orgId),
      bell: openBellLink(world, program),
      sap,
      writes: executor.writes,
      journal,
      lease,
      rate: new WriteRate(clock, writesPerMinute),
      measure: createOutboxMetrics(quietMetrics)(world.orgId),
      clock,
      log: historyLog(world.history, world.scheduler, program.name),
    });
  }

  #couldNotStart(error: unknown): void {
    if (!(error instanceof GatewayError)) return this.world.scheduler.fail(error);
    this.world.tell(this.program.name, () => `cannot start: ${error.message}`);
    this.world.restart(this);
  }
}
