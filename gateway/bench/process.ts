/** One process of the bench: plays the role it is told by its parent, and says what it costs when asked. */
import type { BenchKeys } from './roles/keys.ts';

export interface RoleOrder {
  readonly role:
    | 'sap'
    | 'proxy'
    | 'relay'
    | 'agent'
    | 'idle'
    | 'json-relay'
    | 'json-agent'
    | 'large-reader'
    | 'bare-relay'
    | 'bare-agent';
  readonly keys: BenchKeys;
  readonly relayUrl: string;
  readonly sapUrl: string;
}

/** CPU of this process so far in microseconds, its memory, and what JavaScript objects take of it. */
export interface ProcessCost {
  readonly cpuMicros: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
}

async function play(order: RoleOrder): Promise<string> {
  const { role, keys, relayUrl, sapUrl } = order;
  switch (role) {
    case 'sap':
      return (await (await import('./roles/sap-answers.ts')).startSapAnswers()).url;
    case 'proxy':
      return (await (await import('./roles/reverse-proxy.ts')).startReverseProxy(sapUrl)).url;
    case 'relay':
      return (await (await import('./roles/gangway-relay.ts')).startBenchRelay(keys)).url;
    case 'agent':
      await (await import('./roles/gangway-agent.ts')).startBenchAgent(relayUrl, sapUrl, keys);
      return '';
    case 'idle':
      await (await import('./roles/gangway-agent.ts')).startIdleAgents(relayUrl, keys);
      return '';
    case 'json-relay':
      return (await (await import('./roles/json-relay.ts')).startJsonRelay()).url;
    case 'json-agent':
      await (await import('./roles/json-relay.ts')).startJsonAgent(relayUrl, sapUrl);
      return '';
    case 'large-reader':
      void (await import('./roles/large-reader.ts')).readLargeAnswers(relayUrl, keys);
      return '';
    case 'bare-relay':
      await import('./roles/gangway-relay.ts');
      return '';
    case 'bare-agent':
      await import('./roles/gangway-agent.ts');
      return '';
  }
}

function cost(): ProcessCost {
  const { user, system } = process.cpuUsage();
  return { cpuMicros: user + system, rssBytes: process.memoryUsage.rss(), heapBytes: process.memoryUsage().heapUsed };
}

process.on('message', (message: RoleOrder | 'cost' | 'collect') => {
  if (message === 'cost') process.send?.(cost());
  else if (message === 'collect') {
    globalThis.gc?.();
    process.send?.(cost());
  } else {
    void play(message).then((url) => process.send?.({ url }));
  }
});
// An orderly exit, because only that writes a profile.
process.on('SIGINT', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
