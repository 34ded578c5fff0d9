/**
 * Takes flat IDocs from the folder of a file port.
 *
 * 1. The folder is looked into again and again; word from the file system is not relied on, shares do not send it.
 * 2. A file is moved to `done` once everything in it is on disk here. A crash before that reads it again, which changes nothing.
 * 3. A file that cannot be read goes to `failed` with a text about it, and holds up no other.
 */
import { GatewayError, toGatewayError } from '../../../errors/index.ts';
import type { SapSystemId } from '../../../model/index.ts';
import { errorFields } from '../../../telemetry/index.ts';
import type { Log } from '../../../telemetry/index.ts';
import { backoffMs, sleep } from '../../../timing/index.ts';
import type { Deadline } from '../../../timing/index.ts';
import { Claims } from './claims.ts';
import type { Claimable } from './claims.ts';
import { codeOf } from './moves.ts';
import { ReadFiles } from './read-files.ts';
import { takeFile } from './take-file.ts';
import type { FileEnd, FileParts } from './take-file.ts';
import { WaitingFiles } from './waiting-files.ts';
import type { WaitingFile } from './waiting-files.ts';

export interface FolderReceiverSettings {
  readonly path: string;
  readonly pollMs: number;
  /** A file is read once it has not changed for so long. */
  readonly settledMs: number;
  readonly keepDays: number;
  /** Ten minutes where absent: then a file that ends too early was cut, whoever wrote it. */
  readonly cutAfterMs?: number | undefined;
}

export interface FolderReceiverParts extends FileParts {
  readonly system: SapSystemId;
  readonly log: Log;
}

export interface FolderReceiver {
  /** The folder could be looked into. */
  readonly isOpen: boolean;
  /** Resolves after the first look that worked. */
  ready(): Promise<void>;
  /** Looks at once. */
  goOn(): void;
  /** Begins no other file; the one under way ends as far as there is time, else it is read again. */
  drain(deadline: Deadline): Promise<void>;
}

const defaultCutAfterMs = 600_000;
/** Old files are removed so often. */
const cleanEveryMs = 3_600_000;
/** In one line of the log. */
const maxNamed = 5;
/** While the queue takes nothing. */
const awayWaits = { firstMs: 1_000, maxMs: 60_000 };

/** Begins to look in the background. */
export function startFolderReceiver(settings: FolderReceiverSettings, parts: FolderReceiverParts): FolderReceiver {
  const reader = new FolderReader(settings, parts);
  const ended = reader.run();
  return {
    get isOpen() {
      return reader.isOpen;
    },
    ready: () => reader.opened.promise,
    goOn: () => reader.wake(),
    drain: async (deadline) => {
      reader.stop();
      const late = new AbortController();
      await Promise.race([ended, sleep(parts.clock, deadline.remainingMs(), late.signal)]);
      late.abort();
    },
  };
}

class FolderReader {
  readonly opened = Promise.withResolvers<void>();
  isOpen = false;
  readonly #settings: FolderReceiverSettings;
  readonly #parts: FolderReceiverParts;
  readonly #claims: Claims;
  readonly #waiting: WaitingFiles;
  readonly #files: ReadFiles;
  readonly #stop = new AbortController();
  #wake = new AbortController();
  #lastReason: string | undefined;
  #cleanedAtMs = -Infinity;
  #timesAway = 0;
  #namelessTold = '';

  constructor(settings: FolderReceiverSettings, parts: FolderReceiverParts) {
    const { path, settledMs, cutAfterMs = defaultCutAfterMs } = settings;
    this.#settings = settings;
    this.#parts = parts;
    this.#claims = new Claims(path, parts.clock);
    this.#waiting = new WaitingFiles(path, { settledMs, cutAfterMs }, parts.clock);
    this.#files = new ReadFiles(path, parts.clock);
  }

  stop(): void {
    this.#stop.abort();
    this.wake();
  }

  wake(): void {
    this.#wake.abort();
  }

  async run(): Promise<void> {
    const { clock } = this.#parts;
    while (!this.#isStopped()) {
      this.#wake = new AbortController();
      const waitMs = await this.#look().catch((error: unknown) => this.#noteFailure(error));
      if (!this.#isStopped()) await sleep(clock, waitMs, this.#wake.signal);
    }
    await this.#leave().catch((error: unknown) => this.#noteFailure(error));
  }

  #isStopped(): boolean {
    return this.#stop.signal.aborted;
  }

