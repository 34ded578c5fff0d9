/** Stand-in of lightning/modal, which sfdx-lwc-jest lacks; `open` is to be answered by the test. */
import { LightningElement, api } from 'lwc';

export default class LightningModal extends LightningElement {
  @api label?: string;
  static open = jest.fn(() => Promise.resolve(undefined));
  /** Tells the test what it was closed with. */
  close = jest.fn((result?: unknown) => this.dispatchEvent(new CustomEvent('closed', { detail: result })));
}
