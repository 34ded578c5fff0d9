/** What the room needs to know about one SAP system; the program makes it from its configuration. */
import type { AbapPackUse, SapFeature, SapSystemId } from '../model/index.ts';

interface CommonSettings {
  /** The logical system, e.g. `ERPCLNT100`: half of every customer's identity. */
  readonly system: SapSystemId;
  /** SAP's client (mandant), three digits. */
  readonly sapClient: string;
  /** Logon language, ISO 639: texts come in it. */
  readonly language: string;
  /** SAP's own zone (IANA): its dates carry none, and "today" decides what is overdue. */
  readonly timeZone: string;
  readonly maxConnections: number;
  /** Where receivables are looked for in systems without the ABAP pack. */
  readonly companyCodes: readonly string[];
  /** Where credit accounts are looked for in systems without the ABAP pack; the company codes when left out. */
  readonly creditControlAreas?: readonly string[] | undefined;
  /** For new customers whose draft names none; it decides the number range. */
  readonly accountGroup: string;
  /** What is used of SAP; everything where absent. Functions of no enabled feature are refused before anything is sent. */
  readonly features?: readonly SapFeature[] | undefined;
  /** Whether the ABAP pack is used; `optional` where absent. */
  readonly abapPack?: AbapPackUse | undefined;
  /** Folder of the published service files; none where absent. */
  readonly servicesFolder?: string | undefined;
  /** How much of SAP may be taken; the defaults where absent. */
  readonly governor?: GovernorSettings | undefined;
  /** Whose IDocs are read, and how files of theirs are encoded. */
  readonly idocs?: IdocSettings | undefined;
  /** What the pack's "changes since" is asked for; `credit`, `deletions` and `clearings` where absent. */
  readonly changeKinds?: readonly ('credit' | 'customers' | 'deletions' | 'clearings')[] | undefined;
}

export interface IdocSettings {
  /** The system itself where absent. */
  readonly senders?: readonly string[] | undefined;
  /** Any where absent. */
  readonly receiver?: string | undefined;
  /** Of flat files; UTF-8 where absent. */
  readonly encoding?: 'utf-8' | 'iso-8859-1' | 'utf-16le' | 'utf-16be' | undefined;
  /** Decimals of currencies that neither ISO 4217 nor TCURX of the system knows. */
  readonly currencies?: Readonly<Record<string, number>> | undefined;
  /** Units that neither SAP delivers nor T006 of the system names. */
  readonly units?: readonly string[] | undefined;
  /** Which message speaks about addresses beside ADRMAS; `debmas` where absent, `adrmas`: no other. */
  readonly addresses?: 'debmas' | 'adrmas' | undefined;
  /** Master data segments whose amounts are converted before they are sent; none where absent. */
  readonly realAmounts?: readonly string[] | undefined;
}

/** SOAP over HTTP: /sap/bc/soap/rfc. */
export interface SoapSettings extends CommonSettings {
  readonly driver: 'soap';
  /** Scheme, host and port, e.g. `https://sap.example:44300`. */
  readonly url: string;
  readonly user: string;
  /** Returns the secret; it is never kept. */
  readonly password: () => string;
  /** The largest answer read from SAP, in bytes. */
  readonly maxAnswerBytes?: number | undefined;
}

/** RFC through SAP's NetWeaver RFC SDK. */
export interface RfcSettings extends CommonSettings {
  readonly driver: 'node-rfc';
  readonly rfc: RfcDestination;
  /** Absent with SNC, where the certificate names the user. */
  readonly user?: string | undefined;
  readonly password?: (() => string) | undefined;
  /** What the process and its environment offer the SDK; a plain process where absent. */
  readonly runtime?: RfcRuntime | undefined;
}

/** What decides whether SAP's libraries are found, and how many calls can run at once. */
export interface RfcRuntime {
  readonly platform: string;
  readonly arch: string;
  /** Folders of the loader's search path, as the environment has them. */
  readonly libraryFolders: readonly string[];
  /** Where the SDK was unpacked, when the environment says so. */
  readonly sdkHome?: string | undefined;
  /** Calls that may run at once: each holds a thread of the process, which needs some for itself. */
  readonly threads: number;
}

export type SapSettings = SoapSettings | RfcSettings;

/** Where SAP is, in the words of the SDK: one application server, or a logon group of the message server. */
export interface RfcDestination {
  readonly target:
    | { readonly kind: 'application-server'; readonly host: string; readonly systemNumber: string }
    | {
        readonly kind: 'message-server';
        readonly host: string;
        /** Name or port of the service; from the system id where absent. */
        readonly service?: string | undefined;
        readonly systemId: string;
        readonly group: string;
      };
  /** `/H/host/S/port/H/...`, with passwords where a router wants them; never logged. */
  readonly router?: string | undefined;
  readonly snc?:
    | {
        readonly partnerName: string;
        readonly ownName?: string | undefined;
        /** 1 authentication, 2 integrity, 3 privacy, 8 the default of the system, 9 the most it can. */
        readonly quality: '1' | '2' | '3' | '8' | '9';
        /** Path of the cryptographic library. */
        readonly library?: string | undefined;
      }
    | undefined;
}

/** How much of SAP may be taken, and when. */
export interface GovernorSettings {
  /** Calls in SAP at once, which is work processes. */
  readonly workProcesses: number;
  readonly callsPerMinute: number;
  /** Of the work processes, so many at most for what nobody waits for. */
  readonly bulkWorkProcesses: number;
  /** Calls that may wait for a place; one more is AGENT_BUSY. */
  readonly waiting: number;
  /** The first rule that matches holds, in SAP's time zone; the figures above hold where none does. */
  readonly calendar: readonly CalendarRule[];
  /** Answers slower than this, or locks, make it take less until they are quick again. */
  readonly slowAboveMs: number;
}

export interface CalendarRule {
  readonly name: string;
  readonly days: readonly ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
  /** `HH:MM`; a rule whose end is not after its begin lasts into the next day. */
  readonly from: string;
  readonly to: string;
  readonly workProcesses: number;
  readonly callsPerMinute: number;
  readonly bulkWorkProcesses: number;
}
