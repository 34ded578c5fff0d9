/** The dialog behind the button Edit: the record's fields, saved through the UI API under the user's rights. */
import { LightningElement, api } from 'lwc';
import { CloseActionScreenEvent } from 'lightning/actions';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { RefreshEvent } from 'lightning/refresh';
import { updateRecord } from 'lightning/uiRecordApi';
import { callOrg } from 'platform/http';

interface EditedField {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly maxLength: number | null;
  readonly isRequired: boolean;
  readonly options: readonly { readonly label: string; readonly value: string }[] | null;
}
interface EditForm {
  readonly title: string;
  readonly fields: readonly EditedField[];
}
interface Input extends HTMLElement {
  readonly value: string;
  reportValidity(): boolean;
}

/** The sentence Salesforce refused the record with. */
function sentenceOf(error: unknown): string {
  const body = (error as { readonly body?: readonly { readonly message?: string }[] } | null)?.body;
  return body?.[0]?.message ?? 'The record could not be saved.';
}

export default class RecordEdit extends LightningElement {
  title = 'Edit';
  fields: readonly EditedField[] = [];
  failure = '';
  isSaving = false;
  private shownId = '';

  @api
  get recordId(): string {
    return this.shownId;
  }
  set recordId(recordId: string) {
    if (recordId === this.shownId) return;
    this.shownId = recordId;
    void this.load();
  }

  /** The frame gives it to every component of a dialog. */
  @api objectApiName = '';

  private async load(): Promise<void> {
    try {
      const form = (await callOrg(`/api/page/records/${this.shownId}/form`)) as EditForm;
      this.title = form.title;
      this.fields = form.fields;
    } catch (error) {
      this.failure = sentenceOf(error);
    }
  }

  private get inputs(): Input[] {
    return [...(this.template?.querySelectorAll<Input>('[data-input]') ?? [])];
  }

  handleSubmit(event: Event): void {
    event.preventDefault();
    void this.save();
  }

  handleCancel(): void {
    this.dispatchEvent(new CloseActionScreenEvent());
  }

  async save(): Promise<void> {
    const { inputs } = this;
    const areGood = inputs.map((input) => input.reportValidity()).every(Boolean);
    if (!areGood || this.isSaving) return;
    const known = new Map(this.fields.map((field) => [field.name, field.value]));
    const values = inputs.map((input) => [input.dataset['input'] ?? '', input.value] as const);
    const changed = values.filter(([name, value]) => value !== known.get(name));
    this.isSaving = true;
    this.failure = '';
    try {
      await updateRecord({ fields: { Id: this.shownId, ...Object.fromEntries(changed) } });
      this.dispatchEvent(new ShowToastEvent({ title: 'The record was saved.', variant: 'success' }));
      // As after any change of a record, the page's components look again.
      this.dispatchEvent(new RefreshEvent());
      this.dispatchEvent(new CloseActionScreenEvent());
    } catch (error) {
      this.failure = sentenceOf(error);
    } finally {
      this.isSaving = false;
    }
  }
}
