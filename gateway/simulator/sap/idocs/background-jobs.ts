/** Jobs that take a while: initial loads by IDoc and by staging file. */
import { IdocRequestError } from './request-error.ts';
import type { AleSystem } from './ale-system.ts';
import type { StagingOrder } from './staging-file.ts';
import { writeStagingFile } from './staging-file.ts';

export interface LoadOrder {
  readonly messageType: string;
  /** Keys from and to, as the selection screen of BD12 has them; everything unless given. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** IDocs in one document; that of the partner profile unless given. */
  readonly packetSize?: number | undefined;
}

export interface JobState {
  readonly id: number;
  readonly name: string;
  readonly state: 'running' | 'finished' | 'cancelled';
  /** Objects by now. */
  readonly done: number;
  readonly error?: string;
}

/** So many IDocs are made before the ports have to have taken them, so that a load of any size fits. */
const loadStep = 500;
/** What is kept of jobs that ended. */
const maxJobs = 100;

export class BackgroundJobs {
  readonly #ale: AleSystem;
  readonly #jobs = new Map<number, JobState>();
  readonly #running = new Map<number, Promise<JobState>>();
  #lastId = 0;
  #isClosed = false;

  constructor(ale: AleSystem) {
    this.#ale = ale;
  }

  list(): readonly JobState[] {
    return [...this.#jobs.values()];
  }

  /** Resolves when a job has ended. */
  async ended(id: number): Promise<JobState | undefined> {
    return (await this.#running.get(id)) ?? this.#jobs.get(id);
  }

  /** Starts a load by IDocs. */
  load(order: LoadOrder): { readonly id: number; readonly ended: Promise<JobState> } {
    const { message, settings } = this.#ale.active(order.messageType);
    const keys = [...message.allKeys(this.#ale.system.database)]
      .filter((key) => (order.from === undefined || key >= order.from) && (order.to === undefined || key <= order.to))
      .sort();
    const packetSize = order.packetSize ?? settings.packetSize;
    const step = Math.max(packetSize, loadStep - (loadStep % packetSize));
    return this.#start(`load ${order.messageType}`, async (progress) => {
      let done = 0;
      for (let from = 0; from < keys.length && !this.#isClosed; from += step) {
        done += this.#ale.request(order.messageType, keys.slice(from, from + step), packetSize).length;
        progress(done);
        await this.#ale.idle();
      }
    });
  }

  /** Starts writing a staging file. */
  stage(order: StagingOrder): { readonly id: number; readonly ended: Promise<JobState> } {
    const { system } = this.#ale;
    const head = {
      logicalSystem: system.logicalSystem,
      client: system.settings.client,
      createdAt: system.time.utcStamp(),
    };
    return this.#start(`stage ${order.kind}`, async (progress) => {
      const stop = (done: number): void => {
        progress(done);
        if (this.#isClosed) throw new IdocRequestError('The system was shut down');
      };
      await writeStagingFile(system.database, order, head, stop);
    });
  }

  /** Running jobs end where they are. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#running.values());
  }

  #start(
    name: string,
    work: (progress: (done: number) => void) => Promise<void>,
  ): { readonly id: number; readonly ended: Promise<JobState> } {
    this.#lastId += 1;
    const id = this.#lastId;
    const set = (change: Partial<JobState>): JobState => {
      const before: JobState = this.#jobs.get(id) ?? { id, name, state: 'running', done: 0 };
      const after = { ...before, ...change };
      this.#jobs.set(id, after);
      return after;
    };
    set({});
    const [oldest] = this.#jobs.keys();
    if (this.#jobs.size > maxJobs && oldest !== undefined) this.#jobs.delete(oldest);
    const ended = work((done) => void set({ done })).then(
      () => set({ state: 'finished' }),
      (error: unknown) => set({ state: 'cancelled', error: error instanceof Error ? error.message : String(error) }),
    );
    const tracked = ended.finally(() => this.#running.delete(id));
    this.#running.set(id, tracked);
    return { id, ended: tracked };
  }
}
