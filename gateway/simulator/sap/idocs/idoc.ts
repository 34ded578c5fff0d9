/** An IDoc as the database of SAP keeps it: control record, segments, and every status it ever had. */
import type { ControlRecord } from './control-record.ts';
import type { Segment } from './segment.ts';

/** Status codes of outbound processing that the simulator uses. */
export const idocStatus = {
  created: '01',
  portError: '02',
  sent: '03',
  serviceError: '29',
  ready: '30',
} as const;
export type IdocStatus = (typeof idocStatus)[keyof typeof idocStatus];

export interface StatusRecord {
  readonly status: IdocStatus;
  readonly date: string;
  readonly time: string;
  readonly text: string;
}

export interface Idoc {
  /** DOCNUM, sixteen digits; it stays the same however often it is sent. */
  readonly number: string;
  readonly messageType: string;
  /** What it is about: customer, material, document; condition records by table and key. */
  readonly key: string;
  readonly port: string;
  readonly control: ControlRecord;
  readonly segments: readonly Segment[];
  readonly history: readonly StatusRecord[];
  /** Times it left, whether or not SAP learned of its arrival. */
  readonly deliveries: number;
}

/** An IDoc on its way: what is sent of it, with whatever a fault did to it. */
export interface OutgoingIdoc {
  readonly control: ControlRecord;
  readonly segments: Iterable<Segment>;
}

/** The status an IDoc has now. */
export function currentStatus(idoc: Idoc): IdocStatus {
  return idoc.history.at(-1)?.status ?? idocStatus.created;
}
