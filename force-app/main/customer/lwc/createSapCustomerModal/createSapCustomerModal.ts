/** The form in a dialog of its own, opened from a panel's button. */
import { api } from 'lwc';
import LightningModal from 'lightning/modal';
import type { FlowMode } from 'c/customerFlow';

export default class CreateSapCustomerModal extends LightningModal {
    @api recordId?: string;
    @api mode: FlowMode = 'create';

    handleClose(): void {
        this.close();
    }
}
