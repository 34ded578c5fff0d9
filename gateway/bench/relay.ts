/**
 * What the way through relay and agent costs, as ratios inside this run: `node gateway/bench/relay.ts
 * [--quick] [--only=cpu|p50|large|memory|idle] [--plain] [--profile=role]`.
 * Prints one JSON object; absolute figures in it say only what this machine did this hour.
 */
import { load } from './load.ts';
import type { LoadTarget } from './load.ts';
import { Processes } from './processes.ts';
import type { RunningRole } from './processes.ts';
import { manyAgents } from './roles/keys.ts';
import { pairedRounds, quantile, spread } from './rounds.ts';
import { gangwayTarget, jsonRelayTarget, soapTarget } from './targets.ts';

const isQuick = process.argv.includes('--quick');
const repetitions = isQuick ? 4 : 10;
const callsPerWindow = isQuick ? 1_500 : 3_000;
const callsUnderLoad = isQuick ? 20_000 : 100_000;
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length);

/** CPU microseconds per call of the given processes while the load runs. */
async function cpuPerCall(roles: readonly RunningRole[], target: LoadTarget): Promise<number> {
  const cpu = async (): Promise<number> =>
    (await Promise.all(roles.map((role) => role.cost()))).reduce((sum, cost) => sum + cost.cpuMicros, 0);
  const before = await cpu();
  await load(target, callsPerWindow, 16);
  return ((await cpu()) - before) / callsPerWindow;
}

async function p50(target: LoadTarget, calls: number): Promise<number> {
  return quantile(await load(target, calls, 1), 0.5);
}

const processes = new Processes();
const megabytes = (bytes: number): number => Math.round((bytes / 1_048_576) * 10) / 10;
const wants = (part: string): boolean => only === undefined || only === part;

async function run(): Promise<Record<string, unknown>> {
  const sap = await processes.start('sap');
  const relay = await processes.start('relay');
  const agent = await processes.start('agent', { relayUrl: relay.url, sapUrl: sap.url });
  const gangway = (): Promise<LoadTarget> => gangwayTarget(relay.url, processes.keys);
  await load(await gangway(), 3_000, 16);
  const report: Record<string, unknown> = {};
  if (wants('cpu')) report['cpuPerCallAgainstOneProxyHop'] = await compareCpu(sap, relay, agent);
  if (wants('p50')) report['p50AgainstJsonRelay'] = await compareP50(sap, relay);
  if (wants('large')) report['smallCallsWhileTwoLargeAnswersRun'] = await compareLarge(relay);
  if (wants('memory')) report['memoryUnderLoad'] = await measureMemory(relay, agent);
  if (wants('idle')) report['idleAgents'] = await measureIdleAgents();
  return report;
}

async function compareCpu(sap: RunningRole, relay: RunningRole, agent: RunningRole): Promise<object> {
  const proxy = await processes.start('proxy', { sapUrl: sap.url });
  const soap = soapTarget(proxy.url);
  await load(soap, 3_000, 16);
  const token = await gangwayTarget(relay.url, processes.keys);
  const hops: { relay: number; agent: number }[] = [];
  const ours = async (): Promise<number> => {
    const before = await Promise.all([relay.cost(), agent.cost()]);
    const total = await cpuPerCall([relay, agent], token);
    const after = await Promise.all([relay.cost(), agent.cost()]);
    hops.push({
      relay: (after[0].cpuMicros - before[0].cpuMicros) / callsPerWindow,
      agent: (after[1].cpuMicros - before[1].cpuMicros) / callsPerWindow,
    });
    return total;
  };
  const rounds = await pairedRounds(repetitions, ours, () => cpuPerCall([proxy], soap));
  proxy.stop();
  return {
    goal: 'ratio <= 4.0, aim 2.5',
    ...rounds,
    relayMicros: spread(hops.map((hop) => hop.relay)),
    agentMicros: spread(hops.map((hop) => hop.agent)),
  };
}

async function compareP50(sap: RunningRole, relay: RunningRole): Promise<object> {
  const jsonRelay = await processes.start('json-relay');
  const jsonAgent = await processes.start('json-agent', { relayUrl: jsonRelay.url, sapUrl: sap.url });
  const json = jsonRelayTarget(jsonRelay.url);
  await load(json, 2_000, 16);
  const target = await gangwayTarget(relay.url, processes.keys);
  const rounds = await pairedRounds(
    repetitions,
    () => p50(target, 400),
    () => p50(json, 400),
  );
  jsonRelay.stop();
  jsonAgent.stop();
  return { goal: 'ratio <= 1.5', ...rounds };
}

async function compareLarge(relay: RunningRole): Promise<object> {
  const small = await gangwayTarget(relay.url, processes.keys);
  const busy = async (): Promise<number> => {
    const reader = await processes.start('large-reader', { relayUrl: relay.url });
    const measured = await p50(small, 200);
    reader.stop();
    return measured;
  };
  return { goal: 'ratio <= 4', ...(await pairedRounds(repetitions, busy, () => p50(small, 200))) };
}

async function measureMemory(relay: RunningRole, agent: RunningRole): Promise<object> {
  const bareRelay = await processes.start('bare-relay');
  const bareAgent = await processes.start('bare-agent');
  const bare = await Promise.all([bareRelay.cost(), bareAgent.cost()]);
  const seen: { calls: number; relayMb: number; agentMb: number }[] = [];
  const step = callsUnderLoad / 5;
  for (let calls = step; calls <= callsUnderLoad; calls += step) {
    await load(await gangwayTarget(relay.url, processes.keys), step, 16);
    const [relayCost, agentCost] = await Promise.all([relay.cost(), agent.cost()]);
    seen.push({ calls, relayMb: megabytes(relayCost.rssBytes), agentMb: megabytes(agentCost.rssBytes) });
  }
  const last = seen.at(-1);
  const heapAtEnd = await heapAfterCollection([relay, agent]);
  await load(await gangwayTarget(relay.url, processes.keys), step, 16);
  const heapLater = await heapAfterCollection([relay, agent]);
  const bareMb = { relay: megabytes(bare[0].rssBytes), agent: megabytes(bare[1].rssBytes) };
  bareRelay.stop();
  bareAgent.stop();
  return {
    goal: 'ratio < 2, flat',
    relayRatio: Math.round(((last?.relayMb ?? 0) / bareMb.relay) * 100) / 100,
    agentRatio: Math.round(((last?.agentMb ?? 0) / bareMb.agent) * 100) / 100,
    bareMb,
    seen,
    // What grows from the one to the other is kept for good.
    heapAfterCollectionMb: { atEnd: heapAtEnd, afterOneStepMore: heapLater },
  };
}

/** Two collections: the first only finds what the second may free. */
async function heapAfterCollection(roles: readonly RunningRole[]): Promise<readonly number[]> {
  for (const role of roles) await role.collected();
  const costs = await Promise.all(roles.map((role) => role.collected()));
  return costs.map((cost) => megabytes(cost.heapBytes));
}

async function measureIdleAgents(): Promise<object> {
  const relay = await processes.start('relay');
  const before = await relay.collected();
  const idle = await processes.start('idle', { relayUrl: relay.url });
  const after = await relay.collected();
  idle.stop();
  relay.stop();
  return { goal: '< 100 KB each', kilobytesEach: Math.round((after.rssBytes - before.rssBytes) / 1024 / manyAgents) };
}

try {
  process.stdout.write(`${JSON.stringify(await run(), null, 2)}\n`);
} finally {
  processes.close();
}
