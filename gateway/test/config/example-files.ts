/** A folder with a complete, valid configuration and all files it names, for tests that change one thing. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const org = '00D5g000004GANG';

export const relayYaml = `
relay:
  publicUrl: http://127.0.0.1:8443
  listen: { port: 0 }
  orgs: [{ id: ${org}, certificates: [org.pem], systems: [ERPCLNT100] }]
  agents: [{ id: agent-1, publicKeyFile: agent-public.pem, orgs: [${org}], systems: [ERPCLNT100] }]
log: { level: warn }
`;

export const agentYaml = `
agent:
  id: agent-1
  privateKeyFile: agent.pem
  relays: [ws://127.0.0.1:8443]
  publicUrl: http://127.0.0.1:8443
  orgs: [{ id: ${org}, certificates: [org.pem], systems: [ERPCLNT100] }]
  journalFile: journal.db
  signedWrites: optional
sap:
  system: ERPCLNT100
  url: http://127.0.0.1:8000
  client: 001
  user: GANGWAY
  passwordFile: password
  timeZone: Europe/Berlin
log: { level: warn }
`;

/** Makes the folder; the caller removes it. */
export function createExampleFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-config-'));
  const agentKeys = generateKeyPairSync('ed25519');
  const orgKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const secret = { mode: 0o600 };
  writeFileSync(join(folder, 'agent.pem'), agentKeys.privateKey.export({ type: 'pkcs8', format: 'pem' }), secret);
  writeFileSync(join(folder, 'agent-public.pem'), agentKeys.publicKey.export({ type: 'spki', format: 'pem' }));
  writeFileSync(join(folder, 'org.pem'), orgKeys.publicKey.export({ type: 'spki', format: 'pem' }));
  writeFileSync(join(folder, 'org-key.pem'), orgKeys.privateKey.export({ type: 'pkcs8', format: 'pem' }), secret);
  writeFileSync(join(folder, 'password'), 'Gangway-Sim-1\n', secret);
  writeFileSync(join(folder, 'relay.yaml'), relayYaml);
  writeFileSync(join(folder, 'agent.yaml'), agentYaml);
  return folder;
}
