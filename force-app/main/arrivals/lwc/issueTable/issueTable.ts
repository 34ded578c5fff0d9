/** Held changes as a table: what happened, what to do, whose it is; SAP's and Salesforce's own words on demand. */
import { LightningElement, api } from 'lwc';
import { fill, formatAge, formatInstant } from 'c/sapFormat';
import { ownerWord, subjectWord } from 'c/syncWords';
import ATTEMPTS from '@salesforce/label/c.Issues_Attempts';
import CAPTION from '@salesforce/label/c.Issues_Caption';
import CODE from '@salesforce/label/c.Issues_Code';
import DISCARD from '@salesforce/label/c.Issues_Discard';
import DISCARD_ONE from '@salesforce/label/c.Issues_Discard_One';
import DOCUMENT from '@salesforce/label/c.Issues_Document';
import NEXT from '@salesforce/label/c.Issues_Next';
import RECORD from '@salesforce/label/c.Issues_Record';
import RESPONSIBLE from '@salesforce/label/c.Issues_Responsible';
import RETRY from '@salesforce/label/c.Issues_Retry';
import RETRY_ONE from '@salesforce/label/c.Issues_Retry_One';
import SELECT from '@salesforce/label/c.Issues_Select';
import SELECT_ALL from '@salesforce/label/c.Issues_Select_All';
import SINCE from '@salesforce/label/c.Issues_Since';
import WHAT from '@salesforce/label/c.Issues_What';
import WISH_BY from '@salesforce/label/c.Issues_Wish_By';
import WISH_DISCARD from '@salesforce/label/c.Issues_Wish_Discard';
import WISH_RETRY from '@salesforce/label/c.Issues_Wish_Retry';
import WISH_WHY from '@salesforce/label/c.Issues_Wish_Why';
import WORDS from '@salesforce/label/c.Issues_Words';

const instantOrNothing = (instant: string | undefined): string => (instant === undefined ? '' : formatInstant(instant));

function wishText({ wish, wishBy = '', wishReason }: Gangway.SyncIssueView): string {
    if (wish === undefined) return '';
    return wishReason === undefined ? fill(WISH_BY, wishBy) : fill(WISH_WHY, wishBy, wishReason);
}

interface Action {
    /** Also the name of the event that asks for it. */
    readonly key: 'retry' | 'discard';
    readonly label: string;
    /** Buttons of one name stand in every row: who only hears them is told of which issue. */
    readonly ofWhat: string;
    readonly buttonClass: string;
}

function actionsOf(issue: Gangway.SyncIssueView): Action[] {
    if (!issue.canAct) return [];
    const discard: Action = {
        key: 'discard',
        label: DISCARD,
        ofWhat: fill(DISCARD_ONE, issue.name),
        buttonClass: 'slds-button slds-button_text-destructive',
    };
    if (!issue.canRetry) return [discard];
    const ofWhat = fill(RETRY_ONE, issue.name);
    return [{ key: 'retry', label: RETRY, ofWhat, buttonClass: 'slds-button slds-button_neutral' }, discard];
}

export default class IssueTable extends LightningElement {
    @api issues: readonly Gangway.SyncIssueView[] = [];
    @api selectedIds: readonly string[] = [];
    @api clock = 0;

    readonly labels = {
        caption: CAPTION,
        document: DOCUMENT,
        next: NEXT,
        record: RECORD,
        responsible: RESPONSIBLE,
        selectAll: SELECT_ALL,
        since: SINCE,
        what: WHAT,
        words: WORDS,
    };

    get rows() {
        return this.issues.map((issue) => ({
            issue,
            key: issue.id,
            subject: subjectWord(issue),
            responsible: ownerWord(issue.responsible),
            documentTime: instantOrNothing(issue.documentTime),
            since: issue.heldAt === undefined ? '' : formatAge(issue.heldAt, this.clock),
            exactSince: instantOrNothing(issue.heldAt),
            isSelected: this.selectedIds.includes(issue.id),
            selectLabel: fill(SELECT, issue.name),
            actions: actionsOf(issue),
            wish: issue.wish === undefined ? '' : { Retry: WISH_RETRY, Discard: WISH_DISCARD }[issue.wish],
            wishText: wishText(issue),
            attempts: fill(ATTEMPTS, issue.attempts),
            code: issue.code === undefined ? '' : fill(CODE, issue.code),
        }));
    }
    get canSelect(): boolean {
        return this.issues.some(({ canAct }) => canAct);
    }
    get isAllSelected(): boolean {
        return this.canSelect && this.issues.every(({ canAct, id }) => !canAct || this.selectedIds.includes(id));
    }

    /** Puts the focus on a row: what had it is not there any more. Whether the row was. */
    @api focusIssue(id: string): boolean {
        const row = this.template?.querySelector<HTMLElement>(`tr[data-id="${id}"]`);
        row?.focus();
        return row !== null && row !== undefined;
    }

    private select(ids: readonly string[]): void {
        this.dispatchEvent(new CustomEvent('select', { detail: { ids } }));
    }
    handleSelectAll(): void {
        const ids = this.issues.filter(({ canAct }) => canAct).map(({ id }) => id);
        this.select(this.isAllSelected ? [] : ids);
    }
    handleSelect(event: Event): void {
        const id = event.currentTarget instanceof HTMLElement ? event.currentTarget.dataset.id : undefined;
        if (id === undefined) return;
        const isSelected = this.selectedIds.includes(id);
        this.select(isSelected ? this.selectedIds.filter((other) => other !== id) : [...this.selectedIds, id]);
    }
    handleAction(event: Event): void {
        const { act, id } = event.currentTarget instanceof HTMLElement ? event.currentTarget.dataset : {};
        if (act !== undefined && id !== undefined) this.dispatchEvent(new CustomEvent(act, { detail: { ids: [id] } }));
    }
    handleOpen(event: Event): void {
        event.preventDefault();
        const id = event.currentTarget instanceof HTMLElement ? event.currentTarget.dataset.id : undefined;
        if (id !== undefined) this.dispatchEvent(new CustomEvent('openaccount', { detail: { id } }));
    }
}
