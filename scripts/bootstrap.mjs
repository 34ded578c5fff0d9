/**
 * Gets a clone to the point where `node <script>` means Node 24 with everything installed: the door every npm
 * script of this project goes through. Plain JavaScript without dependencies, because at this point there may be
 * nothing but an older Node and npm.
 *
 *   node scripts/bootstrap.mjs <file> [arguments]
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const wantedMajor = 'v24.';
/** An installation takes one to three minutes; a lock older than this belongs to something that hangs. */
const lockPatienceMs = 15 * 60_000;
const passedSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** A failure whose message already says what to do, so it needs no stack. */
class BootstrapError extends Error {}

/** What of the lock file is not in node_modules, as a sentence; undefined when all of it is. */
export function missingFrom(root) {
  const wanted = readLock(join(root, 'package-lock.json'));
  if (wanted === undefined)
    throw new BootstrapError(
      'package-lock.json is missing or unreadable: restore it with `git checkout package-lock.json`.',
    );
  // npm's own record of what it put there last, written as the last step of an installation.
  const present = readLock(join(root, 'node_modules', '.package-lock.json'));
  if (present === undefined) return 'nothing is installed yet';
  for (const [path, entry] of Object.entries(wanted)) {
    if (!path.includes('node_modules/') || entry.optional || entry.link) continue;
    if (present[path]?.version !== entry.version) return `${path} ${entry.version} is missing or has another version`;
    if (!existsSync(join(root, path))) return `${path} was deleted`;
  }
  return undefined;
}

function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined; // absent, or cut off by an interrupted installation: the callers decide
  }
}

/** The Node that runs the project: the pinned one, or this one where there is no pinned binary and it is a Node 24. */
export function findNode(root, ownVersion = process.version) {
  const directory = join(root, 'node_modules', 'node');
  const pinned = join(directory, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(pinned) && existsSync(directory)) {
    // npm may have been told not to run install scripts; this is the one that fetches the binary.
    run(process.execPath, ['installArchSpecificPackage'], directory);
  }
  const probe = spawnSync(pinned, ['--version'], { encoding: 'utf8' });
  if (probe.status === 0 && probe.stdout.startsWith(wantedMajor)) return pinned;
  if (ownVersion.startsWith(wantedMajor)) return process.execPath;
  const found = probe.error ? probe.error.message : `it answers "${(probe.stdout || probe.stderr || '').trim()}"`;
  throw new BootstrapError(
    `Node 24 is needed, and ${pinned} does not run: ${found}.\n` +
      'Delete node_modules and try again with network access (npm must be allowed to run the install script of ' +
      'the package "node"), or install Node 24 yourself and put it first on the PATH.',
  );
}

function run(command, args, cwd) {
  const result = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    maxBuffer: 64 << 20,
  });
  return {
    ok: result.status === 0,
    output: `${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`.trim(),
  };
}

/** Installs what is missing; of several at once one works and the others wait for it. */
export async function install(root, say) {
  if (missingFrom(root) === undefined) return;
  const release = await takeLock(join(root, '.gangway'), say);
  try {
    const reason = missingFrom(root);
    if (reason === undefined) return; // the one we waited for did it
    say(`Installing the npm packages, once, one to three minutes (${reason}) ...`);
    await npmCi(root, say);
    const stillMissing = missingFrom(root);
    if (stillMissing !== undefined)
      throw new BootstrapError(`npm ci ended well, but ${stillMissing}. Delete node_modules and try again.`);
  } finally {
    release();
  }
}

