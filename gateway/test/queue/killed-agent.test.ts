/** An agent that is killed again and again: what it acknowledged is there, and nothing is there twice. */
import { expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openChangeQueue } from '../../src/queue/index.ts';
import { silentLog } from '../../src/telemetry/index.ts';
import { systemClock } from '../../src/timing/index.ts';
import { customer, document, idocNumber, org, orgsOf, system } from './examples.ts';

const module = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);

/** Accepts documents from `first` on, some at once, and prints the numbers that were acknowledged. Delivers what it can meanwhile. */
const agentScript = (file: string, first: number): string => `
  import { openChangeQueue } from ${module('../../src/queue/index.ts')};
  import { silentLog } from ${module('../../src/telemetry/index.ts')};
  import { systemClock } from ${module('../../src/timing/index.ts')};
  import { customer, delivered, document, org, orgsOf, system } from ${module('./examples.ts')};
  const settings = { file: ${JSON.stringify(file)}, maxBytes: 64 * 1024 * 1024, orgsOf };
  const queue = await openChangeQueue(settings, { clock: systemClock, log: silentLog });
  const accept = async (number) => {
    await queue.accept([document(number, customer(number % 7 + 1))]);
    process.stdout.write(number + '\\n');
  };
  for (let number = ${first}; ; number += 5) {
    await Promise.all([0, 1, 2, 3, 4].map((more) => accept(number + more)));
    const records = await queue.take(org, system, 3);
    await queue.settle(org, records.map((record) => delivered(record)));
  }`;

/** Lets an agent run until it has acknowledged `wanted` documents, and kills it in the midst of more. */
async function runAndKill(file: string, first: number, wanted: number): Promise<readonly number[]> {
  const agent = spawn(process.execPath, ['--input-type=module', '-e', agentScript(file, first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  agent.stdout.setEncoding('utf8');
  agent.stdout.on('data', (text: string) => {
    output += text;
    if (output.split('\n').length > wanted) agent.kill('SIGKILL');
  });
  await once(agent, 'close');
  return output.split('\n').slice(0, -1).map(Number);
}

test('everything that was acknowledged is there after each kill, and nothing twice', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gangway-queue-'));
  const file = join(folder, 'changes.sqlite');
  const acknowledged: number[] = [];
  for (let round = 0; round < 5; round += 1)
    acknowledged.push(...(await runAndKill(file, (round + 1) * 100_000, 20 + round * 17)));
  const queue = await openChangeQueue(
    { file, maxBytes: 64 * 1024 * 1024, orgsOf },
    { clock: systemClock, log: silentLog },
  );
  try {
    const again = await queue.accept(acknowledged.map((number) => document(number, customer((number % 7) + 1))));
    expect(new Set(again.map(({ result }) => result))).toEqual(new Set(['repeated']));
    const traces = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((each) => queue.trace(customer(each).id, 1000)));
    const known = traces.flat().map(({ source }) => source.number);
    expect(new Set(known).size).toBe(known.length);
    expect(known).toEqual(expect.arrayContaining(acknowledged.map(idocNumber)));
    // Nothing that was delivered comes again, and all the rest does.
    const waiting = (await queue.take(org, system, 100)).flatMap(({ changes }) => changes.map((each) => each.position));
    const open = traces.flat().filter(({ state }) => state === 'waiting');
    expect(new Set(waiting)).toEqual(new Set(open.map(({ position }) => position)));
  } finally {
    await queue.close();
    await rm(folder, { recursive: true });
  }
}, 120_000);
