/** Runs one of Gangway's programs as a process of its own, the way an operator would. */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface ChildProgram {
  /** Resolves with a sentence when the program ends without having been asked to. */
  readonly failed: Promise<string>;
  /** Asks it to drain; insists after a while. */
  stop(): Promise<void>;
}

const gangway = fileURLToPath(new URL('../../gateway/src/main.ts', import.meta.url));
/** A drain waits for running calls; nothing here runs longer. */
const patienceMs = 5_000;

/** Starts `gangway <args>`; its log goes to `logFile`. */
export function startProgram(args: readonly string[], logFile: string): ChildProgram {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', gangway, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(logFile);
  let lastWords = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      log.write(chunk);
      lastWords = (lastWords + chunk.toString()).slice(-2_000);
    });
  }
  let isStopping = false;
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const failed = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`gangway ${args[0] ?? ''} could not be started: ${error.message}`));
    child.once('close', (code) => {
      if (!isStopping)
        resolve(`gangway ${args[0] ?? ''} ended with ${code ?? 'a signal'}:\n${lastWords.trim()}\nIts log: ${logFile}`);
    });
  });
  return {
    failed,
    stop: async () => {
      isStopping = true;
      child.kill('SIGTERM');
      const insist = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      await ended;
      clearTimeout(insist);
      log.end();
    },
  };
}
