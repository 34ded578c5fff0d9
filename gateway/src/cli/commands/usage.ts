/** `gangway usage`: what was done in SAP on one day. */
import { writeFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import type { UsageDay } from '../../agent/index.ts';
import { loadAgentConfig } from '../../config/index.ts';
import { GatewayError } from '../../errors/index.ts';
import { localTime, systemClock } from '../../timing/index.ts';
import { sayWarnings, toLoadOptions, withConfigOptions } from '../config-options.ts';
import type { ConfigOptions } from '../config-options.ts';
import type { Terminal } from '../terminal.ts';

interface UsageOptions extends ConfigOptions {
  readonly day?: string;
  readonly html?: string;
  readonly json?: boolean;
}

export function addUsage(program: Command, terminal: Terminal): void {
  const usage = program
    .command('usage')
    .description('Print what was done in SAP on one day, as the agent wrote it down; it does so once a minute');
  withConfigOptions(usage)
    .option('--day <YYYY-MM-DD>', "a day of SAP's time zone; today where absent", toDate)
    .option('--html <file>', 'write the page "What Gangway did in your system" to this file')
    .option('--json', 'print as JSON')
    .action(async (options: UsageOptions) => {
      const { listDays, readDay, renderDay, usageFolderOf } = await import('../../agent/index.ts');
      const { config, warnings } = loadAgentConfig(toLoadOptions(options));
      sayWarnings(terminal, warnings);
      const folder = usageFolderOf(config.agent);
      const date = options.day ?? localTime(config.sap.timeZone, systemClock.now()).date;
      const day = reading(folder, () => readDay(folder, date));
      if (day === undefined) throw new GatewayError('USAGE_UNKNOWN', { date, ...range(listDays(folder)) });
      if (options.html !== undefined) writePage(options.html, renderDay(day));
      if (options.json === true) return terminal.print(JSON.stringify(day, null, 2));
      for (const line of linesOf(day)) terminal.print(line);
    });
}

const range = (dates: readonly string[]) => ({ first: dates[0], last: dates.at(-1) });

function reading<T>(folder: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new GatewayError('USAGE_UNREADABLE', { folder }, cause);
  }
}

function writePage(file: string, page: string): void {
  try {
    writeFileSync(file, page, { mode: 0o644 });
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown cause';
    throw new GatewayError('FILE_NOT_CHANGED', { file, reason }, cause);
  }
}

/** Short enough for a screen; the page and the JSON have everything. */
function linesOf({ system, date, timeZone, functions, turnedAway, throttled, pauses }: UsageDay): readonly string[] {
  const rows = Object.entries(functions).sort(([, a], [, b]) => b.durationMs - a.durationMs);
  const widest = Math.max(15, ...rows.map(([name]) => name.length));
  const line = (name: string, ...figures: readonly (string | number)[]): string =>
    [name.padEnd(widest), ...figures.map((each) => String(each).padStart(10))].join(' ');
  return [
    `What Gangway did in ${system} on ${date} (${timeZone})`,
    line('function module', 'calls', 'failed', 'seconds', 'read', 'written', 'at once'),
    ...rows.map(([name, { calls, failures, durationMs, rowsRead, rowsWritten, mostRunning }]) =>
      line(name, calls, failures, (durationMs / 1000).toFixed(1), rowsRead, rowsWritten, mostRunning),
    ),
    ...(rows.length === 0 ? ['nothing was called'] : []),
    ...Object.entries(turnedAway).map(([code, times]) => `not let through: ${times} ${code}`),
    ...throttled.map(({ workProcesses, because }) => `fewer work processes (${workProcesses}): ${because}`),
    ...pauses.map(
      ({ fromMs, toMs, reason }) =>
        `paused ${new Date(fromMs).toISOString()} to ${new Date(toMs).toISOString()}${reason === '' ? '' : `: ${reason}`}`,
    ),
  ];
}

function toDate(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('It must be a date, YYYY-MM-DD.');
}
