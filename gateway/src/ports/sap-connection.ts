/** Calling remote-enabled function modules, whatever the transport. Drivers live in sap/drivers/. */
import type { Deadline } from '../timing/index.ts';

/**
 * ABAP values as SAP's own text: C and N as they are (N with leading zeros), D as `YYYYMMDD` (initial
 * `00000000`), T as `HHMMSS`, P/CURR/QUAN/DEC as decimal strings with the minus in front, I as decimal string,
 * X as hex. Trailing blanks are removed. Drivers convert from and to their wire's own forms.
 */
export type AbapValue = string | AbapStructure | readonly AbapStructure[];
export interface AbapStructure {
  readonly [field: string]: AbapValue;
}
export type AbapParameters = AbapStructure;

export interface CallOptions {
  readonly deadline: Deadline;
  /**
   * A `read` may be repeated after a lost answer; after a lost answer of a `write` the driver throws
   * SAP_OUTCOME_UNKNOWN unless it is certain that no byte of the request reached SAP.
   */
  readonly effect: 'read' | 'write';
  /** TABLES parameters wanted back. Over SOAP a table that is not named here is not returned. */
  readonly tables?: readonly string[];
  /**
   * `whole`: every parameter and field that SAP has may be sent and comes back, not only those that our own code uses. For
   * functions that are published as services.
   */
  readonly scope?: 'whole';
  /** `bulk`: nobody waits for it, so it gives way to people. `person` where absent. */
  readonly urgency?: Urgency;
  /** The published service that it is called for: the day's page counts it under this name. */
  readonly service?: string;
}

/** Whether somebody waits for the answer. */
export type Urgency = 'person' | 'bulk';

/** Of a session as a whole: it waits for its place once, before it begins. */
export interface SessionOptions {
  /** How long it may wait; a bounded time where absent. */
  readonly deadline?: Deadline | undefined;
  readonly urgency?: Urgency | undefined;
}

export interface SapSession {
  call(functionName: string, parameters: AbapParameters, options: CallOptions): Promise<AbapParameters>;
}

/** One authenticated way into one SAP client. */
export interface SapConnection extends SapSession {
  readonly capabilities: {
    /** False over SOAP: each call is its own ABAP session, so a change and its commit cannot be two calls. */
    readonly statefulSession: boolean;
  };
  /**
   * Everything inside shares one ABAP session, which no other call uses meanwhile; throws where `statefulSession` is false.
   * When the session is lost inside, every later call in it throws SAP_OUTCOME_UNKNOWN after a call that may have changed
   * something, else SAP_UNREACHABLE: what was not committed is gone, and nothing goes on in a session that is new. A
   * session is given back clean, and closed where that is not certain.
   */
  inOneSession<T>(work: (session: SapSession) => Promise<T>, options?: SessionOptions): Promise<T>;
  close(): Promise<void>;
}
