/** Starts a simulated Salesforce org: its REST API, its Apex, and the page people use it with. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ZodError } from 'zod';
import { maintainCustomerKey } from './apex/account-customer-key.ts';
import { readLabels } from './apex/labels.ts';
import { apexRoutes } from './apex/routes.ts';
import { mailboxRoutes, thisPackage } from './apex/mailbox/rest-routes.ts';
import type { PackageVersion } from './apex/mailbox/rest-routes.ts';
import { findRoute, readBody, sendAnswer } from './http.ts';
import type { HttpAnswer, Route } from './http.ts';
import { SalesforceError, notFound } from './org/errors.ts';
import { orgData } from './org/load-data.ts';
import type { OrgData } from './org/load-data.ts';
import { Org } from './org/org.ts';
import type { ValidationRule } from './org/record-store.ts';
import { homePath, pageRoutes } from './page/routes.ts';
import { RestSessions } from './rest/oauth.ts';
import type { ConnectedApp } from './rest/oauth.ts';
import { ApiAllowance, guard, restRoutes } from './rest/rest-api.ts';

/** What a simulated org is told at start. */
export interface SalesforceSimulatorOptions {
  /** People and records, or a JSON file with them; the default set when absent. */
  readonly data?: string | OrgData | undefined;
  /** The package's folder; its objects, permission sets and custom metadata are read from there. */
  readonly packageFolder?: string | undefined;
  /** Set where the package is installed with a namespace. */
  readonly namespace?: string | undefined;
  readonly port?: number | undefined;
  /** Where the Named Credential points. */
  readonly relayUrl: string;
  /** `aud` of the org's tokens: the relay's public URL. */
  readonly audience: string;
  /** 15 or 18 characters. */
  readonly orgId: string;
  /** PEM (PKCS 8) of the External Credential's signing key. */
  readonly privateKey: string;
  /** Folder of the page, made by local-org. */
  readonly pageDir?: string | undefined;
  /** Committed records are kept here over a restart; without it each start is a fresh org. */
  readonly stateFile?: string | undefined;
  /** Base URL of the simulated SAP, for the drawer of faults. */
  readonly sapSimulatorUrl?: string | undefined;
  readonly connectedApps?: readonly ConnectedApp[] | undefined;
  /** Daily REST calls; a Developer Edition has 15,000. */
  readonly dailyApiRequests?: number | undefined;
  /** A package that knows another contract of the mailbox, or null: none is installed. This repository's when absent. */
  readonly installedPackage?: PackageVersion | null | undefined;
  readonly now?: (() => number) | undefined;
}

/** A running org. */
export interface SalesforceSimulator {
  readonly url: string;
  readonly port: number;
  readonly org: Org;
  /** Address of the record the page opens with. */
  readonly homeUrl: string;
  /** An admin's validation rule: returns the message that refuses a record, or null. */
  addValidationRule(rule: ValidationRule): void;
  /** Ends every REST session. */
  expireSessions(): void;
  /** Leaves this many REST calls for today. */
  leaveApiRequests(count: number): void;
  close(): Promise<void>;
}

const defaultData = fileURLToPath(new URL('data/default.json', import.meta.url));
const defaultPackage = fileURLToPath(new URL('../../../force-app/main', import.meta.url));
const developerEditionRequests = 15_000;

const readData = (data: string | OrgData): OrgData =>
  orgData.parse(typeof data === 'string' ? JSON.parse(readFileSync(data, 'utf8')) : data);

const toAnswer = (error: unknown): HttpAnswer => {
  if (error instanceof SalesforceError) return { status: error.status, body: [error.entry] };
  if (error instanceof ZodError)
    return { status: 400, body: [{ errorCode: 'JSON_PARSER_ERROR', message: error.message }] };
  const message = error instanceof Error ? error.message : String(error);
  return { status: 500, body: [{ errorCode: 'UNKNOWN_EXCEPTION', message }] };
};

async function answerCall(routes: readonly Route[], request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const url = new URL(request.url ?? '/', 'http://org.invalid');
    const method = request.method ?? 'GET';
    const found = findRoute(routes, method, url.pathname);
    const body = await readBody(request);
    if (found === undefined) throw notFound();
    sendAnswer(response, await found.route.handle({ method, url, parts: found.parts, headers: request.headers, body }));
  } catch (error) {
    sendAnswer(response, toAnswer(error));
  }
}

/** Starts the org; it listens on the loopback address only. */
export async function startSalesforceSimulator(options: SalesforceSimulatorOptions): Promise<SalesforceSimulator> {
  const data = readData(options.data ?? defaultData);
  const packageFolder = options.packageFolder ?? defaultPackage;
  const now = options.now ?? Date.now;
  const { orgId, namespace, stateFile } = options;
  const labels = readLabels(packageFolder);
  const org = new Org({
    id: orgId,
    data,
    packageFolder,
    namespace,
    stateFile,
    now,
    triggers: [
      (one, object, row, before) => (object === 'Account' ? maintainCustomerKey(one, labels, row, before) : row),
    ],
  });
  const allowance = new ApiAllowance(options.dailyApiRequests ?? developerEditionRequests);
  const address = { url: '' };
  const sessions = new RestSessions(org, options.connectedApps ?? [], () => address.url);
  const apex = apexRoutes(org, { ...options, labels });
  const routes = [
    ...restRoutes(org, sessions, allowance),
    ...(options.installedPackage === null
      ? []
      : mailboxRoutes(org, labels, options.installedPackage ?? thisPackage, guard(sessions, allowance))),
    ...apex.routes,
    ...pageRoutes(org, { pageDir: options.pageDir, sapSimulatorUrl: options.sapSimulatorUrl }),
  ];
  const server = createServer((request, response) => void answerCall(routes, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  address.url = `http://127.0.0.1:${port}`;
  return {
    url: address.url,
    port,
    org,
    homeUrl: address.url + homePath(org),
    addValidationRule: (rule) => void org.store.validationRules.push(rule),
    expireSessions: () => sessions.endAll(),
    leaveApiRequests: (count) => {
      allowance.used = Math.max(0, allowance.max - count);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await apex.close();
    },
  };
}
