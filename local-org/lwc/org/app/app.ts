/** The frame around everything: header, the list or record shown, dialogs, toasts. */
import { LightningElement } from 'lwc';
import { currentPlace, onActionRequest, onPlaceChange } from 'platform/router';
import type { ActionRequest, Place } from 'platform/router';

export default class App extends LightningElement {
  place: Place = currentPlace();
  action: ActionRequest | null = null;
  private stopListening: (() => void)[] = [];

  connectedCallback(): void {
    this.stopListening = [
      onPlaceChange(() => {
        this.place = currentPlace();
        this.action = null;
      }),
      onActionRequest((request) => {
        this.action = request;
      }),
    ];
  }

  disconnectedCallback(): void {
    this.stopListening.forEach((stop) => stop());
  }

  get isRecord(): boolean {
    return this.place.kind === 'record';
  }

  get object(): string {
    return this.place.kind === 'page' ? '' : this.place.object;
  }

  /** The app page shown, if one is. */
  get pageName(): string | undefined {
    return this.place.kind === 'page' ? this.place.name : undefined;
  }

  get recordId(): string | undefined {
    return this.place.kind === 'record' ? this.place.recordId : undefined;
  }

  /** One key per object: the next record of an object takes over the page, so components get a new `recordId`. */
  get recordPages(): { object: string }[] {
    return this.place.kind === 'record' ? [{ object: this.place.object }] : [];
  }

  /** While a dialog is open nothing behind it can be reached, by mouse or keyboard. */
  get isBehindDialog(): boolean {
    return this.action !== null;
  }

  renderedCallback(): void {
    const workspace = this.refs?.['workspace'];
    if (workspace instanceof HTMLElement) workspace.inert = this.isBehindDialog;
  }

  focusContent(): void {
    const content = this.refs?.['content'];
    if (content instanceof HTMLElement) content.focus();
  }

  closeAction(): void {
    this.action = null;
  }
}
