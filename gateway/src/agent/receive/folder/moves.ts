/** Moves of files that overwrite nothing and survive power loss. */
import { link, lstat, mkdir, open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The code of a failure of the file system, `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  const hasCode = typeof error === 'object' && error !== null && 'code' in error;
  return hasCode && typeof error.code === 'string' ? error.code : undefined;
}

/** Shares that know no second name for a file. */
const noLinks: ReadonlySet<string | undefined> = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
  'EINVAL',
]);
/** A name that is taken gets `.2`, `.3` and so on; beyond so many somebody has to look at the folder. */
const maxNames = 1_000;
/** File systems take no longer ones. */
const maxNameBytes = 255;

/** One folder, where it is not there yet; what is above it must be. */
export async function makeFolder(path: string): Promise<void> {
  await mkdir(path).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw error;
  });
}

/** Into the folder, under its name or the next free one; gives where it is now. */
export async function moveInto(folder: string, name: string, from: string): Promise<string> {
  for (let count = 1; ; count += 1) {
    const to = join(folder, count === 1 ? name : withEnding(name, `.${count}`));
    if (await moveIfFree(from, to)) {
      await syncFolder(dirname(from));
      return to;
    }
    if (count === maxNames) throw new Error(`there are ${maxNames} files of one name`);
  }
}

async function moveIfFree(from: string, to: string): Promise<boolean> {
  try {
    // A second name fails where the name is taken; renaming would overwrite what stands there.
    await link(from, to);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (!noLinks.has(codeOf(error))) throw error;
    if (await exists(to)) return false;
    await rename(from, to);
    await syncFolder(dirname(to));
    return true;
  }
  // Power that fails before the old name goes leaves two names of the file, and never none.
  await syncFolder(dirname(to));
  await unlink(from);
  return true;
}

/** The name with an ending, cut before it where both would be too long. */
export function withEnding(name: string, ending: string): string {
  let kept = name;
  while (Buffer.byteLength(kept + ending) > maxNameBytes) kept = kept.slice(0, -1);
  return kept + ending;
}

/** Whether something has this name. */
export const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    (error: unknown) => {
      if (codeOf(error) === 'ENOENT') return false;
      throw error;
    },
  );

/** The names in a folder reach the disk; Windows does that by itself and opens no folders. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Shares that cannot do it keep names in their own way.
    if (!noLinks.has(codeOf(error))) throw error;
  } finally {
    await handle.close();
  }
}
