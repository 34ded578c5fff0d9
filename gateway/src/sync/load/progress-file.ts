/** How far a load has come, in a file beside the staging file: it needs no agent and no queue, and goes with the file. */
import { open, readFile, rename } from 'node:fs/promises';
import { z } from 'zod';
import type { Checkpoint } from '../../ports/index.ts';
import type { Checkpoints } from './load-checkpoint.ts';

const kept = z.strictObject({ name: z.string(), value: z.string() });

/** Keeps one checkpoint, the last that was kept. */
export class ProgressFile implements Checkpoints {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async checkpoint(name: string): Promise<string | undefined> {
    const text = await readFile(this.#path, 'utf8').catch((error: unknown) => {
      if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (text === undefined) return undefined;
    const found = kept.parse(JSON.parse(text));
    return found.name === name ? found.value : undefined;
  }

  /** On disk under its name when it resolves, the old one or the new one at every moment. */
  async remember(checkpoint: Checkpoint): Promise<void> {
    const temporary = `${this.#path}.tmp`;
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(JSON.stringify(checkpoint));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, this.#path);
  }
}
