/** The services of the folder as its files say: read when they change, each that has a problem left out with its reason. */
import type { ServiceName } from '../../model/index.ts';
import type { Clock } from '../../timing/index.ts';
import { listFolder, readEntry } from './folder.ts';
import type { FolderProblem } from './folder.ts';
import { lookUpProblems } from './look-up.ts';
import { located, readServiceFile } from './read-service-file.ts';
import type { LineOf } from './read-service-file.ts';
import type { ServiceProblem } from './problems.ts';
import type { ServiceFile } from './service-file.ts';

/** A new file serves within this time; looking costs one listing and a stat per file, on this machine's own disk. */
export const lookEveryMs = 1_500;

export interface Published {
  readonly file: ServiceFile;
  readonly fileName: string;
  readonly text: string;
  readonly lineOf: LineOf;
  /** Differs for every version of the file. */
  readonly version: string;
}

interface Kept {
  readonly stamp: string;
  readonly read: Omit<Published, 'version'> | undefined;
  readonly problems: readonly ServiceProblem[];
}

export class PublishedFiles {
  readonly #folder: string | undefined;
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();
  #services: ReadonlyMap<string, Published> = new Map();
  #problems: readonly FolderProblem[] = [];
  #lookedAtMs: number | undefined;
  /** Entries the folder itself has problems with. */
  #listed = 0;

  constructor(folder: string | undefined, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  get problems(): readonly FolderProblem[] {
    this.look();
    return this.#problems;
  }

  all(): readonly Published[] {
    this.look();
    return [...this.#services.values()];
  }

  find(name: ServiceName): Published | undefined {
    this.look();
    return this.#services.get(name);
  }

  /** Looks into the folder, unless it just has been looked into. */
  look(): void {
    const now = this.#clock.monotonic();
    if (this.#folder === undefined) return;
    if (this.#lookedAtMs !== undefined && now - this.#lookedAtMs < lookEveryMs) return;
    const isFirst = this.#lookedAtMs === undefined;
    this.#lookedAtMs = now;
    const listing = listFolder(this.#folder);
    const names = new Set(listing.entries.map(({ name }) => name));
    const gone = [...this.#kept.keys()].filter((name) => !names.has(name));
    const changed = listing.entries.filter(({ name, stamp }) => this.#kept.get(name)?.stamp !== stamp);
    if (!isFirst && gone.length + changed.length === 0 && listing.problems.length === this.#listed) return;
    gone.forEach((name) => this.#kept.delete(name));
    for (const { name, stamp } of changed) this.#kept.set(name, readOne(this.#folder, name, stamp));
    this.#listed = listing.problems.length;
    this.#join(listing.problems);
  }

  /** One service per name, and only such writes whose look-up is there as well. */
  #join(problems: readonly FolderProblem[]): void {
    const found: FolderProblem[] = [...problems];
    const services = new Map<string, Published>();
    for (const [fileName, { read, stamp, problems: own }] of [...this.#kept].toSorted(byName)) {
      found.push(...own.map((problem) => ({ ...problem, file: fileName })));
      if (read === undefined) continue;
      // Flow does not tell capitals from small letters.
      const first = [...services.values()].find(({ file }) => isSameName(file.name, read.file.name));
      if (first === undefined) services.set(read.file.name, { ...read, version: `${fileName}:${stamp}` });
      else
        found.push({
          file: fileName,
          ...located(['name'], `${read.file.name} is published by ${first.fileName} already`, read.lineOf),
        });
    }
    for (const [name, { file, fileName, lineOf }] of [...services]) {
      if (file.lookUp === undefined) continue;
      const wrong = lookUpProblems(file.lookUp, services.get(file.lookUp.service)?.file);
      if (wrong.length > 0) services.delete(name);
      found.push(...wrong.map(({ path, message }) => ({ file: fileName, ...located(path, message, lineOf) })));
    }
    this.#services = services;
    this.#problems = found;
  }
}

function readOne(folder: string, fileName: string, stamp: string): Kept {
  const text = readEntry(folder, fileName);
  if (text === undefined)
    return { stamp, read: undefined, problems: [{ path: '', message: 'cannot be read; check its rights' }] };
  const read = readServiceFile(text);
  if (read.file === undefined) return { stamp, read: undefined, problems: read.problems };
  return { stamp, read: { file: read.file, fileName, text, lineOf: read.lineOf }, problems: [] };
}

const isSameName = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

const byName = ([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number =>
  left < right ? -1 : 1;
