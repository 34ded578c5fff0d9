/** An app page of the package: its components below each other. */
import { LightningElement, api } from 'lwc';
import { appPages } from 'generated/pages';

export default class AppPage extends LightningElement {
  private shownName = '';

  @api
  get name(): string {
    return this.shownName;
  }
  set name(name: string) {
    this.shownName = name;
    document.title = `${this.label} | Gangway local org`;
  }

  private get page() {
    return appPages.find((page) => page.name === this.shownName);
  }
  get label(): string {
    return this.page?.label ?? 'Page';
  }
  get isMissing(): boolean {
    return this.page === undefined;
  }
  get regions() {
    return this.page?.regions ?? {};
  }
  get placed() {
    return Object.values(this.regions).flatMap((region) =>
      region.map((placed, index) => ({ ...placed, key: `${placed.component} ${index}` })),
    );
  }
}
