/** A relay and agents with published services: real sockets, the real executor, a journal in memory, a scripted SAP. */
import { request } from 'undici';
import { createExecutor } from '../../src/agent/execute/index.ts';
import type { AgentHandle, AgentSettings } from '../../src/agent/index.ts';
import { createMetrics, silentLog as log } from '../../src/telemetry/index.ts';
import { systemClock as clock } from '../../src/timing/index.ts';
import { MemoryJournal } from '../agent/execute/memory-journal.ts';
import { ScriptedSap } from '../agent/execute/scripted-sap.ts';
import type { ScriptedServices } from '../agent/execute/scripted-services.ts';
import { makeToken, system } from './house.ts';
import type { House, TokenChanges } from './house.ts';

/** An agent with these services; its journal is its own. */
export function serve(
  house: House,
  relays: readonly string[],
  services: ScriptedServices,
  changes: Partial<AgentSettings> = {},
): AgentHandle {
  const published = new Map([[system, services]]);
  const sap = new Map([[system, new ScriptedSap()]]);
  const journal = new MemoryJournal();
  const executor = createExecutor({
    ...{ sap, services: published, journal, clock, log },
    metrics: createMetrics('agent'),
  });
  return house.agent(relays, executor, changes, clock, published);
}

export interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Instead of `body`, as it is. */
  readonly text?: string;
  readonly token?: TokenChanges;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Calls a service, or whatever else is at the path. */
export async function ask(url: string, path: string, asked: Asked = {}): Promise<Answered> {
  const { method = 'POST', key, headers = {}, token } = asked;
  const text = asked.text ?? (asked.body === undefined ? undefined : JSON.stringify(asked.body));
  const answer = await request(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await makeToken(token)}`,
      ...(text === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...headers,
    },
    ...(text === undefined ? {} : { body: text }),
  });
  const said: unknown = await answer.body.json();
  return { status: answer.statusCode, headers: answer.headers, body: { ...Object(said) } };
}

/** The names that the relay describes for this caller. */
export async function described(url: string, token?: TokenChanges): Promise<readonly string[]> {
  const { body } = await ask(url, '/v1/services/openapi.json', {
    method: 'GET',
    ...(token === undefined ? {} : { token }),
  });
  return Object.keys({ ...Object(body['paths']) }).map((path) => path.replace('/v1/services/', ''));
}

/** Resolves when the relay describes just these. */
export async function untilDescribed(url: string, names: readonly string[]): Promise<void> {
  const wanted = [...names].sort().join(' ');
  for (;;) if ([...(await described(url))].sort().join(' ') === wanted) return;
}
