/** Stand-in of lightning-button with a real button, so that it can be pressed, disabled and checked by axe. */
import { LightningElement, api } from 'lwc';

export default class Button extends LightningElement {
  @api label?: string;
  @api variant?: string;
  @api disabled = false;
}
