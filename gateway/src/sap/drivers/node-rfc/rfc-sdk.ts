/** Why the addon or SAP's libraries could not be loaded: the exact file, and where to put it. */
import { existsSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import type { RfcRuntime } from '../../sap-settings.ts';

/** What decides whether the libraries are found. */
export type RfcMachine = Omit<RfcRuntime, 'threads'>;

interface SdkLayout {
  /** In the order in which the loader needs them. */
  readonly files: readonly string[];
  /** Built into the addon: looked in without any setting. */
  readonly builtIn: readonly string[];
  readonly usualHome: string;
  readonly searchVariable: string;
  readonly join: (...parts: string[]) => string;
}

const unixHome = '/usr/local/sap/nwrfcsdk';
const layouts: Readonly<Record<string, SdkLayout>> = {
  linux: {
    files: ['libsapnwrfc.so', 'libsapucum.so'],
    builtIn: [`${unixHome}/lib`],
    usualHome: unixHome,
    searchVariable: 'LD_LIBRARY_PATH',
    join: (...parts) => posix.join(...parts),
  },
  darwin: {
    files: ['libsapnwrfc.dylib', 'libsapucum.dylib'],
    builtIn: [`${unixHome}/lib`],
    usualHome: unixHome,
    searchVariable: 'DYLD_LIBRARY_PATH',
    join: (...parts) => posix.join(...parts),
  },
  win32: {
    files: ['sapnwrfc.dll', 'libsapucum.dll'],
    builtIn: [],
    usualHome: 'C:\\nwrfcsdk',
    searchVariable: 'PATH',
    join: (...parts) => win32.join(...parts),
  },
};

/** What the addon's package has a build for. */
const builds: ReadonlySet<string> = new Set(['linux-x64', 'darwin-x64', 'darwin-arm64', 'win32-x64']);

/** One sentence without its full stop: what is missing, where it was looked for, where it belongs. */
export function explainLoadFailure(thrown: unknown, machine: RfcMachine): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const target = `${machine.platform}-${machine.arch}`;
  const layout = layouts[machine.platform];
  if (isPackageMissing(thrown, message))
    return 'the package node-rfc is not installed beside Gangway: run `npm install --ignore-scripts node-rfc@3.3.1`';
  if (layout === undefined || !builds.has(target))
    return `node-rfc has no build for ${target}, only for ${[...builds].join(', ')}; use the driver soap here`;
  return tooOld(message) ?? missingFile(message, machine, layout) ?? firstLine(message);
}

function isPackageMissing(thrown: unknown, message: string): boolean {
  const isNotFound = thrown instanceof Error && 'code' in thrown && thrown.code === 'MODULE_NOT_FOUND';
  return isNotFound || /cannot find (module|package) 'node-rfc'/i.test(message);
}

/** `version 'GLIBCXX_3.4.30' not found (required by ...)`. */
function tooOld(message: string): string | undefined {
  const version = /version [`'"]((?:GLIBC|GLIBCXX|CXXABI)_[\d.]+)['"] not found/.exec(message)?.[1];
  if (version === undefined) return undefined;
  const library = version.startsWith('GLIBC_') ? 'libc.so.6' : 'libstdc++.so.6';
  return `${library} of this machine is too old, ${version} is needed: use Debian 12, Ubuntu 22.04 or newer, or the driver soap`;
}

function missingFile(message: string, machine: RfcMachine, layout: SdkLayout): string | undefined {
  const searched = [...new Set([...machine.libraryFolders, ...layout.builtIn])];
  const place = layout.join(machine.sdkHome ?? layout.usualHome, 'lib');
  const isIn = (folder: string, file: string): boolean => existsSync(layout.join(folder, file));
  // The loader's own word first: it alone knows of the system's cache of libraries.
  const named = /([\w.+-]+\.(?:so|dylib|dll)[\w.]*): cannot open shared object file/.exec(message)?.[1];
  const missing = named ?? layout.files.find((file) => !searched.some((folder) => isIn(folder, file)));
  if (missing === undefined) return unusable(message, searched, layout);
  if (isIn(place, missing)) {
    return `${missing} is in ${place}, where the loader does not look: start with ${place} in ${layout.searchVariable}`;
  }
  const where = searched.length === 0 ? 'anywhere' : `in ${searched.join(', ')}`;
  const setting = searched.includes(place) ? '' : ` and ${place} into ${layout.searchVariable}`;
  return `${missing} was not found ${where}: put all files of the SDK's folder lib into ${place}${setting}`;
}

/** All files are there, and the loader refuses one. */
function unusable(message: string, searched: readonly string[], layout: SdkLayout): string {
  const file = layout.files.find((name) => message.includes(name)) ?? layout.files[0] ?? '';
  const folder = searched.find((candidate) => existsSync(layout.join(candidate, file))) ?? '';
  return `${layout.join(folder, file)} cannot be loaded (${firstLine(message)}): is it the SDK of this platform, 64 bit`;
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]?.slice(0, 300) ?? '';
}
