/** The programs, each as a process of its own: they start, find each other, drain and die as operators expect. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SignJWT, importPKCS8 } from 'jose';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { checkReport } from '../../src/agent/index.ts';
import { createExampleFolder, org } from '../config/example-files.ts';
import { Gangway, gangway } from './gangway.ts';

/** Up to four processes are started one after the other; a busy machine needs patience. */
const patienceMs = 120_000;

let folder: string;
const running: Gangway[] = [];
beforeEach(() => {
  folder = createExampleFolder();
});
afterEach(async () => {
  for (const program of running) program.signal('SIGKILL');
  await Promise.all(running.splice(0).map((program) => program.ended));
  rmSync(folder, { recursive: true });
});

const file = (name: string): string => join(folder, name);
function start(...args: readonly string[]): Gangway {
  const program = new Gangway(args);
  running.push(program);
  return program;
}

async function startSap(): Promise<string> {
  const sap = start('simulate', 'sap');
  const [, url = ''] = await sap.said(/is ready: (http:\S+)/);
  return url;
}
async function startRelay(): Promise<{ readonly relay: Gangway; readonly url: string }> {
  const relay = start('relay', '--config', file('relay.yaml'), '--set', 'log.level=debug');
  const [, url = ''] = await relay.said(/listening on (http:\S+)/);
  return { relay, url };
}
const agentArgs = (relayUrl: string, sapUrl: string): readonly string[] => [
  ...['--config', file('agent.yaml'), '--set', `agent.relays=${relayUrl.replace('http', 'ws')}`],
  ...['--set', `sap.url=${sapUrl}`, '--set', 'sap.client=100', '--set', 'log.level=debug'],
];
async function startAgent(relayUrl: string, sapUrl: string): Promise<Gangway> {
  const agent = start('agent', ...agentArgs(relayUrl, sapUrl));
  await agent.said(/connected/);
  return agent;
}

/** What the Named Credential would send. */
async function tokenOf(): Promise<string> {
  const key = await importPKCS8(readFileSync(file('org-key.pem'), 'utf8'), 'RS256');
  return new SignJWT({ sub: 'rep@example.com' })
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(org)
    .setAudience('http://127.0.0.1:8443')
    .setIssuedAt()
    .setExpirationTime('2m')
    .sign(key);
}
interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}
async function call(url: string, path: string, init: Sent = {}): Promise<{ status: number; body: unknown }> {
  const headers = { authorization: `Bearer ${await tokenOf()}`, ...init.headers };
  const response = await fetch(`${url}${path}`, { ...init, headers });
  return { status: response.status, body: await response.json() };
}

const draft = {
  name: 'Fjordlys Energi AS',
  address: { street: 'Bryggen', houseNumber: '7', postalCode: '5003', city: 'Bergen', country: 'NO' },
  language: 'EN',
  salesArea: { salesOrganization: '1000', distributionChannel: '10', division: '00' },
  companyCode: '1000',
  paymentTerms: 'ZB30',
  currency: 'EUR',
};
const create = (url: string): Promise<{ status: number; body: unknown }> =>
  call(url, '/v1/customers', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'customer.create:0015g00000FJORD' },
    body: JSON.stringify(draft),
  });
const created = z.object({ state: z.string(), customer: z.object({ number: z.string() }).nullable() });

