/** An IDoc as it was read, the same from XML and from a flat file: SAP's names, SAP's raw text, nothing interpreted. */
import type { GatewayError } from '../../errors/index.ts';
import type { IdocControl } from './control-record.ts';

export interface Idoc {
  readonly control: IdocControl;
  /** In the order of the document: a parent stands before its children. */
  readonly segments: readonly IdocSegment[];
}

export interface IdocSegment {
  /** The segment type, `E1KNA1M`, also where a flat file names the definition `E2KNA1M005`. */
  readonly name: string;
  /** The parent's place in `segments`; null at the top. */
  readonly parent: number | null;
  /**
   * Raw text by field, without trailing blanks. A field that is missing was left out by SAP or is blank in a flat file; an
   * empty one was sent as an empty XML element. SAP's "no data" sign `/` stays as it is.
   */
  readonly fields: Readonly<Record<string, string>>;
  /** Flat files only: all characters of the segment, where its layout is not known or does not explain all of them. */
  readonly raw?: string;
}

/** An IDoc that was not taken, while the document around it goes on. */
export interface RefusedIdoc {
  readonly error: GatewayError;
  /** Which one of its document, from 1. */
  readonly position: number;
  /** As much of the control record as was read. */
  readonly control: Readonly<Partial<IdocControl>>;
}

/** What reading gives for each IDoc of a document. */
export type IdocResult = { readonly idoc: Idoc } | { readonly refused: RefusedIdoc };
