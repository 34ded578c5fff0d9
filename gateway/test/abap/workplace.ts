/** A temporary folder with the ABAP pack and the parts of SAP's standard it uses, for the ABAP tools to work in. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeDeepStructures } from './deep-structures.ts';
import { writeDictionary } from './dictionary.ts';

/** The pack in the repository. */
export const packFolder = fileURLToPath(new URL('../../abap/', import.meta.url));

const standardClasses = fileURLToPath(new URL('./standard/classes/', import.meta.url));
/** Tests of the pack's SELECT statements, and the database they run on. */
export const sqlFolder = fileURLToPath(new URL('./sql/', import.meta.url));
const { resolve } = createRequire(import.meta.url);
/** Both tools need about two seconds; a machine that is busy with the other suites gets a minute. */
export const patience = 60_000;
/** A lint that finds a lot says a lot. */
const mostOutput = 16 << 20;

/** How a program ended and what it printed. */
export interface Ended {
  readonly code: number;
  readonly output: string;
}

export interface Workplace {
  readonly folder: string;
  /** Replaces a piece of one of the pack's files, to see whether it is noticed. */
  plant(file: string, piece: string, other: string): void;
  lint(): Promise<Ended>;
  /** Makes JavaScript of everything, which is what takes the time. */
  transpile(): Promise<Ended>;
  /** Runs what was transpiled; with one class as another workplace has it, where that is asked for. */
  runUnitTests(foreign?: { readonly from: Workplace; readonly file: string }): Promise<Ended>;
  [Symbol.dispose](): void;
}

function packageFolder(name: string): string {
  return dirname(resolve(`${name}/package.json`));
}

function runNode(folder: string, file: string, args: readonly string[] = []): Promise<Ended> {
  const options = { cwd: folder, maxBuffer: mostOutput, timeout: patience };
  return new Promise((settle) => {
    execFile(process.execPath, [file, ...args], options, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : 1;
      settle({ code: error === null ? 0 : code, output: stdout + stderr });
    });
  });
}

const transpilerSettings = {
  input_folder: ['src', 'standard', 'sql'],
  output_folder: 'output',
  write_unit_tests: true,
  // The pack is checked for its own release by the lint; the transpiler works on the newest.
  options: {
    addCommonJS: true,
    unknownTypes: 'compileError',
    skipVersionCheck: true,
    setup: { filename: '../sql/database.ts', preFunction: 'openDatabase' },
  },
};

async function transpile(folder: string): Promise<Ended> {
  writeFileSync(join(folder, 'abap_transpile.json'), JSON.stringify(transpilerSettings));
  const ended = await runNode(folder, join(packageFolder('@abaplint/transpiler-cli'), 'abap_transpile'), [
    'abap_transpile.json',
  ]);
  mkdirSync(join(folder, 'node_modules/@abaplint'), { recursive: true });
  symlinkSync(packageFolder('@abaplint/runtime'), join(folder, 'node_modules/@abaplint/runtime'), 'junction');
  return ended;
}

/** Where the transpiler puts what it made of a source. */
function transpiledFile({ folder }: Workplace, file: string): string {
  return join(folder, 'output/project', file.replace(/\.abap$/, '.mjs'));
}

/** Swaps one transpiled class for the time of the run. */
async function runWith(own: Workplace, from: Workplace, file: string): Promise<Ended> {
  const path = transpiledFile(own, file);
  const [sound, other] = [readFileSync(path, 'utf8'), readFileSync(transpiledFile(from, file), 'utf8')];
  if (sound === other) throw new Error(`${file} is the same in both workplaces`);
  writeFileSync(path, other);
  try {
    return await runNode(own.folder, 'output/index.mjs');
  } finally {
    writeFileSync(path, sound);
  }
}

/** Sets a workplace up; `using` takes it away. */
export function createWorkplace(): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-abap-'));
  cpSync(packFolder, folder, { recursive: true });
  cpSync(standardClasses, join(folder, 'standard'), { recursive: true });
  cpSync(sqlFolder, join(folder, 'sql'), { recursive: true });
  writeDictionary(join(folder, 'standard'));
  writeDeepStructures(join(folder, 'standard'));
  const workplace: Workplace = {
    folder,
    plant(file, piece, other) {
      const path = join(folder, 'src', file);
      const text = readFileSync(path, 'utf8');
      if (!text.includes(piece)) throw new Error(`${file} has no "${piece}" to replace`);
      writeFileSync(path, text.replace(piece, other));
    },
    lint: () => runNode(folder, join(packageFolder('@abaplint/cli'), 'abaplint')),
    transpile: () => transpile(folder),
    runUnitTests: (foreign) =>
      foreign === undefined ? runNode(folder, 'output/index.mjs') : runWith(workplace, foreign.from, foreign.file),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
  return workplace;
}
