/** One IDOC element: its control record first, then segments with fields and segments in them. */
import { GatewayError } from '../../../errors/index.ts';
import { controlFieldLength, controlRecordName, isControlField, toControl } from '../control-record.ts';
import type { ControlField } from '../control-record.ts';
import type { DraftSegment, IdocDraft } from '../idoc-draft.ts';
import { detached, withoutTrailingBlanks } from '../raw-text.ts';
import { sapName } from './sap-names.ts';

type ControlFields = Partial<Record<ControlField, string>>;

/** SAP marks every segment with SEGMENT="1": the only way to tell an empty segment from an empty field. */
const segmentMark = /\sSEGMENT[ \t\r\n]*=/;
/** What indentation is made of. */
const beyondWhiteSpace = /[^ \t\r\n]/;

/**
 * An element that holds elements, or is marked, is a segment; any other is a field. Whether an unmarked one holds elements
 * is known only when the first of them opens, so it is a field until then.
 */
export class XmlIdoc {
  readonly draft: IdocDraft;
  /** Open segments, outermost first. */
  readonly #open: { readonly segment: DraftSegment; readonly place: number }[] = [];
  /** The fields of the control record while it is open. */
  #controlFields: ControlFields | undefined;
  #field: string | undefined;
  #text = '';

  constructor(draft: IdocDraft) {
    this.draft = draft;
  }

  /** As much of the control record as was read. */
  get control(): ControlFields | undefined {
    return this.draft.control ?? this.#controlFields;
  }

  open(element: string, attributes: string): void {
    if (this.draft.control === undefined) return this.#openInControl(element);
    if (this.#field !== undefined) this.#fieldIsSegment(this.#field);
    const name = sapName(element);
    // Below IDOC itself there are no fields.
    if (this.#open.length === 0 || (attributes !== '' && segmentMark.test(attributes))) return this.#openSegment(name);
    this.#field = name;
  }

  text(value: string): void {
    if (this.#field === undefined) {
      if (beyondWhiteSpace.test(value)) throw malformed('text stands between its fields');
      return;
    }
    this.#text = this.#text === '' ? value : this.#text + value;
    this.draft.checkField(this.#text.length);
  }

  close(): void {
    if (this.#field !== undefined) return this.#closeField(this.#field);
    if (this.#controlFields === undefined) {
      this.#open.pop();
      return;
    }
    this.draft.setControl(toControl(this.#controlFields));
    this.#controlFields = undefined;
  }

  #openInControl(element: string): void {
    if (this.#controlFields === undefined) {
      if (/^EDI_DC\d*$/.test(element) && element !== controlRecordName) {
        throw new GatewayError('IDOC_VERSION_NOT_SUPPORTED', { found: element });
      }
      if (element !== controlRecordName) throw malformed(`it does not begin with ${controlRecordName}`);
      this.#controlFields = {};
      return;
    }
    if (this.#field !== undefined) throw malformed('a field of the control record holds elements');
    this.#field = sapName(element);
  }

  #openSegment(name: string): void {
    if (name === controlRecordName) throw malformed('it has two control records');
    const parent = this.#open.at(-1)?.place ?? null;
    const place = this.draft.size;
    this.#open.push({ segment: this.draft.addSegment(name, parent, this.#open.length + 1), place });
  }

  #fieldIsSegment(name: string): void {
    if (beyondWhiteSpace.test(this.#text)) throw malformed('a field holds both text and elements');
    this.#field = undefined;
    this.#text = '';
    this.#openSegment(name);
  }

  #closeField(name: string): void {
    const value = withoutTrailingBlanks(this.#text);
    this.#field = undefined;
    this.#text = '';
    this.draft.chargeField(value.length);
    if (this.#controlFields !== undefined) return setControlField(this.#controlFields, name, value.trim());
    const fields = this.#open.at(-1)?.segment.fields;
    if (fields === undefined) throw malformed('a field stands outside of a segment');
    if (fields[name] !== undefined) throw malformed(`a segment has field ${name} twice`);
    fields[name] = detached(value);
  }
}

function setControlField(fields: ControlFields, name: string, value: string): void {
  // Later releases may add fields; none of them is needed.
  if (!isControlField(name)) return;
  if (fields[name] !== undefined) throw malformed(`the control record has field ${name} twice`);
  if (value.length > controlFieldLength(name)) throw new GatewayError('IDOC_CONTROL_INCOMPLETE', { fields: name });
  if (name === 'TABNAM' && value !== '' && value !== controlRecordName) {
    throw new GatewayError('IDOC_VERSION_NOT_SUPPORTED', { found: value });
  }
  fields[name] = detached(value);
}

function malformed(reason: string): GatewayError {
  return new GatewayError('IDOC_MALFORMED', { reason });
}
