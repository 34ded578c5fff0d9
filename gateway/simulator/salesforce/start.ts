/** Starts a simulated Salesforce org: its REST API, its Apex, and the page people use it with. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { listen } from './answer-calls.ts';
import { beforeArrival } from './apex/arrivals/triggers.ts';
import { accountMerged } from './apex/arrivals/account-merge.ts';
import { maintainCustomerKey } from './apex/account-customer-key.ts';
import { readLabels } from './apex/labels.ts';
import type { Labels } from './apex/problem.ts';
import { apexRoutes } from './apex/routes.ts';
import { mailboxRoutes, thisPackage } from './apex/mailbox/rest-routes.ts';
import type { PackageVersion } from './apex/mailbox/rest-routes.ts';
import { IngestJobs } from './bulk/ingest-routes.ts';
import { QueryJobs } from './bulk/query-jobs.ts';
import { EventBus } from './events/event-bus.ts';
import { startPubSubServer } from './events/pub-sub-server.ts';
import { controlOf } from './faults/control.ts';
import { controlRoutes } from './faults/control-routes.ts';
import { Faults } from './faults/faults.ts';
import { troubleRow } from './faults/row-trouble.ts';
import { Notifications } from './apex/outbox/notifications.ts';
import type { Notification } from './apex/outbox/notifications.ts';
import { automaticCreation } from './apex/outbox/outbox-rule.ts';
import { runTriggers } from './apex/outbox/triggers.ts';
import { orgData } from './org/load-data.ts';
import type { OrgData } from './org/load-data.ts';
import { Org } from './org/org.ts';
import type { ValidationRule } from './org/record-store.ts';
import { homePath, pageRoutes } from './page/routes.ts';
import { RestSessions, readConnectedApps } from './rest/oauth.ts';
import type { ConnectedApp } from './rest/oauth.ts';
import { ApiAllowance } from './rest/allowance.ts';
import { guard, restRoutes } from './rest/rest-api.ts';

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
  /** Apps that may log on to the REST API, or a JSON file with a list of them. */
  readonly connectedApps?: string | readonly ConnectedApp[] | undefined;
  /** Daily REST calls; a Developer Edition has 15,000. */
  readonly dailyApiRequests?: number | undefined;
  /** As if an admin had switched on in Setup that Accounts which become customers are created in SAP by themselves. */
  readonly automaticCreation?: boolean | undefined;
  /** Port of the Pub/Sub API; any free one when absent. */
  readonly pubSubPort?: number | undefined;
  /** How often a silent stream of events shows that it is alive. */
  readonly keepAliveMs?: number | undefined;
  /** False: without `/simulator`, the address where faults and counts are. */
  readonly hasControl?: boolean | undefined;
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
  /** Address of the Pub/Sub API: gRPC without TLS. */
  readonly pubSubUrl: string;
  readonly pubSubPort: number;
  /** What goes wrong on demand; see faults/faults.ts. */
  readonly faults: Faults;
  /** The org's platform events. */
  readonly bus: EventBus;
  /** Custom notifications that were sent, oldest first. */
  notifications(): readonly Notification[];
  /** Ends every stream of events, as a restart on Salesforce's side does; how many. */
  dropStreams(): number;
  /** Streams of events that are open. */
  openStreams(): number;
  /** Calls by kind, rows and events, as `GET /simulator/counts` tells them. */
  counts(): object;
  /** REST calls since the start, against the day's allowance. */
  apiRequests(): number;
  /** Ends every REST session, and the streams of events that were opened with one. */
  expireSessions(): void;
  /** Leaves this many REST calls for today. */
  leaveApiRequests(count: number): void;
  close(): Promise<void>;
}

const defaultData = fileURLToPath(new URL('data/default.json', import.meta.url));
const defaultPackage = fileURLToPath(new URL('../../../force-app/main', import.meta.url));
const developerEditionRequests = 15_000;
/** Salesforce's own promise. */
const defaultKeepAliveMs = 270_000;

const readData = (data: string | OrgData): OrgData =>
  orgData.parse(typeof data === 'string' ? JSON.parse(readFileSync(data, 'utf8')) : data);

