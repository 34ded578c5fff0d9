/** Looking at an agent from outside: its memory, and waiting for what it does. */
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

/** Longer than any bench waits for one thing; without a limit a broken agent would hang it. */
const patienceMs = 600_000;

export const soon = (delayMs: number): Promise<void> => setTimeout(delayMs);

/** Resolves when it is so. */
export async function waitFor(isSo: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + patienceMs;
  while (!isSo()) {
    if (performance.now() > giveUpAt) throw new Error(`not within ${patienceMs} ms: ${isSo.toString()}`);
    await soon(10);
  }
}

/** Resident memory of a process (Linux). */
export async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kilobytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
  return Math.round(kilobytes / 1024);
}
