/** One builder at a time, across processes: test workers start side by side and all want the same library. */
import { open, readFile, rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** A build takes seconds; looking this often costs nothing. */
const lookEveryMs = 100;
/** A file without a living owner's number for so long was left behind by a crash. */
const ownerlessForMs = 5_000;
/** Nobody builds for so long; the number of a dead owner may have been given to another process. */
const longestMs = 180_000;

/**
 * Runs `work` while the lock file is ours; whoever comes later waits, and takes over from an owner that died. It saves work
 * and no more: two that run at once must do no harm.
 */
export async function whileLocked(lockFile: string, work: () => Promise<void>): Promise<void> {
  for (let waitedMs = 0; waitedMs < longestMs && !(await tryTake(lockFile)); waitedMs += lookEveryMs) {
    await wait(lookEveryMs);
    if (waitedMs >= ownerlessForMs && !(await isOwned(lockFile))) await rm(lockFile, { force: true });
  }
  try {
    await work();
  } finally {
    await rm(lockFile, { force: true });
  }
}

async function tryTake(lockFile: string): Promise<boolean> {
  try {
    const file = await open(lockFile, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    // Under Jest this error is of another realm than ours, so `instanceof` says nothing.
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function isOwned(lockFile: string): Promise<boolean> {
  try {
    const owner = Number(await readFile(lockFile, 'utf8'));
    return owner > 0 && process.kill(owner, 0);
  } catch {
    // The file is gone, or its owner is.
    return false;
  }
}
