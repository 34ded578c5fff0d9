/** The head of a record page: name, the fields that matter most, the actions. */
import { LightningElement, api } from 'lwc';
import { quickActions } from 'generated/pages';
import { editAction, followLink, openAction, recordPath } from 'platform/router';
import { emptyView } from 'platform/views';
import type { RecordView } from 'platform/views';

export default class HighlightsPanel extends LightningElement {
  @api recordId = '';
  @api object = '';
  @api view: RecordView = emptyView;

  get highlights() {
    return this.view.highlights.map((field) => ({
      ...field,
      href: field.link === null ? undefined : recordPath(field.link.object, field.link.recordId),
    }));
  }

  get actions() {
    const own = quickActions.filter((action) => action.object === this.object);
    return this.view.isEditable ? [{ name: editAction, label: 'Edit' }, ...own] : own;
  }

  follow(event: MouseEvent): void {
    followLink(event);
  }

  open(event: Event): void {
    const button = event.currentTarget;
    if (!(button instanceof HTMLElement)) return;
    openAction({ object: this.object, name: button.dataset['name'] ?? '', recordId: this.recordId });
  }
}
