/** Builds the stand-in of SAP's two libraries from its sources, once for each state of them. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { whileLocked } from './build-lock.ts';

export type BuiltStandIn = { readonly libraryFolder: string } | { readonly skipped: string };

const run = promisify(execFile);
const sourceFolder = fileURLToPath(new URL('./library/', import.meta.url));
/** Beside the other caches of the checkout; `npm ci` clears it, and it is built anew. */
const cacheFolder = fileURLToPath(new URL('../../../node_modules/.cache/nwrfc/', import.meta.url));
/** Enough to go back and forth between a few states of the sources. */
const keptBuilds = 8;
const compiler = 'g++';
const compilerFlags = ['-std=c++17', '-O2', '-fPIC', '-fvisibility-inlines-hidden', '-pthread', '-Wall', '-Wextra'];

interface Library {
  readonly file: string;
  readonly exports: string;
  readonly sources: readonly string[];
}

/** The folder that holds libsapnwrfc.so and libsapucum.so, or in one sentence why they cannot be built here. */
export async function buildStandIn(): Promise<BuiltStandIn> {
  const skipped = await reasonAgainst();
  if (skipped !== undefined) return { skipped };
  const names = (await readdir(sourceFolder)).sort();
  const libraryFolder = join(cacheFolder, await fingerprint(names));
  if (!existsSync(libraryFolder)) {
    await mkdir(cacheFolder, { recursive: true });
    await whileLocked(`${libraryFolder}.lock`, async () => {
      if (existsSync(libraryFolder)) return;
      await forgetOldBuilds();
      await build(names, libraryFolder);
    });
  }
  return { libraryFolder };
}

async function reasonAgainst(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return `The stand-in of SAP's library is for Linux on x64 only, and this is ${process.platform} on ${process.arch}.`;
  if (!isNodeRfcInstalled()) return 'The optional package node-rfc is not installed.';
  try {
    await run(compiler, ['--version']);
    return undefined;
  } catch {
    // Whatever keeps it from running, the stand-in cannot be built with it.
    return `There is no working ${compiler} to build the stand-in of SAP's library with.`;
  }
}

function isNodeRfcInstalled(): boolean {
  try {
    createRequire(import.meta.url).resolve('node-rfc');
    return true;
  } catch {
    // Resolving is the only way to ask.
    return false;
  }
}

/** Two states of the sources, or two compilers, never share a folder. */
async function fingerprint(names: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(compilerFlags.join(' '));
  hash.update((await run(compiler, ['-dumpfullversion'])).stdout);
  for (const name of names) hash.update(`${name}\n`).update(await readFile(join(sourceFolder, name)));
  return hash.digest('hex').slice(0, 16);
}

/** Into a folder of its own, which gets its name when it is complete. */
async function build(names: readonly string[], libraryFolder: string): Promise<void> {
  const workplace = await mkdtemp(`${libraryFolder}-`);
  const sources = names.filter((it) => it.endsWith('.cpp'));
  const libraries: readonly Library[] = [
    { file: 'libsapucum.so', exports: 'sapucum.map', sources: ['sapucum.cpp'] },
    { file: 'libsapnwrfc.so', exports: 'sapnwrfc.map', sources: sources.filter((it) => it !== 'sapucum.cpp') },
  ];
  try {
    await compileAll(sources, workplace);
    for (const library of libraries) await link(library, workplace);
    for (const source of sources) await rm(objectOf(source, workplace));
    await writeFile(
      join(workplace, 'README'),
      'Built from gateway/simulator/nwrfc for tests; nothing of SAP is in here.\n',
    );
    await rename(workplace, libraryFolder);
  } catch (error) {
    // Somebody else was as quick; theirs is as good.
    if (!existsSync(libraryFolder)) throw error;
  } finally {
    await rm(workplace, { recursive: true, force: true });
  }
}

/** What is loaded already stays loaded when its file goes. */
async function forgetOldBuilds(): Promise<void> {
  const names = await readdir(cacheFolder);
  const ages = await Promise.all(
    names.map(async (name) => ({ name, changedAt: (await stat(join(cacheFolder, name))).mtimeMs })),
  );
  const old = ages.sort((a, b) => b.changedAt - a.changedAt).slice(keptBuilds);
  for (const { name } of old) await rm(join(cacheFolder, name), { recursive: true, force: true });
}

const objectOf = (source: string, workplace: string): string => join(workplace, `${source}.o`);

/** As many at once as the machine has processors. */
async function compileAll(sources: readonly string[], workplace: string): Promise<void> {
  const waiting = [...sources];
  const work = async (): Promise<void> => {
    for (let source = waiting.shift(); source !== undefined; source = waiting.shift())
      await run(compiler, [...compilerFlags, '-c', join(sourceFolder, source), '-o', objectOf(source, workplace)]);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}

/** The addon asks for symbols by name and version, and the version is the library's own file name. */
async function link({ file, exports, sources }: Library, workplace: string): Promise<void> {
  const linkerFlags = [
    `-Wl,-soname,${file}`,
    `-Wl,--version-script=${join(sourceFolder, exports)}`,
    // It is loaded by a call that fails and lets go of it again (load.ts), and has to stay all the same.
    '-Wl,-z,nodelete',
  ];
  const objects = sources.map((it) => objectOf(it, workplace));
  await run(compiler, ['-shared', '-pthread', ...linkerFlags, '-o', join(workplace, file), ...objects]);
}
