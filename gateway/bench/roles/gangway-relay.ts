/** The relay of the bench: the product's own, every check on, limits above what the bench sends. */
import { orgId, sapSystemId } from '../../src/model/index.ts';
import { startRelay } from '../../src/relay/index.ts';
import { createMetrics, createLog } from '../../src/telemetry/index.ts';
import { systemClock } from '../../src/timing/index.ts';
import { audience, manyAgents, orgText, systemText } from './keys.ts';
import type { BenchKeys } from './keys.ts';

/** Starts it for one agent under load and a thousand idle ones. */
export async function startBenchRelay(keys: BenchKeys): Promise<{ readonly url: string }> {
  const org = orgId.parse(orgText);
  const system = sapSystemId.parse(systemText);
  const ids = ['agent', ...Array.from({ length: manyAgents }, (_unused, index) => `idle-${index}`)];
  const relay = await startRelay(
    {
      listen: { host: '127.0.0.1', port: 0 },
      audience,
      orgs: [{ id: org, certificates: [keys.org.publicKey], systems: [system] }],
      agents: ids.map((id) => ({ id, publicKey: keys.agent.publicKey, orgs: [org], systems: [system] })),
      limits: { callsPerSecond: 1_000_000, concurrentCalls: 1_000 },
    },
    {
      clock: systemClock,
      log: createLog('relay', { level: 'info' }),
      metrics: createMetrics('relay', { withProcess: true }).registry,
    },
  );
  return { url: relay.url };
}
