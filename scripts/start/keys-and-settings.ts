/** Makes what an operator would be given: keys of the org and the agent, and one settings file per program. */
import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** Keys of the org and the agent, new for each start. */
export interface LocalKeys {
  /** The org signs its tokens and writes with it. */
  readonly org: KeyPair;
  /** The agent logs on to the org with it. */
  readonly clientApp: KeyPair;
  readonly agent: KeyPair;
}

interface KeyPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

export interface LocalSettings {
  readonly relayFile: string;
  readonly agentFile: string;
}

export interface SettingsInput {
  readonly folder: string;
  readonly keys: LocalKeys;
  readonly orgId: string;
  /** How the agent looks into the org. */
  readonly salesforce: {
    readonly loginUrl: string;
    readonly pubSub: string;
    readonly clientId: string;
    readonly username: string;
  };
  readonly audience: string;
  readonly relayPort: number;
  readonly sap: {
    readonly url: string;
    readonly system: string;
    readonly client: string;
    readonly user: string;
    readonly password: string;
    /** IANA; what SAP's own clock shows. */
    readonly timeZone: string;
  };
  /** Where SAP sends its IDocs, and what it gives there. */
  readonly idocs: IdocPort;
}

export interface IdocPort {
  readonly port: number;
  readonly path: string;
  readonly user: string;
  readonly password: string;
}

export function createKeys(): LocalKeys {
  return {
    org: toPair(generateKeyPairSync('rsa', { modulusLength: 2048 })),
    clientApp: toPair(generateKeyPairSync('rsa', { modulusLength: 2048 })),
    agent: toPair(generateKeyPairSync('ed25519')),
  };
}

/** Writes keys, secrets and settings into `folder`, readable by this user only. */
export function writeSettings(input: SettingsInput): LocalSettings {
  const { folder, keys, orgId, audience, relayPort, sap, idocs } = input;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const write = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  };
  const systems = [sap.system];
  const org = { id: orgId, certificates: [write('org.pem', keys.org.publicKey)], systems };
  const agents = [
    { id: 'local', publicKeyFile: write('agent-public.pem', keys.agent.publicKey), orgs: [orgId], systems },
  ];
  const relay = { publicUrl: audience, listen: { host: '127.0.0.1', port: relayPort }, orgs: [org], agents };
  const salesforce = {
    ...input.salesforce,
    privateKeyFile: write('client-app.pem', keys.clientApp.privateKey),
    // Quick, for somebody is watching; the bell is what makes it instant.
    pollSeconds: 5,
  };
  return {
    relayFile: write('relay.yaml', stringify({ relay })),
    agentFile: write(
      'agent.yaml',
      stringify({
        agent: {
          id: 'local',
          privateKeyFile: write('agent.pem', keys.agent.privateKey),
          relays: [`ws://127.0.0.1:${relayPort}`],
          publicUrl: audience,
          orgs: [{ ...org, salesforce }],
          journalFile: join(folder, 'journal.sqlite'),
        },
        sap: {
          servicesFolder: join(folder, 'services'),
          system: sap.system,
          url: sap.url,
          client: sap.client,
          user: sap.user,
          passwordFile: write('sap-password', sap.password),
          timeZone: sap.timeZone,
          accountGroup: '0001',
          companyCodes: ['1000'],
          idocs: {
            listen: {
              host: '127.0.0.1',
              port: idocs.port,
              path: idocs.path,
              user: idocs.user,
              passwordFile: write('idoc-password', idocs.password),
            },
          },
          // Quick, for somebody is watching.
          changesSince: { pollSeconds: 2 },
        },
      }),
    ),
  };
}

const toPair = ({ publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }): KeyPair => ({
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
});
