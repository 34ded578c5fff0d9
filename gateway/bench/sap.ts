/**
 * What the drivers to SAP cost, as ratios inside this run: `node gateway/bench/sap.ts [--quick] [--only=soap|rfc|endurance]`.
 *
 * - A call with 1,000 table rows through our SOAP driver against bare `fetch` and the parser saxes alone, and through our
 *   RFC driver against the addon alone, on the stand-in of SAP's library. SAP is another process and answers from memory.
 * - 100,000 calls of a mixed kind through each driver, to the simulated SAP itself: resident memory after them against
 *   that after a warm-up, and sessions that SAP still has.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadStandIn } from '../simulator/nwrfc/index.ts';
import type { Endurance, EnduranceOrder } from './sap/endurance.ts';
import type { BenchSap } from './sap/sap-process.ts';
import { compareRfc, compareSoap } from './sap/thousand-rows.ts';

const isQuick = process.argv.includes('--quick');
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length);
const rounds = isQuick ? { repetitions: 3, callsPerWindow: 20 } : { repetitions: 8, callsPerWindow: 40 };
const enduranceCalls = isQuick ? 5_000 : 100_000;

/** The flags that Docker image and systemd unit start the agent with. */
const deployedFlags = ['--expose-gc', '--max-semi-space-size=8'];
const startChild = (program: string): ChildProcess =>
  fork(new URL(program, import.meta.url), { execArgv: deployedFlags, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });

async function endure(sap: BenchSap, driver: EnduranceOrder['driver']): Promise<object> {
  const child = startChild('./sap/endurance.ts');
  const { url, systemNumber } = sap;
  const before = await openSessions(url);
  child.send({ driver, url, systemNumber, calls: enduranceCalls } satisfies EnduranceOrder);
  const [result] = (await once(child, 'message')) as [Endurance];
  await once(child, 'close');
  const megabytes = (bytes: number): number => Math.round(bytes / 104_857.6) / 10;
  return {
    goal: 'growth <= 1.1, sessionsLeft = 0',
    calls: result.calls,
    growth: Math.round((result.rssAfterBytes / result.rssBeforeBytes) * 1000) / 1000,
    rssBeforeMb: megabytes(result.rssBeforeBytes),
    rssAfterMb: megabytes(result.rssAfterBytes),
    sessionsLeft: await sessionsLeft(url, before),
  };
}

async function openSessions(url: string): Promise<number> {
  const counts = (await (await fetch(`${url}/simulator/calls`)).json()) as { sessions: { open: number } };
  return counts.sessions.open;
}

/** SAP notices a closed connection a moment later; it is asked for two seconds. */
async function sessionsLeft(url: string, before: number): Promise<number> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if ((await openSessions(url)) <= before) return 0;
    await sleep(100);
  }
  return (await openSessions(url)) - before;
}

const wants = (part: string): boolean => only === undefined || only === part;
const standIn = await loadStandIn();
const sapProcess = startChild('./sap/sap-process.ts');
try {
  const [sap] = (await once(sapProcess, 'message')) as [BenchSap];
  const report: Record<string, unknown> = {};
  if (wants('soap'))
    report['soapThousandRowsAgainstFetchAndParser'] = { goal: 'ratio >= 0.8', ...(await compareSoap(sap, rounds)) };
  if (wants('rfc'))
    report['rfcThousandRowsAgainstBareAddon'] =
      'skipped' in standIn ? standIn : { goal: 'ratio >= 0.9', ...(await compareRfc(sap, rounds)) };
  if (wants('endurance')) {
    report['soapEndurance'] = await endure(sap, 'soap');
    report['rfcEndurance'] = 'skipped' in standIn ? standIn : await endure(sap, 'node-rfc');
  }
  process.stdout.write(`${JSON.stringify(report)}\n`);
} finally {
  sapProcess.disconnect();
}
// The addon keeps the process alive while it could.
process.exit(0);
