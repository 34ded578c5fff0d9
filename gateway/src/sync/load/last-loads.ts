/** What each org was last loaded from, in small files beside the queue: loads leave no receipts there, and come before it. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { orgId } from '../../model/index.ts';
import type { OrgId } from '../../model/index.ts';
import type { StagingHead } from '../../ports/index.ts';
import { loadState } from './load-checkpoint.ts';
import { ProgressFile } from './progress-file.ts';

const stagingKinds = ['customers', 'materials'] as const satisfies readonly StagingHead['kind'][];

const lastLoad = z.strictObject({
  org: orgId,
  kind: z.enum(stagingKinds),
  system: z.string(),
  file: z.string(),
  /** SAP's time of the extraction. */
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  counts: loadState.shape.counts,
  refused: loadState.shape.refused,
});
export type LastLoad = z.infer<typeof lastLoad>;

/** One file for each org and kind, so that two loads do not write the same one. */
export class LastLoads {
  readonly #beside: string;

  /** `beside`: the queue's file, which need not be there. */
  constructor(beside: string) {
    this.#beside = beside;
  }

  /** On disk when it resolves. */
  async note(load: LastLoad): Promise<void> {
    // The agent may not have been here yet.
    await mkdir(dirname(this.#beside), { recursive: true });
    await this.#file(load.org, load.kind).remember({ name: 'last load', value: JSON.stringify(load) });
  }

  /** Of these orgs, as far as there was one. */
  async of(orgs: readonly OrgId[]): Promise<readonly LastLoad[]> {
    const files = orgs.flatMap((org) => stagingKinds.map((kind) => this.#file(org, kind)));
    const noted = await Promise.all(files.map((file) => file.checkpoint('last load')));
    return noted.flatMap((value) => (value === undefined ? [] : [lastLoad.parse(JSON.parse(value))]));
  }

  #file(org: OrgId, kind: StagingHead['kind']): ProgressFile {
    return new ProgressFile(`${this.#beside}.${org}.${kind}.json`);
  }
}
