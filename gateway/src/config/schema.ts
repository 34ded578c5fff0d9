/**
 * Every setting there is: type, limits, default and one sentence. The reference page, the environment names, the
 * checks and `config show` all come from here.
 */
import { z } from 'zod';
import { orgId, sapSystemId } from '../model/index.ts';
import { sap } from './sap-schema.ts';
import { address, file, number, ownFile, proxyUrl, secretFile } from './setting-types.ts';

const programId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'must be 1 to 64 letters, digits, dots or dashes');
const systems = (description: string) => z.array(sapSystemId).min(1).max(20).describe(description);

const org = z.strictObject({
  id: orgId.describe('Org id, 15 or 18 characters'),
  certificates: z
    .array(file('PEM file'))
    .min(1)
    .max(2)
    .describe('PEM files of the certificate the org signs with; two while it changes from one to the next'),
  systems: systems('SAP systems this org may use'),
});

/** The same list in relay and agent, each with its own copy: both verify every token. */
const orgs = z.array(org).min(1).max(200).describe('Salesforce orgs that are trusted');

/** How changes of SAP are brought into an org, and what that may cost it. */
const changes = z
  .strictObject({
    deliver: z
      .boolean('must be true or false')
      .default(true)
      .describe('Whether changes of SAP are written into this org'),
    batchMs: number(0, 60_000, 600, 'Changes that arrive within this time, in milliseconds, travel in one call'),
    bulkAbove: number(200, 1_000_000, 5_000, 'With more records waiting than this, Bulk API 2.0 takes them'),
    dailyApiCalls: number(
      100,
      10_000_000,
      40_000,
      'API calls a day that changes may use; then they wait for the next day',
    ),
    dailyRefreshes: number(0, 10_000_000, 10_000, 'Events a day that tell open panels to refresh'),
    canarySeconds: number(10, 3_600, 60, 'Seconds between two probes that go the whole way'),
  })
  .prefault({})
  .describe('Changes of SAP on their way into this org');

/** How the agent itself looks into an org; without it the org is only answered. */
const salesforce = z
  .strictObject({
    loginUrl: address('https:', 'http:', "The org's My Domain, e.g. https://acme.my.salesforce.com"),
    audience: address('https:', 'http:', 'Audience of the logon; test.salesforce.com for sandboxes').default(
      'https://login.salesforce.com',
    ),
    clientId: z.string().min(1).max(512).describe('Consumer key of the external client app'),
    username: z.string().min(1).max(80).describe('User name of the integration user'),
    privateKeyFile: secretFile('PEM file of the private key whose certificate the external client app has'),
    namespace: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*$/, 'must be a namespace prefix')
      .optional()
      .describe('Namespace of the package; found in the org where absent'),
    bell: z
      .boolean('must be true or false')
      .default(true)
      .describe('Whether the org rings through the Pub/Sub API; polling goes on either way'),
    pubSub: address('https:', 'http:', 'The Pub/Sub API').default('https://api.pubsub.salesforce.com:7443'),
    pollSeconds: number(2, 3_600, 30, 'Seconds between two looks into the outbox when nothing rings'),
    leaseSeconds: number(10, 600, 60, 'After so many seconds without a visit another agent may take over'),
    proxyUrl: proxyUrl('Proxy on the way to Salesforce; agent.proxyUrl, then HTTPS_PROXY and NO_PROXY, where absent'),
    changes,
  })
  .describe("The agent's own way into the org's outbox; left out, the org is only answered");

const agentOrgs = z
  .array(org.extend({ salesforce: salesforce.optional() }))
  .min(1)
  .max(200)
  .describe('Salesforce orgs that are trusted');

