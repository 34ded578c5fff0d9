/** `gangway keys`: the agent's own key pair. */
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { GatewayError } from '../../errors/index.ts';
import type { Terminal } from '../terminal.ts';

interface KeyOptions {
  readonly file: string;
}

export function addKeys(program: Command, terminal: Terminal): void {
  const keys = program.command('keys').description("The agent's key pair (Ed25519)");
  keys
    .command('create')
    .description('Make a key pair; the private half stays in the file (mode 0600), the public half is printed')
    .requiredOption('-f, --file <file>', 'where the private key goes; must not exist yet')
    .action(({ file }: KeyOptions) => {
      const { privateKey } = generateKeyPairSync('ed25519');
      writeNew(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
      terminal.say(`The private key is in ${file}. Register this public key at the relay (relay.agents):`);
      printPublic(terminal, privateKey);
    });
  keys
    .command('show')
    .description('Print the public half, as relay.agents[].publicKeyFile takes it')
    .requiredOption('-f, --file <file>', 'file with the private key')
    .action(({ file }: KeyOptions) => printPublic(terminal, readPrivate(file)));
}

/** Never overwrites: a key that is registered somewhere cannot be had back. */
function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    const isThere = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    throw new GatewayError(isThere ? 'KEY_FILE_EXISTS' : 'SECRET_MISSING', { file, setting: '--file' }, cause);
  }
}

function readPrivate(file: string): KeyObject {
  try {
    const key = createPrivateKey(readFileSync(file));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (cause) {
    throw new GatewayError('KEY_UNREADABLE', { file }, cause);
  }
  throw new GatewayError('KEY_UNREADABLE', { file });
}

function printPublic(terminal: Terminal, privateKey: KeyObject): void {
  terminal.print(createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString().trimEnd());
}
