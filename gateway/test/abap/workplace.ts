/** A temporary folder with the ABAP pack and the parts of SAP's standard it uses, for the ABAP tools to work in. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The pack in the repository. */
export const packFolder = fileURLToPath(new URL('../../abap/', import.meta.url));

const standardClasses = fileURLToPath(new URL('./standard/classes/', import.meta.url));
const require = createRequire(import.meta.url);

export interface Workplace {
  readonly folder: string;
  /** Runs a program of a package there and answers what it printed and how it ended. */
  run(packageName: string, program: string, args: readonly string[]): Promise<Ended>;
  [Symbol.dispose](): void;
}

export interface Ended {
  readonly code: number;
  readonly output: string;
}

function run(folder: string, file: string, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [file, ...args], { cwd: folder, maxBuffer: 32 << 20 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ code, output: stdout + stderr });
    });
  });
}

/** Sets a workplace up; `using` takes it away. */
export async function createWorkplace(): Promise<Workplace> {
  const { writeDictionary } = await import('./dictionary.ts');
  const folder = mkdtempSync(join(tmpdir(), 'gangway-abap-'));
  cpSync(packFolder, folder, { recursive: true });
  cpSync(standardClasses, join(folder, 'standard'), { recursive: true });
  mkdirSync(join(folder, 'standard'), { recursive: true });
  writeDictionary(join(folder, 'standard'));
  return {
    folder,
    run: (packageName, program, args) =>
      run(folder, join(dirname(require.resolve(`${packageName}/package.json`)), program), args),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