const relay = z
  .strictObject({
    publicUrl: address('https:', 'http:', 'The URL Salesforce calls; tokens must name it as their audience'),
    listen: z
      .strictObject({
        host: z.string().min(1).default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for all'),
        port: number(0, 65_535, 8443, 'Port to listen on; 0 for any free one'),
        tls: z
          .strictObject({
            certificateFile: file('PEM file of the server certificate with its chain'),
            privateKeyFile: secretFile('PEM file of its private key'),
          })
          .optional()
          .describe('Absent behind a load balancer that ends TLS'),
      })
      .prefault({}),
    orgs,
    agents: z
      .array(
        z.strictObject({
          id: programId.describe('The name the agent calls itself'),
          publicKeyFile: file('PEM file of its public key (`gangway keys show`)'),
          orgs: z.array(orgId).min(1).max(200).describe('Orgs it may serve'),
          systems: systems('SAP systems it may serve'),
        }),
      )
      .min(1)
      .max(2_000)
      .describe('Agents that may connect'),
    limits: z
      .strictObject({
        maxBodyBytes: number(1_024, 16_777_216, 262_144, 'Largest request body'),
        maxAnswerBytes: number(65_536, 8_388_608, 8_388_608, 'Largest answer'),
        readDeadlineMs: number(1_000, 110_000, 20_000, 'Time for a read; Salesforce itself waits 120 s at most'),
        writeDeadlineMs: number(1_000, 110_000, 60_000, 'Time for a write; after it the request is followed up'),
        callsPerSecond: number(1, 100_000, 200, 'Steady calls per second of one org; twice that for a moment'),
        concurrentCalls: number(1, 10_000, 128, 'Calls of one org under way at once'),
        maxAgents: number(1, 100_000, 2_000, 'Agents connected to this copy'),
      })
      .prefault({}),
  })
  .describe('Settings of `gangway relay`');

const agent = z
  .strictObject({
    id: programId.describe('The name it is registered under at the relay'),
    privateKeyFile: secretFile('PEM file of its Ed25519 private key (`gangway keys create`)'),
    relays: z
      .array(address('wss:', 'ws:', 'Address of one relay copy'))
      .max(16)
      .default([])
      .describe('Addresses of all relay copies; none where the agent only looks into the orgs itself'),
    publicUrl: address(
      'https:',
      'http:',
      'The public URL of the relay: tokens must name it as their audience',
    ).optional(),
    orgs: agentOrgs,
    outbox: z
      .strictObject({
        inHand: number(1, 500, 32, 'Requests taken from an outbox and not ended yet; the rest waits in the org'),
        writesPerMinute: number(1, 60_000, 600, 'Writes begun per minute for requests from outboxes'),
      })
      .prefault({}),
    signedWrites: z
      .enum(['required', 'optional'])
      .default('required')
      .describe('Whether a write must carry the signature of the org itself (SAP Setting > Signing Certificate)'),
    journalFile: ownFile('SQLite file for the writes under way, on a local disk; created when absent'),
    pauseFile: ownFile(
      'While this file exists nothing new begins in SAP (`gangway pause`); beside the journal where absent',
    ).optional(),
    usageFolder: ownFile(
      'Folder of the daily pages about what was done in SAP; beside the journal where absent',
    ).optional(),
    metricsFile: ownFile(
      'File for metrics in the format of Prometheus, written each 15 seconds; none where absent',
    ).optional(),
    changesFile: ownFile(
      'SQLite file for the changes of SAP that wait, on a local disk; beside the journal and named after it where absent',
    ).optional(),
    changesMaxMb: number(
      1,
      1_048_576,
      4_096,
      'Largest size of that file; when it is full, nothing more is taken from SAP',
    ),
    journalMaxMb: number(1, 65_536, 256, 'Largest size of the journal; when it is full, nothing new begins'),
    concurrency: z
      .strictObject({
        calls: number(1, 256, 8, 'Calls executed at once: dialog work processes that SAP Basis grants'),
        waiting: number(0, 10_000, 64, 'Calls that may wait for a place'),
      })
      .prefault({}),
    proxyUrl: proxyUrl('Proxy on the way to relays and Salesforce; HTTPS_PROXY and NO_PROXY count where absent'),
  })
  .describe('Settings of `gangway agent`');

const log = z
  .strictObject({
    level: z.enum(['debug', 'info', 'warn', 'error']).default('info').describe('Least severity that is written'),
  })
  .prefault({})
  .describe('The log, JSON lines on standard output');

/** The whole tree; a program needs its own part. */
export const configuration = z.strictObject({
  relay: relay.optional(),
  agent: agent.optional(),
  sap: sap.optional(),
  log,
});

/** What each program cannot start without. */
export const configurationFor = {
  relay: configuration.required({ relay: true }),
  agent: configuration.required({ agent: true, sap: true }),
} as const;

export type Program = keyof typeof configurationFor;
export type RelayConfig = z.infer<typeof configurationFor.relay>;
export type AgentConfig = z.infer<typeof configurationFor.agent>;