/** The org with its records and its before-triggers. */
function openOrg(options: SalesforceSimulatorOptions, labels: Labels, now: () => number): Org {
  const given = readData(options.data ?? defaultData);
  const data =
    options.automaticCreation === true
      ? { ...given, customMetadata: { ...automaticCreation, ...given.customMetadata } }
      : given;
  const packageFolder = options.packageFolder ?? defaultPackage;
  const { orgId, namespace, stateFile } = options;
  return new Org({
    id: orgId,
    data,
    packageFolder,
    namespace,
    stateFile,
    now,
    triggers: [
      (one, object, row, before) => beforeArrival(one, labels, object, row, before),
      (one, object, row, before) => (object === 'Account' ? maintainCustomerKey(one, labels, row, before) : row),
    ],
  });
}

/** What ends a job of the Bulk API in the middle, once it was ordered. */
const jobTrouble = (faults: Faults): string | undefined => {
  const fault = faults.strike(['job-fails'], '');
  return fault === undefined ? undefined : (fault.message ?? 'InternalServerError : The job could not be processed');
};

interface OrgConnections {
  readonly labels: Labels;
  readonly faults: Faults;
  readonly bus: EventBus;
  readonly notifications: Notifications;
  readonly allowance: ApiAllowance;
}

/** What leaves a transaction of the org, and what may go wrong in one. */
function connectOrg(org: Org, { labels, faults, bus, notifications, allowance }: OrgConnections): void {
  org.notify = (type, accountIds) => notifications.send(type, accountIds);
  org.publish = (object, values, userId) => bus.publish(object, values, userId);
  org.afterMerge = (transaction, object, loser, master) => {
    if (object === 'Account') accountMerged(org, labels, transaction, loser, master);
  };
  org.troubleOf = (row) => troubleRow(faults, row);
  org.rowsWanted = (count) => {
    allowance.rows += count;
  };
  org.publishBell = (system, userId) =>
    bus.publish(org.named('SAP_Request_Ready__e'), { [org.named('System__c')]: system }, userId);
}

/** Starts the org; it listens on the loopback address only. */
export async function startSalesforceSimulator(options: SalesforceSimulatorOptions): Promise<SalesforceSimulator> {
  const now = options.now ?? Date.now;
  const labels = readLabels(options.packageFolder ?? defaultPackage);
  const org = openOrg(options, labels, now);
  const allowance = new ApiAllowance(options.dailyApiRequests ?? developerEditionRequests);
  const address = { url: '' };
  const sessions = new RestSessions(org, readConnectedApps(options.connectedApps ?? []), () => address.url);
  const apex = apexRoutes(org, { ...options, labels });
  const faults = new Faults();
  const bus = new EventBus(now);
  bus.fate = () => faults.fateOfEvent();
  const notifications = new Notifications(org, labels);
  connectOrg(org, { labels, faults, bus, notifications, allowance });
  runTriggers(org, labels);
  const pubSub = await startPubSubServer({
    org,
    bus,
    userOfToken: (token) => sessions.userOfToken(token),
    instanceUrl: () => address.url,
    port: options.pubSubPort ?? 0,
    keepAliveMs: options.keepAliveMs ?? defaultKeepAliveMs,
  });
  const control = controlOf({ org, faults, bus, allowance, sessions, pubSub });
  const jobs = [...new IngestJobs(org, () => jobTrouble(faults)).routes, ...new QueryJobs(org).routes];
  const routes = [
    ...(options.hasControl === false ? [] : controlRoutes(control)),
    ...restRoutes(org, sessions, allowance, jobs),
    ...(options.installedPackage === null
      ? []
      : mailboxRoutes(org, labels, options.installedPackage ?? thisPackage, guard(sessions, allowance))),
    ...apex.routes,
    ...pageRoutes(org, {
      pageDir: options.pageDir,
      sapSimulatorUrl: options.sapSimulatorUrl,
      notificationsOf: (userId) => notifications.of(userId),
      bus,
    }),
  ];
  const { server, port } = await listen({ routes, faults, now }, options.port ?? 0).catch(async (error: unknown) => {
    await pubSub.close();
    throw error;
  });
  address.url = `http://127.0.0.1:${port}`;
  return {
    url: address.url,
    port,
    org,
    homeUrl: address.url + homePath(org),
    addValidationRule: (rule) => void org.store.validationRules.push(rule),
    pubSubUrl: pubSub.url,
    pubSubPort: pubSub.port,
    faults,
    bus,
    notifications: () => notifications.all,
    openStreams: () => pubSub.streams(),
    counts: control.counts,
    apiRequests: () => allowance.used,
    expireSessions: control.expireSessions,
    leaveApiRequests: control.leaveApiRequests,
    dropStreams: control.dropStreams,
    close: async () => {
      await pubSub.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await apex.close();
    },
  };
}
