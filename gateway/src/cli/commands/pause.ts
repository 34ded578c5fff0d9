/** `gangway pause` and `gangway resume`: the switch that keeps an agent out of SAP. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { loadAgentConfig } from '../../config/index.ts';
import { GatewayError } from '../../errors/index.ts';
import { sayWarnings, toLoadOptions, withConfigOptions } from '../config-options.ts';
import type { ConfigOptions } from '../config-options.ts';
import type { Terminal } from '../terminal.ts';

interface PauseOptions extends ConfigOptions {
  readonly reason?: string;
  readonly status?: boolean;
}

export function addPause(program: Command, terminal: Terminal): void {
  const pause = program
    .command('pause')
    .description('Let the agent begin nothing new in SAP, within a second; calls that run end as they would');
  withConfigOptions(pause)
    .option('--reason <text>', 'why; whoever waits reads it', toReason)
    .option('--status', 'only say whether it is paused')
    .action(async (options: PauseOptions) => {
      const { file, pause: standing } = await find(terminal, options);
      if (options.status === true) return terminal.print(standing === undefined ? 'Not paused.' : since(standing));
      // Without a reason there is nothing new to say; with one it is written again.
      if (standing !== undefined && options.reason === undefined) return terminal.print(since(standing));
      change(file, () => {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, `${options.reason ?? ''}\n`, { mode: 0o644 });
      });
      terminal.print(`Paused by ${file}: within a second the agent begins nothing new in SAP.`);
      terminal.say('Nothing is lost: requests wait in the org. `gangway resume` lets it go on.');
    });
}

export function addResume(program: Command, terminal: Terminal): void {
  const resume = program.command('resume').description('End the pause: the agent goes on within seconds');
  withConfigOptions(resume).action(async (options: ConfigOptions) => {
    const { file, pause } = await find(terminal, options);
    if (pause === undefined) return terminal.print('Not paused.');
    change(file, () => rmSync(file, { force: true }));
    terminal.print(`Removed ${file}: the agent goes on within seconds. It had been p${since(pause).slice(1)}`);
  });
}

async function find(terminal: Terminal, options: ConfigOptions) {
  const { pauseFileOf, readPause } = await import('../../agent/index.ts');
  const { config, warnings } = loadAgentConfig(toLoadOptions(options));
  sayWarnings(terminal, warnings);
  const file = pauseFileOf(config.agent);
  return { file, pause: readPause(file) };
}

function since({ reason, sinceMs }: { readonly reason: string; readonly sinceMs: number }): string {
  return `Paused since ${new Date(sinceMs).toISOString()}${reason === '' ? '' : `: ${reason}`}.`;
}

function change(file: string, work: () => void): void {
  try {
    work();
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown cause';
    throw new GatewayError('FILE_NOT_CHANGED', { file, reason }, cause);
  }
}

/** As much as the agent reads of it. */
function toReason(text: string): string {
  if (text.trim() !== '' && text.length <= 200 && !/\p{Cc}/u.test(text)) return text.trim();
  throw new InvalidArgumentError('It must be one line of 1 to 200 characters.');
}
