/** What `gangway check` looks at on the way out: the proxy, each relay, and the relay's clock. */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { GatewayError } from '../errors/index.ts';
import { silentLog } from '../telemetry/index.ts';
import { Deadline, sleep } from '../timing/index.ts';
import type { Clock } from '../timing/index.ts';
import type { Executor } from './call.ts';
import { warnOf } from './check-result.ts';
import type { CheckGroup, Finding } from './check-result.ts';
import type { AgentSettings } from './settings.ts';
import { startAgent } from './start-agent.ts';

/** Long enough for a slow proxy and a TLS handshake. */
const relayTimeoutMs = 15_000;
/** Tokens live a few minutes, and both ends allow for a minute: from two on calls begin to be refused. */
export const maxClockDifferenceMs = 120_000;

/** The clock first: where it is wrong the relay refuses the agent's proof, and the clock is the reason. */
export function relayChecks(url: string, settings: AgentSettings, clock: Clock): CheckGroup {
  return [
    { name: `relay ${url} clock`, run: () => checkRelayClock(url, settings, clock) },
    { name: `relay ${url}`, run: () => checkRelay(url, settings, clock) },
  ];
}

/** A real handshake with the agent's own key; it ends before a call could come. */
async function checkRelay(url: string, settings: AgentSettings, clock: Clock): Promise<string> {
  const takesNothing: Executor = {
    execute: () => Promise.reject(new GatewayError('AGENT_DRAINING')),
    drain: () => Promise.resolve(),
  };
  const agent = startAgent({ ...settings, relays: [url] }, takesNothing, { clock, log: silentLog });
  const deadline = Deadline.in(clock, relayTimeoutMs);
  try {
    for (;;) {
      if (agent.isReady) return 'reached, and this agent is accepted';
      const failure = agent.relays[0]?.lastFailure;
      if (failure === 'AGENT_CREDENTIAL_REFUSED' || failure === 'PROTOCOL_VERSION_UNSUPPORTED')
        throw new GatewayError(failure);
      if (failure !== undefined || deadline.hasPassed) throw new GatewayError('RELAY_UNREACHABLE');
      await sleep(clock, 20);
    }
  } finally {
    await agent.close();
  }
}

/** By the `Date` of an HTTP answer; whatever else the answer is does not matter. */
async function checkRelayClock(url: string, { proxyUrl }: AgentSettings, clock: Clock): Promise<string | Finding> {
  const startedMs = clock.now();
  const date = await dateOf(new URL('/health/live', url.replace(/^ws/, 'http')), proxyUrl);
  if (date === undefined) return { state: 'skipped', finding: 'the relay did not say its time' };
  // `Date` has full seconds, of which half has passed on average.
  const differenceMs = date + 500 - (startedMs + clock.now()) / 2;
  const seconds = Math.round(Math.abs(differenceMs) / 1000);
  if (Math.abs(differenceMs) <= maxClockDifferenceMs) return `is ${seconds} s from the relay's`;
  return warnOf(new GatewayError('CLOCK_WRONG', { seconds, whose: "the relay's" }));
}

function dateOf(url: URL, proxyUrl: string | undefined): Promise<number | undefined> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const agent = proxyUrl === undefined ? undefined : new HttpsProxyAgent(proxyUrl);
  return new Promise((resolve) => {
    const sent = request(url, { method: 'GET', timeout: relayTimeoutMs, ...(agent && { agent }) }, (answer) => {
      const ms = Date.parse(answer.headers.date ?? '');
      answer.destroy();
      resolve(Number.isNaN(ms) ? undefined : ms);
    });
    sent.on('timeout', () => sent.destroy());
    // That it cannot be reached is what the next check says.
    sent.on('error', () => resolve(undefined));
    sent.end();
  });
}
