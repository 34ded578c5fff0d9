/** What an operator is told when the addon or SAP's libraries cannot be loaded. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explainLoadFailure } from '../../../../src/sap/drivers/node-rfc/rfc-sdk.ts';
import type { RfcMachine } from '../../../../src/sap/drivers/node-rfc/rfc-sdk.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-sdk-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const linux = (changes: Partial<RfcMachine> = {}): RfcMachine => ({
  platform: 'linux',
  arch: 'x64',
  libraryFolders: [],
  ...changes,
});
const notOpened = (file: string): Error =>
  new Error(`${file}: cannot open shared object file: No such file or directory\nenvironment: {}`);
const put = (path: string, file: string): void => {
  mkdirSync(join(folder, path), { recursive: true });
  writeFileSync(join(folder, path, file), '');
};

describe('what stands in the way of the RFC driver', () => {
  test('without the package its name and how to install it are said', () => {
    const thrown = Object.assign(new Error("Cannot find module 'node-rfc'"), { code: 'MODULE_NOT_FOUND' });
    expect(explainLoadFailure(thrown, linux())).toContain('npm install --ignore-scripts node-rfc@3.3.1');
  });

  test.each(['libsapnwrfc.so', 'libsapucum.so'])('%s is named when it is the one missing, with its place', (file) => {
    const reason = explainLoadFailure(notOpened(file), linux());
    expect(reason).toBe(
      `${file} was not found in /usr/local/sap/nwrfcsdk/lib: put all files of the SDK's folder lib into /usr/local/sap/nwrfcsdk/lib`,
    );
  });

  test('the folder of SAPNWRFC_HOME is where it belongs, and the loader must be told of it', () => {
    const machine = linux({ sdkHome: folder });
    const lib = join(folder, 'lib');
    expect(explainLoadFailure(notOpened('libsapnwrfc.so'), machine)).toContain(
      `into ${lib} and ${lib} into LD_LIBRARY_PATH`,
    );
    put('lib', 'libsapnwrfc.so');
    expect(explainLoadFailure(notOpened('libsapnwrfc.so'), machine)).toBe(
      `libsapnwrfc.so is in ${lib}, where the loader does not look: start with ${lib} in LD_LIBRARY_PATH`,
    );
  });

  test('every folder that was looked in is named', () => {
    const reason = explainLoadFailure(notOpened('libsapucum.so'), linux({ libraryFolders: ['/opt/a', '/opt/b'] }));
    expect(reason).toContain('was not found in /opt/a, /opt/b, /usr/local/sap/nwrfcsdk/lib:');
  });

  test('Windows does not say which file is missing, so it is looked for', () => {
    const machine = { platform: 'win32', arch: 'x64', libraryFolders: ['D:\\sdk'], sdkHome: 'D:\\nwrfcsdk' };
    const reason = explainLoadFailure(new Error('The specified module could not be found.'), machine);
    expect(reason).toBe(
      "sapnwrfc.dll was not found in D:\\sdk: put all files of the SDK's folder lib into D:\\nwrfcsdk\\lib and D:\\nwrfcsdk\\lib into PATH",
    );
  });

  test('macOS looks for dylibs', () => {
    const machine = { platform: 'darwin', arch: 'arm64', libraryFolders: [] };
    const reason = explainLoadFailure(new Error('dlopen(node.napi.node): Library not loaded'), machine);
    expect(reason).toContain('libsapnwrfc.dylib was not found in /usr/local/sap/nwrfcsdk/lib');
  });

  test.each([
    ["/lib/libstdc++.so.6: version `GLIBCXX_3.4.30' not found (required by node.napi.node)", 'libstdc++.so.6'],
    ["/lib/libc.so.6: version `GLIBC_2.34' not found (required by node.napi.node)", 'libc.so.6'],
  ])('%s: the machine is too old', (message, library) => {
    expect(explainLoadFailure(new Error(message), linux())).toContain(`${library} of this machine is too old`);
  });

  test.each([
    ['linux', 'arm64'],
    ['aix', 'ppc64'],
    ['win32', 'ia32'],
  ])('%s on %s has no build, and the other driver is named', (platform, arch) => {
    const reason = explainLoadFailure(new Error('No native build was found'), { platform, arch, libraryFolders: [] });
    expect(reason).toContain(`node-rfc has no build for ${platform}-${arch}`);
    expect(reason).toContain('the driver soap');
  });

  test('a library of another platform is told from one that is missing', () => {
    put('sdk', 'libsapnwrfc.so');
    put('sdk', 'libsapucum.so');
    const sdk = join(folder, 'sdk');
    const thrown = new Error(`${sdk}/libsapnwrfc.so: wrong ELF class: ELFCLASS32`);
    const reason = explainLoadFailure(thrown, linux({ libraryFolders: [sdk] }));
    expect(reason).toContain(`${sdk}/libsapnwrfc.so cannot be loaded`);
    expect(reason).toContain('64 bit');
  });
});
