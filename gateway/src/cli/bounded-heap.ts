/** Commands that read files of any size run in a heap of fixed size, whatever the machine has. */
import { spawnSync } from 'node:child_process';
import { exitCodes } from './exit-codes.ts';

const bounded: ReadonlySet<string | undefined> = new Set(['load', 'compare']);

/**
 * Some 55 MB are alive at any time; without a limit Node lets garbage pile up beside them, on a large machine for gigabytes. Behind
 * every other option, so that what NODE_OPTIONS says for the agent does not count here.
 */
const heapOptions = ['--max-semi-space-size=16', '--max-old-space-size=160'];

/** Begins the program anew with a small heap where the command needs one and has none; never returns then. */
export function keepHeapSmall([command, ...rest]: readonly string[]): void {
  const [mark = ''] = heapOptions;
  const [, main] = process.argv;
  if (!bounded.has(command) || main === undefined || process.execArgv.includes(mark)) return;
  const args = [...process.execArgv, ...heapOptions, main, String(command), ...rest];
  // The same process goes on: its id, its terminal, its signals and its exit code stay. Windows cannot do that.
  if (process.platform !== 'win32' && process.execve !== undefined)
    process.execve(process.execPath, [process.execPath, ...args]);
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  process.exit(status ?? exitCodes.failed);
}
