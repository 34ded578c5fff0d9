/** One ABAP session: who is logged on, the unit of work it has open, and the locks that die with it. */
import type { Change } from '../tables/database.ts';
import type { SimulatedSystem } from './simulated-system.ts';
import type { SapUser } from './users.ts';

/** Work of the update task: the changes it makes, or undefined to terminate the update. */
export type UpdateWork = () => readonly Change[] | undefined;

/** `terminated` by work of the update task; or the table that has a row of that key already. */
export type CommitOutcome = 'written' | 'terminated' | { readonly duplicateIn: string };

/** Over SOAP it lives for one request, over RFC for as long as the connection. */
export class AbapSession {
  readonly system: SimulatedSystem;
  readonly logon: SapUser;
  /** SY-UNAME. */
  readonly user: string;
  /** One-letter logon language. */
  readonly language: string;
  #changes: Change[] = [];
  #updateTask: UpdateWork[] = [];

  constructor(system: SimulatedSystem, logon: SapUser, language: string) {
    this.system = system;
    this.logon = logon;
    this.user = logon.name.toUpperCase();
    this.language = language;
  }

  /** Registers a change; nobody else sees it before the commit. */
  change(change: Change): void {
    this.#changes.push(change);
  }

  /** Registers work that runs at the commit, and sees what others have committed by then. */
  inUpdateTask(work: UpdateWork): void {
    this.#updateTask.push(work);
  }

  /** COMMIT WORK AND WAIT: all or nothing. Locks end with it. */
  commit(): CommitOutcome {
    const [changes, updateTask] = [this.#changes, this.#updateTask];
    this.#changes = [];
    this.#updateTask = [];
    try {
      const late = updateTask.map((work) => work());
      if (late.includes(undefined)) return 'terminated';
      const { database, time } = this.system;
      const author = { user: this.user, date: time.today(), time: time.timeOfDay() };
      const failed = database.commit([...changes, ...late.flatMap((it) => it ?? [])], author);
      return failed === undefined ? 'written' : { duplicateIn: failed.table };
    } finally {
      this.system.locks.releaseAll(this);
    }
  }

  /** ROLLBACK WORK; the end of a session is one too. */
  rollBack(): void {
    this.#changes = [];
    this.#updateTask = [];
    this.system.locks.releaseAll(this);
  }
}
