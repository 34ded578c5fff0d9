/** Starts a relay: listens for Salesforce and for agents, drains, stops. */
import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { GatewayError } from '../errors/index.ts';
import type { OrgId, SapSystemId } from '../model/index.ts';
import { createOrgTokenVerifier } from '../org-token/index.ts';
import { sleep } from '../timing/index.ts';
import { acceptAgents } from './accept-agents.ts';
import { createApp } from './app.ts';
import { createAgentAuthenticator } from './authenticate-agent.ts';
import { createCalls } from './calls.ts';
import { answerClientError } from './client-error.ts';
import { OrgLimits } from './org-limits.ts';
import { createReadiness } from './readiness.ts';
import { createRelayMetrics } from './relay-metrics.ts';
import { compileRoutes } from './route-matcher.ts';
import { ServiceBook } from './service-book.ts';
import { answerServicesDocument, servicesDocumentPath } from './services-answer.ts';
import { Sessions } from './sessions.ts';
import { defaultLimits } from './settings.ts';
import type { RegisteredAgent, RelayHandle, RelayLimits, RelayParts, RelaySettings } from './settings.ts';

/**
 * Against clients that send slowly or too much: headers within 10 s and 16 KB, the whole request within 30 s, and
 * idle connections kept a little longer than the 60 s of common load balancers, so that those close first.
 */
const serverOptions = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16 * 1024,
  connectionsCheckingInterval: 5_000,
};
/** One process has about 65,000 descriptors; a tenth is more than an org's callouts need. */
const maxConnections = 6_000;

/** Listens for Salesforce and for agents; resolves when both can connect. */
export async function startRelay(settings: RelaySettings, parts: RelayParts): Promise<RelayHandle> {
  const relay = new Relay(settings, parts);
  await relay.listen();
  return relay;
}

class Relay implements RelayHandle {
  readonly #settings: RelaySettings;
  readonly #parts: RelayParts;
  readonly #sessions = new Sessions();
  readonly #services: ServiceBook;
  readonly #registered: (org: OrgId, system: SapSystemId) => number;
  readonly #verifier;
  readonly #server: Server;
  readonly #agents: { readonly hangUp: () => void };
  #port = 0;
  #isDraining = false;
  /** Calls whose answer is not complete. */
  #running = 0;
  #onIdle: () => void = () => undefined;

  constructor(settings: RelaySettings, parts: RelayParts) {
    this.#settings = settings;
    this.#parts = parts;
    this.#registered = registeredFor(settings.agents);
    this.#services = new ServiceBook(this.#sessions, this.#registered);
    this.#verifier = createOrgTokenVerifier(settings, parts.clock);
    const limits = { ...defaultLimits, ...settings.limits };
    this.#server = this.#createServer(this.#createListener(limits));
    this.#server.maxConnections = maxConnections;
    this.#server.on('clientError', answerClientError);
    this.#agents = acceptAgents(this.#server, {
      ...parts,
      authenticator: createAgentAuthenticator(settings.agents, settings.audience, parts.clock),
      sessions: this.#sessions,
      services: this.#services,
      maxAgents: limits.maxAgents,
      isDraining: () => this.#isDraining,
    });
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    const { host, tls } = this.#settings.listen;
    return `${tls === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${this.port}`;
  }

  listen(): Promise<void> {
    const { host, port } = this.#settings.listen;
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host, port }, () => {
        this.#server.off('error', reject);
        const address = this.#server.address();
        if (address !== null && typeof address === 'object') this.#port = address.port;
        resolve();
      });
    });
  }

  replaceOrgs: RelayHandle['replaceOrgs'] = (orgs) => this.#verifier.replaceOrgs(orgs);

  async drain(graceMs: number): Promise<void> {
    this.#isDraining = true;
    for (const { session } of this.#sessions.all()) session.goAway();
    const stop = new AbortController();
    const idle = new Promise<void>((resolve) => {
      this.#onIdle = () => {
        if (this.#running === 0) resolve();
      };
      this.#onIdle();
    });
    await Promise.race([idle, sleep(this.#parts.clock, graceMs, stop.signal)]);
    stop.abort();
    await this.close();
  }

  async close(): Promise<void> {
    this.#isDraining = true;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const { session } of this.#sessions.all()) session.close(new GatewayError('RELAY_DRAINING'));
    this.#agents.hangUp();
    this.#server.closeAllConnections();
    await closed;
  }

  #createServer(listener: RequestListener): Server {
    const { tls } = this.#settings.listen;
    if (tls === undefined) return createHttpServer(serverOptions, listener);
    return createHttpsServer({ ...serverOptions, cert: tls.certificate(), key: tls.privateKey() }, listener);
  }

  #createListener(limits: RelayLimits): RequestListener {
    const { clock, log, metrics } = this.#parts;
    const orgLimits = new OrgLimits(limits, clock);
    const calls = createCalls({
      clock,
      log,
      limits,
      routes: compileRoutes(),
      verifier: this.#verifier,
      orgLimits,
      sessions: this.#sessions,
      services: this.#services,
      metrics: createRelayMetrics(metrics, {
        connectedAgents: () => this.#sessions.size,
        runningCalls: () => orgLimits.running,
      }),
      isServed: (org, system) => this.#registered(org, system) > 0,
      isDraining: () => this.#isDraining,
    });
    const checkReady = createReadiness(this.#sessions, clock, () => this.#isDraining);
    const { audience } = this.#settings;
    const documents = { verifier: this.#verifier, orgLimits, services: this.#services, audience };
    const app = createApp({
      ...{ registry: metrics, audience, checkReady },
      answerServices: (request, response) => answerServicesDocument(documents, request, response),
    });
    return (request, response) => {
      this.#track(response);
      // Calls do not pass through Express: decision 0003 has the numbers.
      if (isCall(request)) calls(request, response);
      else app(request, response);
    };
  }

  #track(response: ServerResponse): void {
    this.#running += 1;
    if (this.#isDraining) response.shouldKeepAlive = false;
    response.once('close', () => {
      this.#running -= 1;
      this.#onIdle();
    });
  }
}

function isCall(request: IncomingMessage): boolean {
  const url = request.url ?? '';
  return url.startsWith('/v1/') && !documents.some(({ path, asked }) => url === path || url.startsWith(asked));
}

const documents = ['/v1/openapi.json', servicesDocumentPath].map((path) => ({ path, asked: `${path}?` }));

/** Looked up for each call, so it is worked out once. */
function registeredFor(agents: readonly RegisteredAgent[]): (org: OrgId, system: SapSystemId) => number {
  const routes = agents.flatMap((agent) =>
    agent.orgs.flatMap((org) => agent.systems.map((system) => `${org} ${system}`)),
  );
  const counts = new Map<string, number>();
  for (const route of routes) counts.set(route, (counts.get(route) ?? 0) + 1);
  return (org, system) => counts.get(`${org} ${system}`) ?? 0;
}
