/** Makes what an operator would be given: keys of the org and the agent, and one settings file per program. */
import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';

export interface LocalSettings {
  readonly orgPrivateKey: string;
  readonly relayFile: string;
  readonly agentFile: string;
}

export interface SettingsInput {
  readonly folder: string;
  readonly orgId: string;
  readonly audience: string;
  readonly relayPort: number;
  readonly sap: {
    readonly url: string;
    readonly system: string;
    readonly client: string;
    readonly user: string;
    readonly password: string;
  };
}

/** Writes keys, secrets and settings into `folder`, readable by this user only. */
export function writeSettings(input: SettingsInput): LocalSettings {
  const { folder, orgId, audience, relayPort, sap } = input;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const write = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  };
  const org = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const agent = generateKeyPairSync('ed25519');
  const systems = [sap.system];
  const orgs = [{ id: orgId, certificates: [write('org.pem', toPem(org.publicKey))], systems }];
  const agents = [
    { id: 'local', publicKeyFile: write('agent-public.pem', toPem(agent.publicKey)), orgs: [orgId], systems },
  ];
  const relay = { publicUrl: audience, listen: { host: '127.0.0.1', port: relayPort }, orgs, agents };
  const relays = [`ws://127.0.0.1:${relayPort}`];
  return {
    orgPrivateKey: toPem(org.privateKey),
    relayFile: write('relay.yaml', stringify({ relay })),
    agentFile: write(
      'agent.yaml',
      stringify({
        agent: {
          id: 'local',
          privateKeyFile: write('agent.pem', toPem(agent.privateKey)),
          relays,
          publicUrl: audience,
          orgs,
          journalFile: join(folder, 'journal.sqlite'),
        },
        sap: {
          system: sap.system,
          url: sap.url,
          client: sap.client,
          user: sap.user,
          passwordFile: write('sap-password', sap.password),
          timeZone: 'Europe/Berlin',
          accountGroup: '0001',
          companyCodes: ['1000'],
        },
      }),
    ),
  };
}

function toPem(key: KeyObject): string {
  return key.export({ type: key.type === 'public' ? 'spki' : 'pkcs8', format: 'pem' }).toString();
}
