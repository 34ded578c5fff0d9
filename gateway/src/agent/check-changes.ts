/** What `gangway check` says of the ways by which changes of SAP come, and of the file in which they wait. */
import { access, constants, lstat } from 'node:fs/promises';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { GatewayError } from '../errors/index.ts';
import type { SapChanges } from '../ports/index.ts';
import { Deadline } from '../timing/index.ts';
import type { Clock } from '../timing/index.ts';
import { warnOf } from './check-result.ts';
import type { Check, CheckGroup, Finding } from './check-result.ts';

export interface ChangesCheckParts {
  readonly file: string;
  /** Where SAP's XML HTTP port reaches the agent, if it does. */
  readonly listen?:
    { readonly host: string; readonly port: number; readonly path: string; readonly isTls: boolean } | undefined;
  readonly folder?: string | undefined;
  /** Asked where `changesSince` is configured. */
  readonly changes?: Pick<SapChanges, 'changesSince'> | undefined;
  readonly clock: Clock;
}

/** Somebody listens there, or nobody, within this time. */
const answerWithinMs = 3_000;
const sapTimeoutMs = 30_000;

/** None needs another; none at all where nothing is configured. */
export function changesChecks({ file, listen, folder, changes, clock }: ChangesCheckParts): CheckGroup {
  const checks: Check[] = [];
  if (listen !== undefined) checks.push({ name: 'IDoc listener', run: () => checkListener(listen) });
  if (folder !== undefined) checks.push({ name: 'IDoc folder', run: () => checkFolder(folder) });
  if (changes !== undefined)
    checks.push({
      name: 'SAP changes',
      run: async () => {
        await changes.changesSince(undefined, Deadline.in(clock, sapTimeoutMs));
        return 'can be asked for';
      },
    });
  return checks.length === 0 ? [] : [{ name: 'changes file', run: () => checkFile(file) }, ...checks];
}

/** Only looks: a running agent holds the file, and that is as it should be. */
async function checkFile(file: string): Promise<string> {
  if (!(await may(dirname(file), constants.W_OK)))
    throw new GatewayError('QUEUE_FAILED', { reason: `the folder of ${file} does not exist or may not be written` });
  const isThere = await may(file, constants.F_OK);
  if (isThere && !(await may(file, constants.W_OK)))
    throw new GatewayError('QUEUE_FAILED', { reason: `${file} may not be written` });
  return isThere ? 'the file can be written' : 'the file can be created';
}

const may = (path: string, mode: number): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  );

async function checkListener(listen: NonNullable<ChangesCheckParts['listen']>): Promise<string | Finding> {
  const { host, port } = listen;
  const address = `${host}:${port}`;
  const failure = await tryPort(host, port);
  if (failure === undefined) return `${address} is free; the agent will listen there`;
  if (failure !== 'EADDRINUSE') throw new GatewayError('IDOC_LISTENER_FAILED', { address, reason: failure });
  if (await isOurs(listen)) return `${address} is listened on by an agent`;
  return warnOf(new GatewayError('IDOC_LISTENER_FAILED', { address, reason: 'another program listens there' }));
}

/** Undefined where it can be listened on. */
function tryPort(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: Error & { readonly code?: string }) => resolve(error.code ?? error.name));
    probe.listen(port, host, () => probe.close(() => resolve(undefined)));
  });
}

/** It says so to whoever looks at it, in one way or, where a password is asked for, the other. */
function isOurs({ host, port, path, isTls }: NonNullable<ChangesCheckParts['listen']>): Promise<boolean> {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  const ask = isTls ? requestHttps : requestHttp;
  // Nothing secret is sent and nothing believed, so that any certificate will do.
  const options = { host: reachable, port, path, agent: false, timeout: answerWithinMs, rejectUnauthorized: false };
  return new Promise((resolve) => {
    const request = ask(options, (response) => {
      response.resume();
      resolve(response.headers['x-gangway'] === 'idocs');
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
    request.once('close', () => resolve(false));
    request.end();
  });
}

async function checkFolder(folder: string): Promise<string> {
  const found = await lstat(folder).catch((cause: unknown) => {
    throw new GatewayError('IDOC_FOLDER_FAILED', { folder, reason: 'it does not exist or cannot be looked at' }, cause);
  });
  if (!found.isDirectory() && !found.isSymbolicLink())
    throw new GatewayError('IDOC_FOLDER_FAILED', { folder, reason: 'it is no folder' });
  if (!(await may(folder, constants.R_OK | constants.W_OK | constants.X_OK)))
    throw new GatewayError('IDOC_FOLDER_FAILED', { folder, reason: 'it may not be read and written' });
  return 'can be read and written';
}
