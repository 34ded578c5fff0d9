/** What the org tells the frame about a record. */

/** One field as a person reads it. */
export interface FieldView {
  readonly name: string;
  readonly label: string;
  readonly text: string;
  /** Where the field points at another record. */
  readonly link: { readonly object: string; readonly recordId: string } | null;
}

/** Records that point at the one shown. */
export interface RelatedListView {
  readonly object: string;
  readonly label: string;
  readonly icon: string;
  /** All there are; `rows` are the newest. */
  readonly count: number;
  readonly rows: readonly { readonly id: string; readonly name: string; readonly fields: readonly FieldView[] }[];
  /** One of them goes on by itself. */
  readonly isMoving: boolean;
}

/** A record with its highlights, its detail and its related lists. */
export interface RecordView {
  readonly id: string;
  readonly object: string;
  readonly label: string;
  readonly icon: string;
  readonly name: string;
  readonly highlights: readonly FieldView[];
  readonly sections: readonly { readonly label: string; readonly fields: readonly FieldView[] }[];
  /** Whether it has the button Edit. */
  readonly isEditable: boolean;
  readonly relatedLists: readonly RelatedListView[];
}

/** The layout without what it says: shown while the next record of the same object is read. */
export function withoutValues(view: RecordView): RecordView {
  const blank = (fields: readonly FieldView[]): FieldView[] =>
    fields.map((field) => ({ ...field, text: '', link: null }));
  const sections = view.sections.map((section) => ({ ...section, fields: blank(section.fields) }));
  const relatedLists = view.relatedLists.map((list) => ({ ...list, count: 0, rows: [], isMoving: false }));
  return { ...view, id: '', name: '', highlights: blank(view.highlights), sections, relatedLists };
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
  isEditable: false,
  relatedLists: [],
};
