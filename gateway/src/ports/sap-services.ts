/** Function modules that were published as services: each is a file, none is code. */
import type { SapMessage } from '../errors/index.ts';
import type { PublishedService, ServiceName } from '../model/index.ts';
import type { Deadline } from '../timing/index.ts';
import type { KeyedWrite, WriteKey } from './sap-system.ts';

/** Values by the names of the service file, in the forms its JSON schemas describe. */
export type ServiceValues = Readonly<Record<string, unknown>>;

export interface ServiceAnswer {
  readonly outputs: ServiceValues;
  readonly sapMessages: readonly SapMessage[];
}

/** Why a published file does not serve. */
export interface ServiceFileProblem {
  /** Name of the file, or of the folder. */
  readonly file: string;
  /** What is wrong, where, and what to do: one sentence. */
  readonly problem: string;
}

/** What a service's own look-up says of a write whose outcome is unknown. */
export type ServiceLookup =
  | { readonly state: 'done'; readonly outputs: ServiceValues }
  /** SAP has the key, and what was written under it had other inputs. */
  | { readonly state: 'other' }
  | { readonly state: 'running' }
  /**
   * SAP has nothing of it. `isFinal`: SAP itself keeps the key, so what may still be on its way can do no harm; otherwise it
   * counts only when SAP has had the time in which it ends whatever runs.
   */
  | { readonly state: 'none'; readonly isFinal?: boolean }
  /** Its file names no way to look: a person must. */
  | { readonly state: 'impossible' };

/**
 * Promises of every implementation:
 * 1. Only functions of published files are called, whatever a caller sends; a name that is not published is SERVICE_UNKNOWN.
 * 2. Inputs are checked before anything is sent: REQUEST_INVALID with every issue, SAP_VALUE_TOO_LONG, never cut.
 * 3. A write throws SAP_OUTCOME_UNKNOWN whenever it may have been committed and no answer came back; anything else it throws
 *    has written nothing.
 */
export interface SapServices {
  list(): readonly PublishedService[];
  find(name: ServiceName): PublishedService | undefined;
  /** Files that do not serve, each with what to do; the others serve all the same. */
  problems(): readonly ServiceFileProblem[];
  /** Told after `list()` or `problems()` has changed; returns what ends it. */
  onChange(listener: () => void): () => void;
  /** The inputs with their defaults; throws REQUEST_INVALID. */
  checkInputs(name: ServiceName, inputs: unknown): ServiceValues;
  read(name: ServiceName, inputs: ServiceValues, deadline: Deadline): Promise<ServiceAnswer>;
  write(write: KeyedWrite, name: ServiceName, inputs: ServiceValues, deadline: Deadline): Promise<ServiceAnswer>;
  lookUp(
    write: { readonly key: WriteKey; readonly contentHash: string; readonly fence?: number | undefined },
    name: ServiceName,
    inputs: ServiceValues,
    deadline: Deadline,
  ): Promise<ServiceLookup>;
}
