/** What a command says: results on standard output, words for people on standard error. */
import type { GatewayError } from '../errors/index.ts';
import { errorFields } from '../telemetry/index.ts';

export interface Terminal {
  /** One line of the result. */
  print(line: string): void;
  /** One line for the person who watches. */
  say(line: string): void;
  /** What is being done at this moment; the next line takes its place. Absent where nobody watches. */
  progress?: ((line: string) => void) | undefined;
}

/** Back to the begin of the line, and nothing on it. */
const clearLine = '\r\u001B[K';
let isUnderWay = false;

function write(stream: NodeJS.WriteStream, line: string): void {
  if (isUnderWay) process.stderr.write(clearLine);
  isUnderWay = false;
  stream.write(`${line}\n`);
}

function progress(line: string): void {
  // A longer line would wrap, and its beginning stay.
  process.stderr.write(`${clearLine}${line.slice(0, (process.stderr.columns || 80) - 1)}`);
  isUnderWay = true;
}

/** The process's own streams. */
export const processTerminal: Terminal = {
  print: (line) => write(process.stdout, line),
  say: (line) => write(process.stderr, line),
  progress: process.stderr.isTTY ? progress : undefined,
};

/** A failure as code, sentence and next step; each thing wrong with the configuration on its own line. */
export function sayFailure(terminal: Terminal, failure: GatewayError): void {
  if (failure.issues.length === 0) terminal.say(`${failure.code}: ${failure.message}`);
  else {
    terminal.say(
      `${failure.code}: ${failure.issues.length === 1 ? 'one problem' : `${failure.issues.length} problems`}`,
    );
    for (const { path, message } of failure.issues) terminal.say(`  ${path} ${message}`);
  }
  for (const { id, number, text } of failure.sapMessages) terminal.say(`  SAP ${id} ${number}: ${text}`);
  terminal.say(`Next: ${failure.advice}`);
  // Only for bugs, and only where they are: everything else is said above, and messages of causes may quote data.
  const { errorKind, frames } = errorFields(failure.cause);
  if (failure.code === 'INTERNAL') terminal.say([errorKind, frames].filter((part) => part !== undefined).join('\n'));
}
