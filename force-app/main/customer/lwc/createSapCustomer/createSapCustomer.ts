/** The quick action on Account: the same form in the platform's own dialog. */
import { LightningElement, api } from 'lwc';
import { CloseActionScreenEvent } from 'lightning/actions';
import { RefreshEvent } from 'lightning/refresh';
import TITLE from '@salesforce/label/c.Create_Title';

export default class CreateSapCustomer extends LightningElement {
    @api recordId?: string;
    readonly heading = TITLE;

    /** The panels of the page read again. */
    handleFinished(): void {
        this.dispatchEvent(new RefreshEvent());
    }
    handleClose(): void {
        this.dispatchEvent(new CloseActionScreenEvent());
    }
}
