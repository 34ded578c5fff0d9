/** How much of a document is read before it is called an attack or a mistake, each limit with its reason. */

export interface IdocLimits {
  readonly documentBytes: number;
  /** IDocs in one document. */
  readonly idocs: number;
  /** Segments in one IDoc. */
  readonly segments: number;
  /** Segments inside of segments. */
  readonly depth: number;
  /** Characters of one field. */
  readonly fieldCharacters: number;
  /** Characters of one IDoc, with a flat charge per field and segment. */
  readonly idocCharacters: number;
}

/** Generous for every IDoc that SAP sends; a receiver may set less. */
export const defaultIdocLimits: IdocLimits = {
  // Memory does not depend on it; it ends what never ends. SAP collects some thousand IDocs per document at most.
  documentBytes: 2 * 1024 ** 3,
  // Each number is remembered until the document ends, to find one that comes twice: some 10 MB.
  idocs: 100_000,
  // A material in 3,000 plants with texts and units has some 30,000. SAP's own counter ends at 999,999.
  segments: 100_000,
  // SAP's types nest seven deep; the XML scanner refuses more than 32 elements, wrappers included.
  depth: 24,
  // A segment holds 1,000 characters in all, so no field is longer; the rest is room for indentation.
  fieldCharacters: 4_000,
  // One IDoc is in memory at a time, because only a whole one is handed on: some 100 MB at the worst.
  idocCharacters: 16 * 1024 ** 2,
};

/** What a field costs in memory apart from its text, in characters; without it, a million empty ones would be free. */
export const fieldCharge = 16;
/** The same for a segment. */
export const segmentCharge = 64;
