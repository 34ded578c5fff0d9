/** The yardstick of the journal and of the queue: lines appended to a file, everything that waits synced together. */
import { mkdtempSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A new folder beside the sources, because a temporary one may be in memory and would sync nothing. */
export const folderOnDisk = (name: string): string =>
  mkdtempSync(join(fileURLToPath(new URL('..', import.meta.url)), `.${name}-`));

export class RawAppends {
  readonly #file: FileHandle;
  #waiting: { readonly line: string; readonly done: () => void }[] = [];
  #isWriting = false;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async open(path: string): Promise<RawAppends> {
    return new RawAppends(await open(path, 'a', 0o600));
  }

  /** Resolves when the line is on the disk. */
  append(line: string): Promise<void> {
    return new Promise((done) => {
      this.#waiting.push({ line, done });
      void this.#write();
    });
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #write(): Promise<void> {
    if (this.#isWriting) return;
    this.#isWriting = true;
    // Calls of one turn go together, as in a durable file.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, 256);
      await this.#file.write(`${batch.map(({ line }) => line).join('\n')}\n`);
      await this.#file.datasync();
      for (const { done } of batch) done();
    }
    this.#isWriting = false;
  }
}
