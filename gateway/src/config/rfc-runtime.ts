/** What the environment of this process decides for the RFC driver: threads of native code, and where libraries are looked for. */
import { delimiter } from 'node:path';
import type { Environment } from './gather.ts';
import { problemAt } from './problems.ts';
import type { ConfigProblem } from './problems.ts';
import type { AgentConfig } from './schema.ts';

/** libuv's own limits and default. */
const defaultThreads = 4;
const maxThreads = 1024;
/** Threads that stay free of calls to SAP, for files and names looked up; the driver takes no more than the others. */
const spareThreads = 2;

const searchPaths: Readonly<Record<string, string>> = {
  linux: 'LD_LIBRARY_PATH',
  darwin: 'DYLD_LIBRARY_PATH',
  win32: 'PATH',
};

export interface RfcRuntimeConfig {
  readonly platform: string;
  readonly arch: string;
  readonly libraryFolders: readonly string[];
  readonly sdkHome: string | undefined;
  /** Calls over RFC that can run at once. */
  readonly threads: number;
}

/** As SAP's SDK and libuv find it. */
export function rfcRuntime(environment: Environment = process.env): RfcRuntimeConfig {
  const { platform, arch } = process;
  const folders = (environment[searchPaths[platform] ?? ''] ?? '').split(delimiter).filter((folder) => folder !== '');
  const home = environment['SAPNWRFC_HOME'] ?? '';
  return {
    platform,
    arch,
    libraryFolders: folders,
    sdkHome: home === '' ? undefined : home,
    threads: Math.max(1, threadsOf(environment) - spareThreads),
  };
}

/** A driver that may have eight connections and finds four threads uses two of them: better said than wondered at. */
export function rfcWarnings(sap: AgentConfig['sap'] | undefined, environment: Environment): readonly ConfigProblem[] {
  if (sap?.driver !== 'node-rfc') return [];
  const threads = threadsOf(environment);
  const needed = sap.maxConnections + spareThreads;
  if (threads >= needed) return [];
  const usable = Math.max(1, threads - spareThreads);
  const words =
    `is ${sap.maxConnections}, but only ${usable} will be used: this process has ${threads} threads for native code; ` +
    `start it with UV_THREADPOOL_SIZE=${needed} or more`;
  return [problemAt('sap.maxConnections', words)];
}

function threadsOf(environment: Environment): number {
  const given = Number(environment['UV_THREADPOOL_SIZE'] ?? '');
  return Number.isInteger(given) && given > 0 ? Math.min(given, maxThreads) : defaultThreads;
}
