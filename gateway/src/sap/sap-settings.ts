/** What the room needs to know about one SAP system; the program makes it from its configuration. */
import type { SapSystemId } from '../model/index.ts';

export interface SapSettings {
  /** The logical system, e.g. `ERPCLNT100`: half of every customer's identity. */
  readonly system: SapSystemId;
  readonly driver: 'soap';
  /** Scheme, host and port, e.g. `https://sap.example:44300`. */
  readonly url: string;
  /** SAP's client (mandant), three digits. */
  readonly sapClient: string;
  /** Logon language, ISO 639: texts come in it. */
  readonly language: string;
  readonly user: string;
  /** Returns the secret; it is never kept. */
  readonly password: () => string;
  /** SAP's own zone (IANA): its dates carry none, and "today" decides what is overdue. */
  readonly timeZone: string;
  readonly maxConnections: number;
  /** Where receivables are looked for in systems without the ABAP pack. */
  readonly companyCodes: readonly string[];
  /** Where credit accounts are looked for in systems without the ABAP pack; the company codes when left out. */
  readonly creditControlAreas?: readonly string[] | undefined;
  /** For new customers whose draft names none; it decides the number range. */
  readonly accountGroup: string;
  /** The largest answer read from SAP, in bytes. */
  readonly maxAnswerBytes?: number | undefined;
}
