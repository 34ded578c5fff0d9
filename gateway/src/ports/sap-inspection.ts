/** What can be found out about an SAP system without touching anybody's data. */
import type { ErrorCode } from '../errors/index.ts';
import type { Deadline } from '../timing/index.ts';

/** Each figure as SAP says it; absent where this system or this way of access does not say it. */
export interface SapIdentity {
  /** The logical system of the client that was logged on to, e.g. `ERPCLNT100`. */
  readonly logicalSystem?: string | undefined;
  /** System id, e.g. `ERP`. */
  readonly systemId?: string | undefined;
  readonly release?: string | undefined;
  /** SAP's number of the code page its texts are kept in; 4102 and 4103 are Unicode. */
  readonly codePage?: string | undefined;
  /** Of the code page, where writes of anything else are refused; absent for Unicode and for what is not certain. */
  readonly characterSet?: string | undefined;
  /** Of the Gangway ABAP pack. */
  readonly packVersion?: string | undefined;
  /** SAP's clock minus ours, in milliseconds. */
  readonly clockOffsetMs?: number | undefined;
}

/**
 * One function module as SAP has it, beside what the code expects.
 * - `as-expected`: every parameter and field that is used is there, with its type, and nothing new is mandatory.
 * - `differs`: something that is used differs; calls of this function are refused with SAP_INTERFACE_CHANGED.
 * - `missing`, `not-authorized`: there is nothing to compare, or it may not be looked at.
 */
export interface InterfaceFinding {
  readonly functionName: string;
  /** Names of the features that need it, in the words of the setting `sap.features`. */
  readonly features: readonly string[];
  readonly state: 'as-expected' | 'differs' | 'missing' | 'not-authorized';
  /** Of each difference one sentence: which parameter or field, what is expected, what SAP has. */
  readonly differences: readonly string[];
  /** Of what is not as expected. */
  readonly code?: ErrorCode | undefined;
}

export interface InspectOptions {
  /** Only these functions; all that are enabled where absent. */
  readonly only?: ReadonlySet<string> | undefined;
}

export interface SapInspection {
  /** Which system answers; what SAP does not say is absent. */
  identify(deadline: Deadline): Promise<SapIdentity>;
  /**
   * Compares what the code expects of each enabled function, and of each published service, with what SAP has. From then
   * on calls of what differs are refused with SAP_INTERFACE_CHANGED, until an inspection finds it as expected.
   */
  inspect(deadline: Deadline, options?: InspectOptions): AsyncIterable<InterfaceFinding>;
}
