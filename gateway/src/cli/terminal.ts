/** What a command says: results on standard output, words for people on standard error. */
import type { GatewayError } from '../errors/index.ts';
import { errorFields } from '../telemetry/index.ts';

export interface Terminal {
  /** One line of the result. */
  print(line: string): void;
  /** One line for the person who watches. */
  say(line: string): void;
}

/** The process's own streams. */
export const processTerminal: Terminal = {
  print: (line) => void process.stdout.write(`${line}\n`),
  say: (line) => void process.stderr.write(`${line}\n`),
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
