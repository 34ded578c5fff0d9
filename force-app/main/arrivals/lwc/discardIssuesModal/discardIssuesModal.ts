/** Asks why held changes are to be thrown away; closes with the reason, or with nothing. */
import { api } from 'lwc';
import LightningModal from 'lightning/modal';
import { fill } from 'c/sapFormat';
import CANCEL from '@salesforce/label/c.Discard_Cancel';
import ITEM from '@salesforce/label/c.Discard_Item';
import REASON from '@salesforce/label/c.Discard_Reason';
import TEXT from '@salesforce/label/c.Discard_Text';
import MISSING from '@salesforce/label/c.Issue_Reason_Missing';
import DISCARD from '@salesforce/label/c.Issues_Discard';

interface ReasonField extends HTMLElement {
    setCustomValidity(message: string): void;
    reportValidity(): boolean;
}

export default class DiscardIssuesModal extends LightningModal {
    @api names: readonly string[] = [];
    /** What each of them is about, in the same order. */
    @api subjects: readonly string[] = [];
    readonly labels = { cancel: CANCEL, discard: DISCARD, missing: MISSING, reason: REASON, text: TEXT };
    private reason = '';

    get listed(): string {
        const items = this.names.map((each, index) => {
            const subject = this.subjects[index];
            return subject === undefined ? each : fill(ITEM, subject, each);
        });
        return items.join(', ');
    }
    handleReason(event: CustomEvent<{ value: string }>): void {
        this.reason = event.detail.value;
    }
    handleCancel(): void {
        this.close();
    }
    handleDiscard(): void {
        const field = this.template?.querySelector<ReasonField>('[data-field="reason"]');
        const reason = this.reason.trim();
        field?.setCustomValidity(reason === '' ? MISSING : '');
        field?.reportValidity();
        if (reason === '') field?.focus();
        else this.close(reason);
    }
}