const createFunction = 'Z_GANGWAY_CUSTOMER_CREATE';
const readText = async (url: string): Promise<string> => (await fetch(url)).text();
const addFault = (sapUrl: string, fault: object): Promise<unknown> =>
  fetch(`${sapUrl}/simulator/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  });
const nameAndNumber = z.array(z.object({ NAME1: z.string(), KUNNR: z.string() }));
const tableRows = nameAndNumber.or(z.object({ rows: nameAndNumber }).transform((answer) => answer.rows));
async function customersInSap(sapUrl: string): Promise<readonly string[]> {
  const found = tableRows.parse(JSON.parse(await readText(`${sapUrl}/simulator/tables/KNA1`)));
  return found.filter(({ NAME1 }) => NAME1 === draft.name).map(({ KUNNR }) => KUNNR);
}
/** Asks again and again until there is an answer; the test's own time limit ends it. */
async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('relay, agent and simulated SAP', () => {
  test(
    'carry a question to SAP and back, create a customer once, and drain',
    async () => {
      const sapUrl = await startSap();
      const { relay, url } = await startRelay();
      const agent = await startAgent(url, sapUrl);
      expect(await call(url, '/v1/customers/104711')).toMatchObject({
        status: 200,
        body: { name: 'Nordwind Logistik GmbH' },
      });

      const first = await create(url);
      expect(first).toMatchObject({ status: 201, body: { state: 'done' } });
      expect(await create(url)).toMatchObject({
        status: 200,
        body: { isRepeat: true, customer: created.parse(first.body).customer },
      });

      const ended = [await agent.stop(), await relay.stop()];
      expect(ended.map(({ code }) => code)).toEqual([0, 0]);
      for (const { out, err } of ended) {
        expect(out + err).not.toMatch(/Fjordlys|Nordwind|Bergen|Bryggen|Gangway-Sim|Bearer|rep@example/);
      }
    },
    patienceMs,
  );

  test.each([
    ['before its commit', { kind: 'cut-before-commit', times: 1 }],
    ['after its commit', { kind: 'cut-after-commit', times: 1 }],
  ])(
    'a connection that SAP loses %s ends in one customer, found by looking',
    async (_, fault) => {
      const sapUrl = await startSap();
      const { url } = await startRelay();
      await startAgent(url, sapUrl);
      await addFault(sapUrl, { ...fault, function: createFunction });
      const first = await create(url);
      expect(first).toMatchObject({ status: 201, body: { state: 'done', customer: { system: 'ERPCLNT100' } } });
      expect(await customersInSap(sapUrl)).toEqual([created.parse(first.body).customer?.number]);
    },
    patienceMs,
  );

  test(
    'an agent that is killed while SAP works finds the number when it is back, by itself',
    async () => {
      const sapUrl = await startSap();
      const { url } = await startRelay();
      const agent = await startAgent(url, sapUrl);
      await addFault(sapUrl, { kind: 'slow', stage: 'commit', delayMs: 1_500, times: 1, function: createFunction });
      const asked = create(url).catch(() => undefined);
      // A fault that has struck is listed no more.
      await until(async () => (await readText(`${sapUrl}/simulator/faults`)) === '[]' || undefined);
      agent.signal('SIGKILL');
      await asked;
      await startAgent(url, sapUrl);
      const end = await until(async () => {
        const { body } = await call(url, '/v1/operations/customer.create:0015g00000FJORD');
        const parsed = created.safeParse(body);
        return parsed.data?.state === 'done' ? parsed.data : undefined;
      });
      expect(await customersInSap(sapUrl)).toEqual([end.customer?.number]);
      expect(await create(url)).toMatchObject({ status: 200, body: { customer: end.customer } });
    },
    patienceMs,
  );

  test(
    'an agent that lost its journal gets the same number from SAP',
    async () => {
      const sapUrl = await startSap();
      const { url } = await startRelay();
      const agent = await startAgent(url, sapUrl);
      const first = created.parse((await create(url)).body);
      agent.signal('SIGKILL');
      await agent.ended;
      // Its journal is lost with its machine; the next one has only SAP to ask.
      for (const end of ['', '-wal', '-shm']) rmSync(file(`journal.db${end}`), { force: true });
      await startAgent(url, sapUrl);
      expect(await create(url)).toMatchObject({ status: 200, body: { isRepeat: true, customer: first.customer } });
    },
    patienceMs,
  );

  test(
    'a second agent on the same journal refuses to start with 4',
    async () => {
      const sapUrl = await startSap();
      const { url } = await startRelay();
      await startAgent(url, sapUrl);
      const { code, err } = await gangway(['agent', ...agentArgs(url, sapUrl)]);
      expect(code).toBe(4);
      expect(err).toMatch(/in use by another agent/);
    },
    patienceMs,
  );

  test(
    'read their orgs anew on SIGHUP, and keep the old ones when the new ones are wrong',
    async () => {
      const sapUrl = await startSap();
      const { relay, url } = await startRelay();
      await startAgent(url, sapUrl);
      const certificate = readFileSync(file('org.pem'), 'utf8');
      writeFileSync(file('org.pem'), readFileSync(file('agent-public.pem'), 'utf8'));
      relay.signal('SIGHUP');
      await relay.said(/CONFIG_INVALID[^]*Everything stays as it was/);
      expect((await call(url, '/v1/customers/104711')).status).toBe(200);
      writeFileSync(file('org.pem'), certificate);
      relay.signal('SIGHUP');
      await relay.said(/The orgs have been read anew/);
      expect((await call(url, '/v1/customers/104711')).status).toBe(200);
    },
    patienceMs,
  );

  test(
    'a relay whose port is taken says so and ends with 1',
    async () => {
      const { url } = await startRelay();
      const port = new URL(url).port;
      const { code, err } = await gangway([
        'relay',
        '--config',
        file('relay.yaml'),
        '--set',
        `relay.listen.port=${port}`,
      ]);
      expect(code).toBe(1);
      expect(err).toMatch(/^LISTEN_FAILED: .*EADDRINUSE/m);
    },
    patienceMs,
  );
});

test(
  'an agent in front of another SAP system says so at once',
  async () => {
    const sapUrl = await startSap();
    const { url } = await startRelay();
    const text = readFileSync(file('agent.yaml'), 'utf8').replaceAll('ERPCLNT100', 'QASCLNT100');
    writeFileSync(file('agent.yaml'), text);
    const agent = start('agent', ...agentArgs(url, sapUrl));
    const [line] = await agent.said(/\{.*Another SAP system answers.*\}/);
    expect(JSON.parse(line)).toMatchObject({ code: 'SAP_SYSTEM_MISMATCH', system: 'QASCLNT100', found: 'ERPCLNT100' });
  },
  patienceMs,
);

describe('gangway check', () => {
  const check = async (...args: readonly string[]) => {
    const { code, out } = await gangway(['check', '--json', ...args]);
    return { code, ...checkReport.parse(JSON.parse(out)) };
  };

  test(
    'finds everything in order',
    async () => {
      const sapUrl = await startSap();
      const { url } = await startRelay();
      const found = await check(...agentArgs(url, sapUrl));
      expect(found.results.filter(({ state }) => state !== 'passed')).toEqual([]);
      const names = found.results.map(({ name }) => name);
      const some = [
        'disk',
        'secrets',
        'SAP system',
        'SAP clock',
        'SAP ABAP pack',
        'SAP function RFC_PING',
        'SAP credit',
      ];
      expect(names).toEqual(expect.arrayContaining(some));
      expect([found.code, found.ok]).toEqual([0, true]);
    },
    patienceMs,
  );

  test(
    'names what is wrong, whose it is, and goes on with the rest',
    async () => {
      const sapUrl = await startSap();
      writeFileSync(file('password'), 'wrong');
      const relays = `agent.relays=ws://127.0.0.1:${await closedPort()}`;
      const found = await check(...agentArgs('http://unused', sapUrl), '--set', relays);
      expect([found.code, found.ok]).toEqual([1, false]);
      const failed = found.results.filter(({ state }) => state === 'failed');
      expect(failed.map(({ code }) => code)).toEqual(['RELAY_UNREACHABLE', 'SAP_LOGON_REFUSED']);
      expect(failed.every(({ advice }) => (advice ?? '').length > 10)).toBe(true);
      // After a refused logon nothing more is tried, so that the user is not locked.
      const inSap = found.results.filter(({ name }) => name.startsWith('SAP'));
      expect(inSap.length).toBeGreaterThan(7);
      expect(new Set(inSap.slice(1).map(({ state }) => state))).toEqual(new Set(['skipped']));
    },
    patienceMs,
  );

  test(
    "names SAP's missing library beside everything else",
    async () => {
      const { url } = await startRelay();
      const rfc = [
        '--set',
        'sap.driver=node-rfc',
        '--set',
        'sap.rfc.host=sap.example',
        '--set',
        'sap.rfc.systemNumber=00',
      ];
      const found = await check(...agentArgs(url, 'http://127.0.0.1:9'), ...rfc);
      expect(found.results.find(({ name }) => name === 'SAP logon')).toMatchObject({
        state: 'failed',
        code: 'SAP_SDK_MISSING',
        owner: 'operator',
      });
      expect(found.results.find(({ name }) => /^relay \S+$/.test(name))).toMatchObject({ state: 'passed' });
      expect(found.results.map(({ name }) => name)).toContain('threads');
    },
    patienceMs,
  );

  test(
    'says when the relay does not know this key',
    async () => {
      const sapUrl = await startSap();
      const { url } = await startRelay();
      rmSync(file('agent.pem'));
      await gangway(['keys', 'create', '--file', file('agent.pem')]);
      const found = await check(...agentArgs(url, sapUrl));
      expect(found.results.find(({ name }) => /^relay \S+$/.test(name))).toMatchObject({
        code: 'AGENT_CREDENTIAL_REFUSED',
      });
    },
    patienceMs,
  );
});

/** A port on which surely nobody listens: one that was free a moment ago. */
function closedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 1));
    });
  });
}
