/** The record's fields, section by section. */
import { LightningElement, api } from 'lwc';
import { followLink, recordPath } from 'platform/router';
import { emptyView } from 'platform/views';
import type { RecordView } from 'platform/views';

export default class RecordDetail extends LightningElement {
  @api view: RecordView = emptyView;

  get sections() {
    return this.view.sections.map((section) => ({
      ...section,
      fields: section.fields.map((field) => ({
        ...field,
        href: field.link === null ? undefined : recordPath(field.link.object, field.link.recordId),
      })),
    }));
  }

  follow(event: MouseEvent): void {
    followLink(event);
  }
}
