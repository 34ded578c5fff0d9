/** How far a load has come: kept after each chunk, so that a load which was killed goes on there. */
import { z } from 'zod';
import { recordKind } from '../../model/index.ts';
import type { OrgId } from '../../model/index.ts';
import type { Checkpoint } from '../../ports/index.ts';

const count = z.int().min(0);

const kindCounts = z.strictObject({
  written: count,
  /** Of those written. */
  created: count,
  older: count,
  unwanted: count,
  parentMissing: count,
  failed: count,
});
export type KindCounts = z.infer<typeof kindCounts>;

/** All that is kept of a load. */
export const loadState = z.strictObject({
  /** Kinds whose pass through the file is over. */
  finished: z.array(recordKind),
  /** The kind that is under way, and how many objects of the file are behind it. */
  current: z.strictObject({ kind: recordKind, objects: count }).nullable(),
  counts: z.partialRecord(recordKind, kindCounts),
  /** Objects that could not be understood. */
  refused: count,
  /** So long the list of failures was: what stands behind it is of a chunk that will come again. */
  failureBytes: count,
  endedAt: z.iso.datetime().nullable(),
});
export type LoadState = z.infer<typeof loadState>;

export const noCounts: KindCounts = { written: 0, created: 0, older: 0, unwanted: 0, parentMissing: 0, failed: 0 };
export const newLoad: LoadState = {
  finished: [],
  current: null,
  counts: {},
  refused: 0,
  failureBytes: 0,
  endedAt: null,
};

/** Where checkpoints are kept. */
export interface Checkpoints {
  checkpoint(name: string): Promise<string | undefined>;
  /** Survives power loss when it resolves. */
  remember(checkpoint: Checkpoint): Promise<void>;
}

/** One file into one org. */
export class LoadCheckpoint {
  readonly #checkpoints: Checkpoints;
  readonly #name: string;

  constructor(checkpoints: Checkpoints, org: OrgId, hash: string) {
    this.#checkpoints = checkpoints;
    this.#name = `load:${org}:${hash}`;
  }

  async read(): Promise<LoadState | undefined> {
    const value = await this.#checkpoints.checkpoint(this.#name);
    return value === undefined ? undefined : loadState.parse(JSON.parse(value));
  }

  keep(state: LoadState): Promise<void> {
    return this.#checkpoints.remember({ name: this.#name, value: JSON.stringify(state) });
  }
}
