/** Asks for the number of a customer that SAP has already. */
import { LightningElement, api } from 'lwc';
import INVALID from '@salesforce/label/c.Link_Invalid';
import LINK from '@salesforce/label/c.Link_Action';
import NUMBER from '@salesforce/label/c.Link_Number';
import TEXT from '@salesforce/label/c.Link_Text';

interface NumberInput extends HTMLElement {
    value: string;
    setCustomValidity(message: string): void;
    reportValidity(): boolean;
}

/** A number as SAP shows it: with or without leading zeros, at most ten letters and digits, not only zeros. */
const isCustomerNumber = (text: string): boolean => /^[A-Za-z0-9]{1,10}$/.test(text) && !/^0+$/.test(text);

export default class LinkCustomer extends LightningElement {
    @api isBusy = false;
    readonly labels = { link: LINK, number: NUMBER, text: TEXT };
    private number = '';

    handleChange(event: CustomEvent<{ value: string }>): void {
        this.number = event.detail.value.trim();
    }
    handleLink(): void {
        const input = this.template?.querySelector<NumberInput>('lightning-input');
        const isValid = isCustomerNumber(this.number);
        input?.setCustomValidity(isValid ? '' : INVALID);
        input?.reportValidity();
        if (!isValid || this.isBusy) return;
        this.dispatchEvent(new CustomEvent('link', { detail: { number: this.number } }));
    }
    handleKey(event: KeyboardEvent): void {
        if (event.key === 'Enter') this.handleLink();
    }
}
