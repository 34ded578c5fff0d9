/**
 * Every performance ratio in one go: `node gateway/bench/main.ts [--quick]`. Prints one JSON object: what relay and
 * agent cost, what the journal, the outbox and the drivers to SAP cost, what SAP's changes cost from IDoc over the queue to the org, what an
 * initial load costs, and how long the page takes from one Account to the next, each beside its goal.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Each measurement is a process of its own: what one leaves in memory must not slow the next. */
const measurements = [
  { name: 'relay', program: 'gateway/bench/relay.ts' },
  { name: 'journal', program: 'gateway/bench/journal.ts' },
  { name: 'outbox', program: 'gateway/bench/outbox.ts' },
  { name: 'sap', program: 'gateway/bench/sap.ts' },
  { name: 'idoc', program: 'gateway/bench/idoc.ts' },
  { name: 'queue', program: 'gateway/bench/queue.ts' },
  { name: 'sync', program: 'gateway/bench/sync.ts' },
  { name: 'initialLoad', program: 'gateway/bench/initial-load.ts' },
  { name: 'nextAccountAgainstBareFetch', program: 'test/browser/measure-walk.ts' },
] as const;

/** Runs one measurement to its end and returns the JSON it printed. */
async function measure(program: string): Promise<unknown> {
  const child = spawn(process.execPath, [program, ...process.argv.slice(2)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  let printed = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) printed += String(chunk);
  const code = await ended;
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
  return JSON.parse(printed);
}

const report: Record<string, unknown> = {};
for (const { name, program } of measurements) {
  // One after the other: they would measure each other.
  report[name] = await measure(program);
}
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
