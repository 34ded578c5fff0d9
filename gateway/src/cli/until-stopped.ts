/** Keeps a program running until it is asked to stop, then lets it drain. */
import type { Terminal } from './terminal.ts';

export interface Program {
  /** Finishes what it has begun, within this time. */
  drain(graceMs: number): Promise<void>;
  /** Reads what may change while it runs; on SIGHUP. */
  reload?(): void;
}

/** Longer than the longest deadline of a write, shorter than systemd's TimeoutStopSec in gateway/deploy. */
const graceMs = 75_000;

/** Resolves when the program has drained after SIGTERM or SIGINT; the same signal again does not wait. */
export async function untilStopped(terminal: Terminal, name: string, program: Program): Promise<void> {
  const reload = (): void => program.reload?.();
  process.on('SIGHUP', reload);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  process.off('SIGHUP', reload);
  terminal.say(`gangway ${name}: draining; running calls are finished. Again to end at once.`);
  const again = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  await Promise.race([program.drain(graceMs), again]);
  terminal.say(`gangway ${name}: ended.`);
}
