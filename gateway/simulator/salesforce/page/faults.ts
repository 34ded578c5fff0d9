/** The faults a visitor may switch on in the simulated SAP. */
import { request } from 'undici';
import { z } from 'zod';
import type { HttpAnswer, HttpCall } from '../http.ts';
import { parseJson } from '../http.ts';
import { SalesforceError } from '../org/errors.ts';

/** One switch of the drawer, and the faults of the simulator it stands for. */
interface OfferedFault {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly faults: readonly Readonly<Record<string, string | number>>[];
}

/** Slow enough to be seen, short enough not to end in a deadline. */
const slowMs = 4_000;

const offered: readonly OfferedFault[] = [
  {
    id: 'away',
    label: 'SAP is away',
    description: 'Every connection breaks: panels show the last answer and its age.',
    faults: [{ kind: 'cut-before-commit' }],
  },
  {
    id: 'slow',
    label: 'SAP is slow',
    description: 'Every call takes four seconds longer.',
    faults: [{ kind: 'slow', delayMs: slowMs }],
  },
  {
    id: 'busy',
    label: 'All work processes are busy',
    description: 'SAP takes no call until somebody is done.',
    faults: [{ kind: 'work-processes-exhausted' }],
  },
  {
    id: 'lock',
    label: 'Record is locked',
    description: 'User SMITH holds the lock: creating a customer has to wait.',
    faults: [{ kind: 'lock-held', user: 'SMITH' }],
  },
  {
    id: 'dump',
    label: 'Short dump',
    description: 'SAP ends each call with a runtime error (ST22).',
    faults: [{ kind: 'short-dump' }],
  },
  {
    id: 'cut-after-commit',
    label: 'Answer lost after the commit',
    description: 'SAP creates the customer once, but the answer never arrives.',
    faults: [{ kind: 'cut-after-commit', function: 'Z_GANGWAY_CUSTOMER_CREATE', times: 1 }],
  },
];

const change = z.object({ id: z.enum(offered.map(({ id }) => id)), isOn: z.boolean() });
const activeFaults = z.array(z.object({ kind: z.string() }));

async function exchange(url: string, method: 'GET' | 'POST' | 'DELETE', body?: unknown): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const answer = await request(`${url}/simulator/faults`, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
  });
  const content = await answer.body.json();
  if (answer.statusCode < 300) return content;
  throw new SalesforceError('SERVER_UNAVAILABLE', 'The simulated SAP did not take the fault', { status: 502 });
}

/** One that was to strike once and did is off again, so the simulator is asked. */
async function switchedOn(url: string): Promise<Set<string>> {
  const kinds = activeFaults.parse(await exchange(url, 'GET')).map(({ kind }) => kind);
  return new Set(
    offered.filter(({ faults }) => faults.every(({ kind }) => kinds.includes(String(kind)))).map(({ id }) => id),
  );
}

/** `GET /api/page/faults`: what the drawer offers and what is on. */
export async function readFaults(sapSimulatorUrl: string): Promise<HttpAnswer> {
  const on = await switchedOn(sapSimulatorUrl);
  const body = offered.map(({ id, label, description }) => ({ id, label, description, isOn: on.has(id) }));
  return { status: 200, body };
}

/** `POST /api/page/faults`: switches one; the simulator only adds and clears, so the others are added again. */
export async function changeFaults(sapSimulatorUrl: string, call: HttpCall): Promise<HttpAnswer> {
  const { id, isOn } = change.parse(parseJson(call));
  const on = await switchedOn(sapSimulatorUrl);
  if (isOn) on.add(id);
  else on.delete(id);
  await exchange(sapSimulatorUrl, 'DELETE');
  for (const fault of offered.filter((one) => on.has(one.id)).flatMap((one) => one.faults)) {
    await exchange(sapSimulatorUrl, 'POST', fault);
  }
  return readFaults(sapSimulatorUrl);
}
