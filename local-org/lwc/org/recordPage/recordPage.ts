/** A record page: what the org says about the record, and the components its Lightning page places. */
import { LightningElement, api } from 'lwc';
import { pages } from 'generated/pages';
import type { PlacedComponent } from 'generated/pages';
import { callOrg } from 'platform/http';
import { onRecordUpdate } from 'platform/records';
import { emptyView, withoutValues } from 'platform/views';
import type { RecordView } from 'platform/views';

/** Where an object has no page of its own. */
const plainRegions = { main: [{ component: 'force:detailPanel', properties: {}, visibleWith: null }] };

export default class RecordPage extends LightningElement {
  @api object = '';
  view: RecordView = emptyView;
  failure = '';
  private shownId = '';
  private stopListening: (() => void) | undefined;
  /** A component says that the page's data may be old, as after a quick action. */
  private readonly onRefresh = (): void => void this.load();

  @api
  get recordId(): string {
    return this.shownId;
  }
  set recordId(recordId: string) {
    this.shownId = recordId;
    this.failure = '';
    this.view = withoutValues(this.view);
    // After the components have the record: what they ask SAP takes longest, so it should be on its way first.
    if (this.stopListening !== undefined) queueMicrotask(() => void this.load());
  }

  connectedCallback(): void {
    this.stopListening = onRecordUpdate((ids) => {
      if (ids.has(this.recordId)) void this.load();
    });
    document.addEventListener('lightning__refresh', this.onRefresh);
    void this.load();
  }

  disconnectedCallback(): void {
    document.removeEventListener('lightning__refresh', this.onRefresh);
    this.stopListening?.();
    this.stopListening = undefined;
  }

  private async load(): Promise<void> {
    const { recordId } = this;
    try {
      const view = (await callOrg(`/api/page/records/${recordId}`)) as RecordView;
      if (recordId !== this.recordId) return;
      this.view = view;
      document.title = `${view.name} | ${view.label} | Gangway local org`;
    } catch {
      if (recordId !== this.recordId) return;
      this.failure = 'This record is not there, or you have no access to it. Ask your Salesforce admin.';
    }
  }

  get regions(): Readonly<Record<string, readonly PlacedComponent[]>> {
    return pages.find((page) => page.object === this.object)?.regions ?? plainRegions;
  }

  /** A region by its standard name, each placed component with what it needs to stand alone. */
  private placed(region: string) {
    return (this.regions[region] ?? []).map((placed, index) => ({ ...placed, key: `${region} ${index}` }));
  }

  /** Keyed by object, so that a list keeps its place when the next record comes. */
  get relatedLists() {
    return this.view.relatedLists.map((list) => ({ key: list.object, list }));
  }

  get header() {
    return this.placed('header').filter((placed) => placed.component !== 'force:highlightsPanel');
  }
  get main() {
    return this.placed('main');
  }
  get sidebar() {
    return [...this.placed('sidebar'), ...this.placed('rightsidebar')];
  }
  get columnsClass(): string {
    return this.sidebar.length > 0 ? 'columns with-sidebar' : 'columns';
  }
}
