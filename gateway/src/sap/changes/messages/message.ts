/** What is known of a message type before its translator is asked. */
import type { RecordChange } from '../../../model/index.ts';
import type { SegmentNode } from '../segment-tree.ts';
import type { Translation } from '../translation.ts';

export interface Message {
  /** Message types under which SAP itself sends it. */
  readonly names: readonly string[];
  /** Basic types whose segments are understood. */
  readonly basicTypes: readonly string[];
  /** Master data can be reduced (BD53) and then has another message type; documents are always whole. */
  readonly isMaster: boolean;
  /** The segment everything hangs below, or stands beside. */
  readonly root: string;
  /** Fields that a whole root segment always has: where one is missing, somebody took fields out. */
  readonly always: readonly (readonly [segment: string, field: string])[];
  /** Segments that are read: in a flat file, their layout must be known. */
  readonly segments: readonly string[];
  translate(tree: readonly SegmentNode[], translation: Translation): RecordChange[];
}
