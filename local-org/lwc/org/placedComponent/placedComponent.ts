/** One thing a Lightning page places: a tab set, the record's detail, or a component of the product. */
import { LightningElement, api } from 'lwc';
import { components } from 'generated/pages';
import type { PlacedComponent } from 'generated/pages';
import { session } from 'platform/session';
import { emptyView } from 'platform/views';
import type { RecordView } from 'platform/views';

const standardTabs: Record<string, string> = {
  'Standard.Tab.detail': 'Details',
  'Standard.Tab.relatedLists': 'Related',
  'Standard.Tab.activity': 'Activity',
  'Standard.Tab.chatter': 'Chatter',
};

/** Standard components that stand for what the local org does not have are left out, tabs with nothing in them too. */
const detailComponents = ['force:detailPanel', 'force:recordDetailPanelMobile', 'force:recordDetail'];

export default class PlacedComponentView extends LightningElement {
  @api placed: PlacedComponent | undefined;
  @api regions: Readonly<Record<string, readonly PlacedComponent[]>> = {};
  @api recordId = '';
  @api object = '';
  @api view: RecordView = emptyView;

  private get name(): string {
    return (this.placed?.component ?? '').replace(/^c[:/]/, '');
  }

  private get isVisible(): boolean {
    const permission = this.placed?.visibleWith;
    return !permission || session.customPermissions.includes(permission);
  }

  get componentClass(): unknown {
    return this.isVisible ? components[this.name] : undefined;
  }

  get isDetail(): boolean {
    return detailComponents.includes(this.name);
  }

  get isTabSet(): boolean {
    return this.name === 'flexipage:tabset' || this.name === 'flexipage:tabset2';
  }

  /** An admin's settings first, then what every component on a record page is given. */
  get properties(): Record<string, unknown> {
    return { ...this.placed?.properties, recordId: this.recordId, objectApiName: this.object };
  }

  private facet(name: string | undefined): readonly PlacedComponent[] {
    return this.regions[name ?? ''] ?? [];
  }

  private canShow(placed: PlacedComponent): boolean {
    const name = placed.component.replace(/^c[:/]/, '');
    return name in components || detailComponents.includes(name);
  }

  get tabs() {
    const tabs = this.facet(this.placed?.properties['tabs']).filter((tab) => tab.component === 'flexipage:tab');
    return tabs.flatMap((tab, index) => {
      const title = tab.properties['title'] ?? '';
      const items = this.facet(tab.properties['body']).filter((placed) => this.canShow(placed));
      if (items.length === 0) return [];
      const key = `tab ${index}`;
      return [
        { key, label: standardTabs[title] ?? title, items: items.map((item, i) => ({ ...item, key: `${key} ${i}` })) },
      ];
    });
  }
}
