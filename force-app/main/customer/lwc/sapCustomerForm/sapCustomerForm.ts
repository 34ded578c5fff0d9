/** The dialog that makes an Account an SAP customer, or links it to one; what happens is decided in c/customerFlow. */
import { LightningElement, api } from 'lwc';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import { CustomerFlow, flowStart } from 'c/customerFlow';
import type { FlowMode, FlowState } from 'c/customerFlow';
import type { DraftField, DraftIssue } from 'c/customerDraft';
import { displayNumber, fill } from 'c/sapFormat';
import { labels } from './labels';

interface FieldsElement extends HTMLElement {
    showIssues(issues: readonly DraftIssue[]): void;
    focusField(field: DraftField): void;
}

export default class SapCustomerForm extends LightningElement {
    /** `link` begins with the number of an existing customer. */
    @api mode: FlowMode = 'create';

    readonly labels = labels;
    state: FlowState = flowStart;
    private account?: string | undefined;
    private shownStep = flowStart.step;
    private markedIssues: readonly DraftIssue[] = flowStart.issues;
    private isFocusDue = false;
    private readonly flow = new CustomerFlow((state) => this.show(state));

    /** In a quick action it arrives only after connectedCallback. */
    @api get recordId(): string | undefined {
        return this.account;
    }
    set recordId(recordId: string | undefined) {
        if (recordId === this.account) return;
        this.account = recordId;
        if (this.isConnected) this.openFlow();
    }
    connectedCallback(): void {
        this.openFlow();
    }
    disconnectedCallback(): void {
        this.flow.stop();
    }
    /** Each step begins at its heading, or at what is wrong, so that a screen reader says where one is. */
    renderedCallback(): void {
        if (this.markedIssues !== this.state.issues) {
            this.markedIssues = this.state.issues;
            this.fields?.showIssues(this.markedIssues);
        }
        if (!this.isFocusDue) return;
        this.isFocusDue = false;
        const target = this.hasIssues ? '[data-missing]' : '[data-step-heading]';
        this.template?.querySelector<HTMLElement>(target)?.focus();
    }

    get isLoading(): boolean {
        return this.state.step === 'loading';
    }
    get isForm(): boolean {
        return this.state.step === 'form';
    }
    get isMatches(): boolean {
        return this.state.step === 'matches';
    }
    get isLink(): boolean {
        return this.state.step === 'link';
    }
    get isProgress(): boolean {
        return this.state.step === 'progress';
    }
    get isDone(): boolean {
        return this.state.step === 'done';
    }
    get isNotAllowed(): boolean {
        return this.state.step === 'closed' && this.state.problem === undefined;
    }
    get salesAreas(): readonly Gangway.SalesAreaOption[] {
        return this.state.view?.salesAreas ?? [];
    }
    get paymentTerms(): readonly { value: string; label: string }[] {
        return this.state.view?.paymentTerms ?? [];
    }
    get hasIssues(): boolean {
        return this.state.issues.length > 0;
    }
    get workingText(): string {
        return this.state.isBusy ? labels.working : '';
    }
    get doneHeading(): string {
        const { customer } = this.state;
        return customer === undefined ? '' : fill(labels.doneHeading, displayNumber(customer.number), customer.system);
    }

    handleDraftChange(event: CustomEvent<{ field: DraftField; value: string }>): void {
        this.flow.change(event.detail.field, event.detail.value);
    }
    handleContinue(): void {
        this.flow.next();
    }
    handleIssue(event: Event): void {
        const { currentTarget } = event;
        const field = currentTarget instanceof HTMLElement ? currentTarget.dataset.issue : undefined;
        const issue = this.state.issues.find((candidate) => candidate.field === field);
        if (issue !== undefined) this.fields?.focusField(issue.field);
    }
    handleCreate(): void {
        this.flow.create();
    }
    handleLink(event: CustomEvent<{ number: string }>): void {
        this.flow.link(event.detail.number);
    }
    handleToForm(): void {
        this.flow.goTo('form');
    }
    handleToLink(): void {
        this.flow.goTo('link');
    }
    handleCheck(): void {
        this.flow.checkAgain();
    }
    handleClose(): void {
        this.dispatchEvent(new CustomEvent('close'));
    }

    private get fields(): FieldsElement | null | undefined {
        return this.template?.querySelector<FieldsElement>('c-customer-fields');
    }
    private openFlow(): void {
        if (this.account !== undefined) this.flow.open(this.account, this.mode);
    }
    private show(state: FlowState): void {
        const before = this.state.issues;
        // Fewer than before: a field was corrected, and the focus stays where the person types.
        const hasNewIssues = state.issues !== before && state.issues.length > 0 && state.issues.length >= before.length;
        this.state = state;
        if (hasNewIssues) this.isFocusDue = true;
        if (state.step === this.shownStep) return;
        this.isFocusDue = this.isFocusDue || this.shownStep !== 'loading';
        this.shownStep = state.step;
        if (state.step === 'done') this.announce();
    }
    /** The record page re-reads its fields, and whoever opened this form knows that something changed. */
    private announce(): void {
        if (this.account !== undefined) notifyRecordUpdateAvailable([{ recordId: this.account }]);
        this.dispatchEvent(new CustomEvent('finished'));
    }
}
