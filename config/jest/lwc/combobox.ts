/** Stand-in of lightning-combobox that remembers what it was told about its validity. */
import { LightningElement, api } from 'lwc';

export default class Combobox extends LightningElement {
  @api label?: string;
  @api name?: string;
  @api options?: unknown[];
  @api placeholder?: string;
  @api value?: string;
  @api required?: boolean;
  @api disabled = false;
  @api customValidity = '';
  @api setCustomValidity(message: string): void {
    this.customValidity = message;
  }
  @api reportValidity(): boolean {
    return this.customValidity === '';
  }
}
