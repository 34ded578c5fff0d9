/** What the org tells the frame about a record. */

/** One field as a person reads it. */
export interface FieldView {
  readonly name: string;
  readonly label: string;
  readonly text: string;
  /** Where the field points at another record. */
  readonly link: { readonly object: string; readonly recordId: string } | null;
}

/** A record with its highlights and its detail. */
export interface RecordView {
  readonly id: string;
  readonly object: string;
  readonly label: string;
  readonly icon: string;
  readonly name: string;
  readonly highlights: readonly FieldView[];
  readonly sections: readonly { readonly label: string; readonly fields: readonly FieldView[] }[];
}

/** Until the record is there. */
export const emptyView: RecordView = {
  id: '',
  object: '',
  label: '',
  icon: '',
  name: '',
  highlights: [],
  sections: [],
};
