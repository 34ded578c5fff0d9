/** The application server as functions see it: repository, database, time, locks, numbers, faults. */
import { testFunctions } from '../metadata/house-made.ts';
import { Repository } from '../metadata/repository.ts';
import { Database } from '../tables/database.ts';
import type { SimulatorClock } from './clock.ts';
import { SystemTime } from './clock.ts';
import { Faults } from './faults.ts';
import { EnqueueServer } from './locks.ts';
import { NumberRanges } from './number-range.ts';
import type { SystemSettings } from './settings.ts';
import type { SapUser } from './users.ts';
import { Users } from './users.ts';
import { WorkProcesses } from './work-processes.ts';

export class SimulatedSystem {
  readonly settings: SystemSettings;
  readonly clock: SimulatorClock;
  readonly repository: Repository;
  readonly database: Database;
  readonly time: SystemTime;
  readonly faults = new Faults();
  readonly locks: EnqueueServer;
  readonly workProcesses: WorkProcesses;
  readonly numberRanges: NumberRanges;
  readonly users: Users;
  readonly logicalSystem: string;

  constructor(settings: SystemSettings, users: readonly SapUser[], clock: SimulatorClock) {
    this.settings = settings;
    this.clock = clock;
    this.repository = new Repository({
      pack: settings.pack ? settings.packVersion : 'none',
      functions: { ...(settings.testFunctions ? testFunctions : {}), ...settings.functions },
      changes: settings.interfaceChanges,
    });
    this.database = new Database(this.repository);
    this.time = new SystemTime(clock, settings.timeZone);
    this.locks = new EnqueueServer(clock);
    this.locks.foreignHolder = (object, key) => this.faults.lockHolder(object, key);
    this.workProcesses = new WorkProcesses(clock, {
      processes: settings.workProcesses,
      queueLength: settings.queueLength,
      queueTimeoutMs: settings.queueTimeoutMs,
    });
    this.numberRanges = new NumberRanges(this.database);
    this.users = new Users(users);
    this.logicalSystem = settings.logicalSystem ?? `${settings.sid}CLNT${settings.client}`;
  }
}
