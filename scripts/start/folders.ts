/** Where a clone keeps what it makes while it runs; nothing of it is committed. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../project.ts';

/** A folder below the root, made if it is not there. */
export function ensureFolder(name: string): string {
  const folder = join(projectRoot, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}
