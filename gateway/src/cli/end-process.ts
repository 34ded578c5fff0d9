/** The end of the process, also where a native library still waits for an answer that may never come. */
import { createRequire } from 'node:module';

/**
 * Ends the process with this code; never returns. Node's own exit waits for its threads, and a logon over RFC that nobody
 * answers keeps one for as long as SAP's library likes: minutes, in which an operator believes that the stop has failed.
 */
export function endProcess(code: number): never {
  // Replacing the program is the one way out that asks no thread and still leaves the right code; Windows does not have it.
  if (holdsNativeAddon() && process.platform !== 'win32' && process.execve !== undefined)
    process.execve(process.execPath, [process.execPath, '-e', `process.exit(${code})`]);
  return process.exit(code);
}

/** Whether an addon that may keep threads is in the process: which one, and why, is none of the command line's business. */
function holdsNativeAddon(): boolean {
  return Object.keys(createRequire(import.meta.url).cache).some((file) => file.endsWith('.node'));
}
