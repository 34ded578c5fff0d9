/**
 * Builds what operators install, gateway/dist: Node runs no TypeScript below node_modules, so types are taken off
 * here, and what the program reads at run time (migrations, data) is put beside it.
 */
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from './project.ts';
import { runProgram } from './run-program.ts';

const shebang = '#!/usr/bin/env node\n';
/** A worker or a file opened by its TypeScript name works in a clone and nowhere else; imports are rewritten by tsc. */
const typeScriptByUrl = /new URL\(\s*[`'"][^`'"]*\.ts[`'"]/;

/** Builds into the folder `dist`, from nothing; throws with the compiler's words where that fails. */
export async function build(root: string, dist: string): Promise<readonly string[]> {
  const gateway = join(root, 'gateway');
  rmSync(dist, { recursive: true, force: true });
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const result = await runProgram(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--outDir', dist], {
    cwd: gateway,
  });
  if (result.code !== 0) throw new Error(`The compiler refused:\n${result.output}`);
  for (const part of ['src', 'simulator']) copyData(join(gateway, part), join(dist, part));
  makeExecutable(join(dist, 'src/main.js'));
  const built = filesBelow(dist);
  refuseTypeScriptByUrl(dist, built);
  return built;
}

/** Sources of the stand-in of SAP's library: for tests only, and nothing an operator should have. */
const isForTests = (path: string): boolean => path.startsWith('nwrfc');

function copyData(from: string, to: string): void {
  const isData = (path: string): boolean => !path.endsWith('.ts') && !path.endsWith('.md') && !isForTests(path);
  for (const path of filesBelow(from).filter(isData)) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    cpSync(join(from, path), join(to, path));
  }
}

function makeExecutable(main: string): void {
  if (!existsSync(main)) throw new Error('gateway/src/main.ts is missing: there is nothing to start.');
  const text = readFileSync(main, 'utf8');
  if (!text.startsWith('#!')) writeFileSync(main, shebang + text);
  chmodSync(main, 0o755);
}

function refuseTypeScriptByUrl(dist: string, paths: readonly string[]): void {
  const wrong = paths.find(
    (path) => path.endsWith('.js') && typeScriptByUrl.test(readFileSync(join(dist, path), 'utf8')),
  );
  if (wrong !== undefined)
    throw new Error(`dist/${wrong} opens a .ts file by URL; take the extension from import.meta.url.`);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

if (import.meta.main) {
  try {
    const built = await build(projectRoot, join(projectRoot, 'gateway/dist'));
    console.log(`gateway/dist: ${built.length} files. Try it: node gateway/dist/src/main.js --help`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
