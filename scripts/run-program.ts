/** Runs another program to its end and keeps what it said. */
import { spawn } from 'node:child_process';

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Ends the program, and counts as a failure; for programs that could hang. */
  readonly timeoutMs?: number;
}

export interface RunResult {
  /** Null when a signal ended the program or it could not be started. */
  readonly code: number | null;
  /** Standard output and standard error, in the order they came. */
  readonly output: string;
  /** Standard output alone, for programs that print data. */
  readonly stdout: string;
  readonly seconds: number;
}

/** Never rejects: a program that cannot be started is a failed one, with the reason as its output. */
export function runProgram(command: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    });
    const said: string[] = [];
    const printed: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (text: string) => printed.push(text) && said.push(text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
    const finish = (code: number | null, remark = ''): void => {
      const seconds = (performance.now() - startedAt) / 1000;
      resolve({ code, output: said.join('') + remark, stdout: printed.join(''), seconds });
    };
    child.on('error', (error) => finish(null, `${command} could not be started: ${error.message}\n`));
    child.on('close', (code, signal) => finish(code, signal === null ? '' : `\n${command} was ended by ${signal}.\n`));
  });
}

/** Runs each piece of work, at most `width` at a time; results in the order of `items`. */
export async function runAll<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = [...items.entries()];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      results[next[0]] = await work(next[1]);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, width) }, worker));
  return results;
}
