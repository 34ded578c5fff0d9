/** Runs `gangway` as people do: as a process of its own. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  /** Standard output: results and log lines. */
  readonly out: string;
  /** Standard error: words for people. */
  readonly err: string;
}

/** A running command; `ended` resolves when it is over. */
export class Gangway {
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;
  #out = '';
  #err = '';
  #end: string | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    // Only what a process needs to run, so that settings of the machine (proxies) do not take part.
    const env = { PATH: process.env['PATH'] ?? '', ...environment };
    this.#child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], { env });
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#note((this.#out += chunk.toString())));
    this.#child.stderr?.on('data', (chunk: Buffer) => this.#note((this.#err += chunk.toString())));
    this.ended = once(this.#child, 'close').then(([code, signal]) => {
      this.#end = typeof code === 'number' ? `with ${code}` : `by ${String(signal)}`;
      this.#note('');
      return { code: typeof code === 'number' ? code : null, out: this.#out, err: this.#err };
    });
  }

  /** Resolves with the match once it has been said on either stream; rejects when the command ends before. */
  async said(pattern: RegExp): Promise<RegExpMatchArray> {
    for (;;) {
      const match = `${this.#out}\n${this.#err}`.match(pattern);
      if (match !== null) return match;
      if (this.#end !== undefined) throw new Error(this.#silence(pattern, this.#end));
      await Promise.race([new Promise<void>((resolve) => this.#listeners.add(resolve)), this.ended]);
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Asks it to stop and waits for its end. */
  stop(): Promise<Ended> {
    this.signal('SIGTERM');
    return this.ended;
  }

  #silence(pattern: RegExp, end: string): string {
    return `gangway ended ${end} without saying ${pattern}:\n${this.#out}\n${this.#err}`;
  }

  #note(_: string): void {
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }
}

/** Runs a command to its end. */
export const gangway = (args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  new Gangway(args, environment).ended;
