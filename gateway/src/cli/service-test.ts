/** Runs a service once, from a file or as it is published; a write only when it is asked for in so many words. */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { GatewayError } from '../errors/index.ts';
import { codeOf, findServiceText } from './service-desk.ts';
import type { OpenedDesk, ServiceOptions } from './service-desk.ts';
import type { Terminal } from './terminal.ts';

export interface TestOptions extends ServiceOptions {
  readonly input: string;
  readonly write?: boolean;
}

/** Prints outputs and SAP's messages as JSON. */
export async function testService(
  terminal: Terminal,
  command: Command,
  { desk, config, deadline }: OpenedDesk,
  named: string,
  options: TestOptions,
): Promise<void> {
  const text = findServiceText(named) ?? desk.publishedText(named);
  if (text === undefined) return command.error(`error: ${named} is neither a file nor a published service`);
  const inputs = readInputs(options.input);
  const { name, effect } = desk.describeServiceFile(text);
  const place = `${config.sap.system}, client ${config.sap.client}`;
  if (effect === 'write' && options.write !== true) {
    return command.error(
      `error: ${name} writes. This would call it once in ${place} with the inputs of ${options.input}, and what it writes stays. ` +
        'Say --write to do it',
    );
  }
  if (effect === 'write') terminal.say(`${name} writes now in ${place}.`);
  const { outputs, sapMessages } = await desk.testService(text, inputs, deadline());
  terminal.print(JSON.stringify({ outputs, sapMessages }, null, 2));
}

function readInputs(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    // What JSON.parse says quotes the file, which may hold customer data.
    const reason = cause instanceof SyntaxError ? 'is not JSON' : `cannot be read (${codeOf(cause)})`;
    const issues = [{ path: '--input', message: `${file} ${reason}` }];
    throw new GatewayError('REQUEST_INVALID', {}, undefined, { issues });
  }
}