async function npmCi(root, say) {
  const startedAt = Date.now();
  const seconds = () => `${Math.round((Date.now() - startedAt) / 1000)} s`;
  const progress = setInterval(() => say(`Still installing, ${seconds()} ...`), 20_000);
  const child = spawn('npm', ['ci', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  // An npm that outlived this process would install without the lock.
  const pass = (signal) => child.kill(signal);
  for (const signal of passedSignals) process.on(signal, pass);
  try {
    const { ok, output } = await ending(child);
    if (!ok) {
      throw new BootstrapError(
        `${output}\n\nnpm ci failed (above). It needs npm 10 or newer and the npm registry; then run the same command again.`,
      );
    }
    say(`Installed in ${seconds()}.`);
  } finally {
    clearInterval(progress);
    for (const signal of passedSignals) process.off(signal, pass);
  }
}

/** How a program ended and its last words. */
function ending(child) {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => (output = (output + chunk).slice(-20_000)));
  }
  return new Promise((done) => {
    child.on('error', (error) => done({ ok: false, output: `${child.spawnfile} cannot be started: ${error.message}` }));
    child.on('close', (code) => done({ ok: code === 0, output: output.trim() }));
  });
}

/** One installation at a time per clone; the lock holds the pid, so that a killed owner does not block for ever. */
export async function takeLock(folder, say, pollMs = 500) {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, 'install.lock');
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, String(process.pid)); // linked below: a lock is never seen half-written
  let told = false;
  try {
    for (const startedAt = Date.now(); ;) {
      if (tryLink(mine, lock)) return () => rmSync(lock, { force: true });
      if (isAbandoned(lock)) removeAbandoned(lock, mine);
      else {
        if (!told) say('Another installation is running in this clone; waiting for it ...');
        told = true;
        if (Date.now() - startedAt > lockPatienceMs)
          throw new BootstrapError(`Gave up waiting for another installation: if none is running, delete ${lock}.`);
        await new Promise((wake) => setTimeout(wake, pollMs));
      }
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

function tryLink(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function isAbandoned(lock) {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH'; // ENOENT: released just now; EPERM: alive, someone else's
  }
}

/** Moved aside first: of two that find the same abandoned lock only one gets it, and a fresh one is put back. */
function removeAbandoned(lock, mine) {
  const aside = `${mine}.abandoned`;
  try {
    renameSync(lock, aside);
  } catch {
    return; // somebody else was quicker
  }
  if (!isAbandoned(aside)) tryLink(aside, lock);
  rmSync(aside, { force: true });
}

/** The environment of every script: Node 24 first on the PATH, no noise about experimental features. */
export function environmentFor(node, environment) {
  const quiet = '--disable-warning=ExperimentalWarning';
  const pathKey = Object.keys(environment).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const options = environment.NODE_OPTIONS ?? '';
  return {
    ...environment,
    [pathKey]: `${dirname(node)}${delimiter}${environment[pathKey] ?? ''}`,
    NODE_OPTIONS: options.includes(quiet) ? options : `${options} ${quiet}`.trim(),
  };
}

/** Runs the script in place of this process as far as anyone can see: same streams, signals and ending. */
function hand(node, file, args, root) {
  const child = spawn(node, [resolve(root, file), ...args], {
    stdio: 'inherit',
    env: environmentFor(node, process.env),
  });
  for (const signal of passedSignals) {
    // A terminal sends Ctrl+C to both: the child has it already, and this process stays until the child has ended.
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY ? true : child.kill(signal)));
  }
  child.on('error', (error) => fail(new BootstrapError(`Node 24 cannot be started: ${error.message}`)));
  child.on('exit', (code, signal) => process.exit(signal === null ? code : 128 + constants.signals[signal]));
}

function fail(error) {
  process.stderr.write(`${error instanceof BootstrapError ? error.message : error.stack}\n`);
  process.exit(1);
}

async function main([file, ...args]) {
  const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
  if (file === undefined) throw new BootstrapError('Usage: node scripts/bootstrap.mjs <file> [arguments]');
  if (!existsSync(resolve(root, file)))
    throw new BootstrapError(
      `${file} is not there: this clone is incomplete, or package.json names a script that was moved.`,
    );
  // To stderr: stdout belongs to the script, which may print JSON.
  await install(root, (line) => process.stderr.write(`${line}\n`));
  hand(findNode(root), file, args, root);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main(process.argv.slice(2)).catch(fail);
}