  /** One look with everything that it finds; gives how long to wait for the next. */
  async #look(): Promise<number> {
    const { pollMs, settledMs } = this.#settings;
    await this.#files.open();
    await this.#claims.open();
    this.#noteOpen();
    await this.#clean();
    const left = (await this.#claims.left()).map((file) => ({ ...file, isOld: false }));
    const files: readonly WaitingFile[] = [...left, ...(await this.#waiting.look())];
    this.#noteNameless();
    let hasTaken = false;
    for (const file of files) {
      if (this.#isStopped()) return 0;
      const end = await this.#take(file);
      if (end?.end === 'away') return this.#putOff(end.error);
      hasTaken ||= end !== undefined;
    }
    this.#timesAway = 0;
    // More may have come meanwhile, and what is not settled is settled soon.
    if (hasTaken) return 0;
    return this.#waiting.isAwaiting ? Math.min(pollMs, Math.max(settledMs, 10)) : pollMs;
  }

  /** Undefined when somebody else was quicker. */
  async #take(file: WaitingFile): Promise<FileEnd | undefined> {
    const path = await this.#claims.claim(file);
    if (path === undefined) return undefined;
    const end = await takeFile(path, this.#parts);
    const { system, log } = this.#parts;
    const said = { system, file: file.name };
    switch (end.end) {
      case 'done':
        await this.#files.done(file.name, path);
        this.#waiting.forget(file.name);
        log.info({ ...said, ...end.taken }, 'A file of IDocs was taken');
        return end;
      case 'away':
        return end;
      case 'cut':
        if (!file.isOld) return this.#leaveAlone(file, path, end);
        break;
      default:
    }
    await this.#files.failed(file.name, path, end.error);
    this.#waiting.forget(file.name);
    log.error({ ...said, ...errorFields(end.error) }, 'A file of IDocs was not taken; it lies in the folder failed');
    return end;
  }

  /** Whoever writes it may go on. */
  async #leaveAlone({ name }: Claimable, path: string, end: FileEnd): Promise<FileEnd> {
    const back = await this.#files.backAgain(name, path);
    if (back === name) this.#waiting.noteCut(name);
    this.#parts.log.info({ system: this.#parts.system, file: name }, 'A file of IDocs is not complete yet');
    return end;
  }

  #putOff(error: GatewayError): number {
    const { log, clock, system } = this.#parts;
    this.#timesAway += 1;
    if (this.#timesAway === 1) log.warn({ system, ...errorFields(error) }, 'Files of IDocs wait for the queue');
    return backoffMs(clock, awayWaits, this.#timesAway);
  }

  async #clean(): Promise<void> {
    const { clock } = this.#parts;
    if (clock.monotonic() - this.#cleanedAtMs < cleanEveryMs) return;
    this.#cleanedAtMs = clock.monotonic();
    await this.#files.clean(this.#settings.keepDays);
  }

  /** Nothing that was claimed is kept from others. */
  async #leave(): Promise<void> {
    try {
      for (const { name, path } of await this.#claims.left()) await this.#files.backAgain(name, path);
    } finally {
      await this.#claims.close();
    }
  }

  /** Once for the same ones: nothing can be done about them here, but nobody shall believe that they were taken. */
  #noteNameless(): void {
    const names = this.#waiting.nameless.slice(0, maxNamed).join(', ');
    if (names !== '' && names !== this.#namelessTold) {
      const error = new GatewayError('IDOC_FILE_UNREADABLE', { reason: 'its name is not UTF-8' });
      const said = { system: this.#parts.system, file: names, ...errorFields(error) };
      this.#parts.log.error(said, 'A file of IDocs is passed over until it has another name');
    }
    this.#namelessTold = names;
  }

  #noteOpen(): void {
    const { log, measure, system } = this.#parts;
    if (this.#lastReason !== undefined) log.info({ system }, 'The folder of IDocs can be used again');
    this.#lastReason = undefined;
    this.isOpen = true;
    measure.open('folder', true);
    this.opened.resolve();
  }

  #noteFailure(thrown: unknown): number {
    const { log, measure, system } = this.#parts;
    const reason = codeOf(thrown) ?? toGatewayError(thrown).code;
    this.isOpen = false;
    measure.open('folder', false);
    // Once for each cause: a share may be away for a night.
    if (reason !== this.#lastReason) {
      const failure = new GatewayError('IDOC_FOLDER_FAILED', { folder: this.#settings.path, reason }, thrown);
      log.error({ system, ...errorFields(failure) }, 'The folder of IDocs cannot be used');
    }
    this.#lastReason = reason;
    return this.#settings.pollMs;
  }
}
