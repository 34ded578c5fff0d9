/** Changes something in a running program; a failure is said and everything stays as it was. */
import { toGatewayError } from '../errors/index.ts';
import { sayFailure } from './terminal.ts';
import type { Terminal } from './terminal.ts';

export function keepOnFailure(terminal: Terminal, change: () => void): void {
  try {
    change();
    terminal.say('The orgs have been read anew.');
  } catch (thrown) {
    sayFailure(terminal, toGatewayError(thrown));
    terminal.say('Everything stays as it was.');
  }
}
