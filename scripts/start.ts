/**
 * `npm start`: simulated SAP, relay, agent and local org, all on this machine; prints the address and stays.
 * `npm start -- --check`: walks the main job through them, prints what it saw as JSON, exits 0 or 1.
 */
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { startLocalProduct } from './start/local-product.ts';
import type { LocalProduct } from './start/local-product.ts';
import { walkMainJob } from './start/main-job.ts';

/** Written down in the README; another one is taken when it is in use. */
const usualPort = 4700;

const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    port: { type: 'string' },
    data: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const help = `npm start -- [options]
  --check       walk the main job through the real path, print what was seen as JSON, and end
  --port N      port of the local org (default ${usualPort}, or a free one when that is in use)
  --data FILE   SAP tables for the simulated SAP (gateway/simulator/sap/README.md)`;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function check(product: LocalProduct): Promise<void> {
  try {
    const seen = await walkMainJob(product);
    process.stdout.write(`${JSON.stringify({ ok: true, ...seen }, null, 2)}\n`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stdout.write(`${JSON.stringify({ ok: false, reason }, null, 2)}\n`);
    process.exitCode = 1;
  } finally {
    await product.close();
  }
}

async function stay(product: LocalProduct): Promise<void> {
  process.stdout.write(`Gangway is ready: ${product.url}\n`);
  process.stdout.write(`Its agent: npm run gangway -- check --config ${relative(process.cwd(), product.agentFile)}\n`);
  const reason = await Promise.race([product.failed, interrupted()]);
  if (reason !== undefined) {
    say(reason);
    process.exitCode = 1;
  }
  await product.close();
}

function interrupted(): Promise<undefined> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(undefined));
  });
}

async function main(): Promise<void> {
  if (values.help) {
    process.stdout.write(`${help}\n`);
    return;
  }
  const port = values.port === undefined ? undefined : Number(values.port);
  const product = await startLocalProduct({
    say,
    port: port ?? (values.check ? 0 : usualPort),
    mayMove: port === undefined,
    data: values.data,
  });
  await (values.check ? check(product) : stay(product));
}

try {
  await main();
} catch (error) {
  say(`Gangway did not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
