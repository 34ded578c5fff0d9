/** Stand-in of lightning-input that remembers what it was told about its validity. */
import { LightningElement, api } from 'lwc';

export default class Input extends LightningElement {
  @api label?: string;
  @api name?: string;
  @api type?: string;
  @api value?: string;
  @api required?: boolean;
  @api disabled = false;
  @api maxLength?: number;
  @api customValidity = '';
  @api setCustomValidity(message: string): void {
    this.customValidity = message;
  }
  @api reportValidity(): boolean {
    return this.customValidity === '';
  }
}
