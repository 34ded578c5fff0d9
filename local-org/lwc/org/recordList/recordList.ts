/** A list view: the whole page for a tab, or the narrow one beside a record to walk from one to the next. */
import { LightningElement, api } from 'lwc';
import { callOrg } from 'platform/http';
import { onRecordUpdate } from 'platform/records';
import { followLink, recordPath } from 'platform/router';

interface Row {
  id: string;
  name: string;
  subtitle: string;
  cells: { label: string; text: string }[];
}
interface ListView {
  label: string;
  icon: string;
  columns: string[];
  rows: Row[];
}

/** Until the list is there. */
const emptyList: ListView = { label: '', icon: '', columns: [], rows: [] };

export default class RecordList extends LightningElement {
  @api isCompact = false;
  @api selectedId: string | undefined;
  view: ListView = emptyList;
  failure = '';
  private listed = '';
  private stopListening: (() => void) | undefined;

  @api
  get object(): string {
    return this.listed;
  }
  set object(name: string) {
    if (name === this.listed) return;
    this.listed = name;
    this.view = emptyList;
    void this.load();
  }

  connectedCallback(): void {
    this.stopListening = onRecordUpdate(() => void this.load());
  }

  disconnectedCallback(): void {
    this.stopListening?.();
  }

  private async load(): Promise<void> {
    const object = this.listed;
    try {
      const view = (await callOrg(`/api/page/lists/${object}`)) as ListView;
      if (object !== this.listed) return;
      this.view = view;
      this.failure = '';
    } catch {
      this.failure = 'The list could not be read.';
    }
  }

  get rows() {
    return this.view.rows.map((row) => {
      const isSelected = row.id === this.selectedId;
      return {
        ...row,
        href: recordPath(this.listed, row.id),
        current: isSelected ? 'page' : undefined,
        itemClass: `item${isSelected ? ' selected' : ''}`,
        cells: row.cells.map((cell) => ({ ...cell, key: `${row.id} ${cell.label}` })),
      };
    });
  }

  get count(): string {
    const count = this.view.rows.length;
    return `${count} ${count === 1 ? 'item' : 'items'}`;
  }

  follow(event: MouseEvent): void {
    followLink(event);
  }
}
