/** The dialog that a screen quick action, or editing, opens in: takes the focus, gives it back, closes on Escape. */
import { LightningElement, api } from 'lwc';
import { components, quickActions } from 'generated/pages';
import RecordEdit from 'org/recordEdit';
import { editAction } from 'platform/router';
import type { ActionRequest } from 'platform/router';

/** What really has the focus: each component only tells of the one below it. */
function focusedElement(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

export default class ActionDialog extends LightningElement {
  @api request: ActionRequest | undefined;
  private opener: Element | null = null;
  private isFocused = false;
  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented) this.close();
  };
  private readonly onCloseEvent = (): void => this.close();

  get action() {
    const { object, name } = this.request ?? { object: '', name: '' };
    return quickActions.find((action) => action.object === object && action.name === name);
  }

  private get isEdit(): boolean {
    return this.request?.name === editAction;
  }

  get label(): string {
    return this.action?.label ?? (this.isEdit ? 'Edit' : 'Quick action');
  }

  get componentClass(): unknown {
    return this.isEdit ? RecordEdit : components[this.action?.component ?? ''];
  }

  /** Like the platform, `recordId` is given after the component was connected. */
  properties: Record<string, unknown> = {};

  connectedCallback(): void {
    this.opener = focusedElement();
    document.addEventListener('keydown', this.onKey);
    document.addEventListener('lightning__actionsclosescreen', this.onCloseEvent);
  }

  renderedCallback(): void {
    if (this.isFocused) return;
    this.isFocused = true;
    const { recordId, object } = this.request ?? { recordId: '', object: '' };
    queueMicrotask(() => {
      this.properties = { recordId, objectApiName: object };
    });
    const dialog = this.refs?.['dialog'];
    if (dialog instanceof HTMLElement) dialog.focus();
  }

  disconnectedCallback(): void {
    document.removeEventListener('keydown', this.onKey);
    document.removeEventListener('lightning__actionsclosescreen', this.onCloseEvent);
    const opener = this.opener;
    // After the page behind is reachable again, which happens when the frame has rendered.
    setTimeout(() => (opener instanceof HTMLElement ? opener.focus() : undefined));
  }

  close(): void {
    this.dispatchEvent(new CustomEvent('close'));
  }
}
