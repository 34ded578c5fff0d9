/** The part of node-rfc that is used, and loading it; nothing outside of this folder knows the addon. */
import { createRequire } from 'node:module';
import { GatewayError } from '../../../errors/index.ts';
import { explainLoadFailure } from './rfc-sdk.ts';
import type { RfcMachine } from './rfc-sdk.ts';

/** A value in the addon's own form. */
export type RfcValue = string | number | Buffer | RfcStructure | readonly RfcStructure[];
export interface RfcStructure {
  readonly [field: string]: RfcValue;
}

/** One client of the addon, used in promise style only: with callbacks a client may be collected while it works. */
export interface RfcClient {
  /** False when the addon has no connection, e.g. because it could not open one again. */
  readonly alive: boolean;
  /** Changes when the addon has opened a new connection by itself. */
  readonly connectionHandle: number;
  open(): Promise<unknown>;
  close(): Promise<unknown>;
  cancel(): Promise<unknown>;
  ping(): Promise<unknown>;
  resetServerContext(): Promise<unknown>;
  call(functionName: string, parameters: RfcStructure, options: { notRequested: string[] }): Promise<unknown>;
}

export type RfcConnectionParameters = Readonly<Record<string, string>>;

export interface RfcLibrary {
  readonly Client: new (parameters: RfcConnectionParameters) => RfcClient;
}

const addonPackage = 'node-rfc';

/** Loads the addon and with it SAP's libraries; throws SAP_SDK_MISSING with the file that is missing and its place. */
export function loadRfcLibrary(machine: RfcMachine): RfcLibrary {
  const loaded = requireAddon(machine);
  if (!isLibrary(loaded)) throw new GatewayError('SAP_SDK_MISSING', { reason: `${addonPackage} is not version 3.3` });
  return loaded;
}

function requireAddon(machine: RfcMachine): unknown {
  try {
    return createRequire(import.meta.url)(addonPackage);
  } catch (thrown) {
    throw new GatewayError('SAP_SDK_MISSING', { reason: explainLoadFailure(thrown, machine) }, thrown);
  }
}

function isLibrary(loaded: unknown): loaded is RfcLibrary {
  return typeof loaded === 'object' && loaded !== null && 'Client' in loaded && typeof loaded.Client === 'function';
}
