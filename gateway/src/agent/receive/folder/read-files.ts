/** Where files go that were read: `done` for a while, `failed` with a text about it for people. */
import { lstat, open, opendir, unlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { catalogue } from '../../../errors/index.ts';
import type { GatewayError } from '../../../errors/index.ts';
import type { Clock } from '../../../timing/index.ts';
import { codeOf, exists, makeFolder, moveInto, withEnding } from './moves.ts';

const dayMs = 86_400_000;

export class ReadFiles {
  readonly #folder: string;
  readonly #clock: Clock;

  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  /** Its folders are there; the folder itself is never made, because a share that is not mounted would be hidden by it. */
  async open(): Promise<void> {
    for (const name of ['done', 'failed']) await makeFolder(join(this.#folder, name));
  }

  /** Everything in it is on disk here. */
  async done(name: string, from: string): Promise<void> {
    await moveInto(join(this.#folder, 'done'), name, from);
  }

  /** The text first: a file must not lie there without a word. */
  async failed(name: string, from: string, error: GatewayError): Promise<void> {
    const folder = join(this.#folder, 'failed');
    const free = await freeName(folder, name);
    await writeDurably(join(folder, textOf(free)), this.#wordsOf(name, error));
    await moveInto(folder, free, from);
  }

  /** For another attempt; under another name where its own is taken meanwhile. Gives that name. */
  async backAgain(name: string, from: string): Promise<string> {
    return basename(await moveInto(this.#folder, name, from));
  }

  /** Removes files that were read so many days ago. */
  async clean(keepDays: number): Promise<void> {
    const folder = join(this.#folder, 'done');
    for await (const entry of await opendir(folder)) {
      if (!entry.isFile()) continue;
      await this.#removeIfOlder(join(folder, entry.name), keepDays * dayMs).catch((error: unknown) => {
        // The other agent cleans too.
        if (codeOf(error) !== 'ENOENT') throw error;
      });
    }
  }

  async #removeIfOlder(path: string, ageMs: number): Promise<void> {
    const { mtimeMs, ctimeMs } = await lstat(path);
    // The move has changed the one, and not the other, which is SAP's.
    if (this.#clock.now() - Math.max(mtimeMs, ctimeMs) >= ageMs) await unlink(path);
  }

  #wordsOf(name: string, { code, message, advice }: GatewayError): string {
    const { owner } = catalogue[code];
    const lines = [
      `${name} was not taken.`,
      '',
      `What is wrong: ${message}`,
      `What to do: ${advice}`,
      `Who can do it: ${owner}`,
      `Code: ${code}`,
      `When: ${new Date(this.#clock.now()).toISOString()}`,
      '',
      'Once the cause is gone, move the file back into the folder above this one: it is read again. IDocs of it that were taken',
      'before are known by their numbers and are not taken twice.',
    ];
    return `${lines.join('\n')}\n`;
  }
}

/** The text about a file has its name. */
const textOf = (name: string): string => withEnding(name, '.txt');

/** One that neither a file nor a text has. */
async function freeName(folder: string, name: string): Promise<string> {
  for (let count = 1; ; count += 1) {
    const free = count === 1 ? name : withEnding(name, `.${count}`);
    if (!(await exists(join(folder, free))) && !(await exists(join(folder, textOf(free))))) return free;
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o644);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
