/** Everything one SAP system offers to the program that opened it. */
import type { SapChanges } from './sap-changes.ts';
import type { SapInspection } from './sap-inspection.ts';
import type { SapLoad } from './sap-load.ts';
import type { SapServices } from './sap-services.ts';
import type { SapSystem } from './sap-system.ts';

export interface OpenedSap {
  /** For people: its calls go first. Closing it closes everything. */
  readonly system: SapSystem;
  /** The same system for what nobody waits for: its calls give way. */
  readonly background: SapSystem;
  /** Function modules that were published without code. */
  readonly services: SapServices;
  /** What changed in SAP, from IDocs, from the pack, from staging files. */
  readonly changes: SapChanges;
  /** What may be taken of SAP, and what has been taken. */
  readonly load: SapLoad;
  readonly inspection: SapInspection;
}
