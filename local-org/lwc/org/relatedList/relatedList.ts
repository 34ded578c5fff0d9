/** A related list below a record's panels; it looks again by itself while one of its records goes on by itself. */
import { LightningElement, api } from 'lwc';
import { callOrg } from 'platform/http';
import { lookAgain } from 'platform/look-again';
import { followLink, recordPath } from 'platform/router';
import type { RelatedListView } from 'platform/views';

/** Most requests take about a second. */
const everyMs = 1_000;
/** Whoever waits longer than ten minutes presses refresh. */
const maxLooks = 600;

const nothing: RelatedListView = { object: '', label: '', icon: '', count: 0, rows: [], isMoving: false };

export default class RelatedList extends LightningElement {
  @api recordId = '';
  shown: RelatedListView = nothing;
  private looks = 0;
  private stopLooking: (() => void) | undefined;

  /** What the page read with the record. */
  @api
  get list(): RelatedListView {
    return this.shown;
  }
  set list(list: RelatedListView) {
    this.looks = 0;
    this.show(list);
  }

  disconnectedCallback(): void {
    this.stop();
  }

  private stop(): void {
    this.stopLooking?.();
    this.stopLooking = undefined;
  }

  private show(list: RelatedListView): void {
    this.shown = list;
    if (list.isMoving && this.looks < maxLooks) this.stopLooking ??= lookAgain(everyMs, () => this.look());
    else this.stop();
  }

  private async look(): Promise<void> {
    const { recordId } = this;
    this.looks += 1;
    const lists = (await callOrg(`/api/page/records/${recordId}/related`)) as RelatedListView[];
    const list = lists.find(({ object }) => object === this.shown.object);
    // Somebody has gone on to another record, or the page has read this one itself.
    if (recordId !== this.recordId || this.stopLooking === undefined) return;
    if (list !== undefined) this.show(list);
  }

  get heading(): string {
    return `${this.shown.label} (${this.shown.count})`;
  }

  get isEmpty(): boolean {
    return this.shown.rows.length === 0;
  }

  get columns(): readonly string[] {
    return this.shown.rows[0]?.fields.map(({ label }) => label) ?? [];
  }

  get rows() {
    return this.shown.rows.map((row) => ({ ...row, href: recordPath(this.shown.object, row.id) }));
  }

  follow(event: MouseEvent): void {
    followLink(event);
  }
}
