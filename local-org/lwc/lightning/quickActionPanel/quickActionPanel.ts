/** Stand-in for lightning-quick-action-panel, which the base components do not ship: header, body, footer of the dialog. */
import { LightningElement, api } from 'lwc';

export default class QuickActionPanel extends LightningElement {
  @api header = '';
  @api title = '';
  hasFooter = false;

  get footerClass(): string {
    return this.hasFooter ? 'slds-modal__footer' : 'slds-hide';
  }

  onFooterChange(event: Event): void {
    this.hasFooter = event.target instanceof HTMLSlotElement && event.target.assignedNodes().length > 0;
  }
}
