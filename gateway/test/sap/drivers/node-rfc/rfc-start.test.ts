/** A start with the RFC driver on a machine without SAP's SDK, in a process of its own. */
import { describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Tests are started from several folders. */
const gateway = fileURLToPath(new URL('../../../../', import.meta.url));
const hasAddon = ['../node_modules/node-rfc', 'node_modules/node-rfc'].some((path) => existsSync(join(gateway, path)));
const hasSdk = existsSync('/usr/local/sap/nwrfcsdk/lib/libsapnwrfc.so');
/** Where the sentence is another one, other tests look at it. */
const describeHere =
  process.platform === 'linux' && process.arch === 'x64' && hasAddon && !hasSdk ? describe : describe.skip;

const program = `
  const { openSap } = await import('./src/sap/index.ts');
  const { systemClock } = await import('./src/timing/index.ts');
  const settings = { driver: process.argv[1], system: 'ERPCLNT100', sapClient: '100', language: 'EN', timeZone: 'UTC',
    maxConnections: 2, companyCodes: [], accountGroup: '0001', url: 'http://127.0.0.1:1', user: 'U', password: () => 'x',
    rfc: { target: { kind: 'application-server', host: '127.0.0.1', systemNumber: '00' } } };
  try { openSap(settings, systemClock); console.log('opened'); } catch (error) { console.log(error.code + ': ' + error.message); }
  process.exit(0);
`;

function start(driver: string): string {
  const { PATH = '' } = process.env;
  const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', program, driver];
  return execFileSync(process.execPath, flags, { cwd: gateway, env: { PATH }, encoding: 'utf8' }).trim();
}

describeHere("a start without SAP's SDK", () => {
  test('names the file that is missing and where to put it', () => {
    expect(start('node-rfc')).toMatch(
      /^SAP_SDK_MISSING: .*libsapnwrfc\.so was not found in \/usr\/local\/sap\/nwrfcsdk\/lib: put all files .* into \/usr\/local\/sap\/nwrfcsdk\/lib\.$/,
    );
  });

  test('does not need it for the other driver', () => {
    expect(start('soap')).toBe('opened');
  });
});
