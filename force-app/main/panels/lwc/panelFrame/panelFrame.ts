/** The frame of a panel: whose figures, how old, and what there is to say and to do where there is no customer. */
import { LightningElement, api } from 'lwc';
import { RefreshEvent } from 'lightning/refresh';
import { ChangeWatch } from 'c/dataChanges';
import { now } from 'c/pageTimer';
import { displayNumber, fill, formatAge, formatInstant } from 'c/sapFormat';
import { isOnItsWay, unread } from 'c/panelReader';
import type { PanelState } from 'c/panelReader';
import CreateSapCustomerModal from 'c/createSapCustomerModal';
import { requestHeading, requestText } from './requestWords';
import AMOUNTS_HIDDEN from '@salesforce/label/c.Panel_Amounts_Hidden';
import AS_OF from '@salesforce/label/c.Panel_As_Of';
import CREATE from '@salesforce/label/c.Create_Action';
import CREATE_TITLE from '@salesforce/label/c.Create_Title';
import CUSTOMER from '@salesforce/label/c.Panel_Customer';
import LINK from '@salesforce/label/c.Link_Action';
import LINK_TITLE from '@salesforce/label/c.Link_Title';
import LIVE from '@salesforce/label/c.Panel_Live';
import LAST_KNOWN from '@salesforce/label/c.Panel_Last_Known';
import NO_ACCOUNT from '@salesforce/label/c.Panel_No_Account';
import NO_ACCOUNT_TEXT from '@salesforce/label/c.Panel_No_Account_Text';
import NO_CUSTOMER from '@salesforce/label/c.Panel_No_Customer';
import NO_CUSTOMER_TEXT from '@salesforce/label/c.Panel_No_Customer_Text';
import NO_CUSTOMER_ASK from '@salesforce/label/c.Panel_No_Customer_Ask';
import REFRESH from '@salesforce/label/c.Panel_Refresh';
import REFRESHED from '@salesforce/label/c.Panel_Refreshed';
import REFRESHING from '@salesforce/label/c.Panel_Refreshing';

/** After this long even a live answer is shown by its age. */
const liveMs = 120_000;

export default class PanelFrame extends LightningElement {
    @api heading = '';
    @api iconName = '';
    @api state: PanelState<unknown> = unread;

    readonly labels = { amountsHidden: AMOUNTS_HIDDEN, create: CREATE, link: LINK };
    clock = now();
    private readonly watch = new ChangeWatch({
        customer: () => this.view?.customer,
        accountId: () => this.view?.accountId,
        onChange: () => this.dispatchEvent(new CustomEvent('refresh')),
        onTick: () => {
            this.clock = now();
        },
    });

    connectedCallback(): void {
        this.watch.start(this.template?.host);
    }
    disconnectedCallback(): void {
        this.watch.stop();
    }

    get view(): Gangway.PanelView | undefined {
        return this.state.view;
    }
    get customerText(): string {
        const customer = this.view?.customer;
        return customer === undefined ? '' : fill(CUSTOMER, displayNumber(customer.number), customer.system);
    }
    get hasBody(): boolean {
        return this.state.body !== undefined;
    }
    get hasContent(): boolean {
        return this.hasBody || this.isWithoutCustomer;
    }
    get isWithoutCustomer(): boolean {
        return this.view !== undefined && this.view.customer === undefined && this.state.problem === undefined;
    }
    /** Nobody presses a button while a customer is on its way; a second one is the last thing wanted. */
    get canAct(): boolean {
        if (isOnItsWay(this.view?.request)) return false;
        return this.isWithoutCustomer && this.view?.accountId !== '' && this.view?.canCreate === true;
    }
    get emptyHeading(): string {
        if (this.view?.request) return requestHeading(this.view.request);
        return this.view?.accountId ? NO_CUSTOMER : NO_ACCOUNT;
    }
    get emptyText(): string {
        if (!this.view?.accountId) return NO_ACCOUNT_TEXT;
        if (this.view.request) return requestText(this.view.request, this.view.canCreate);
        return this.view.canCreate ? NO_CUSTOMER_TEXT : NO_CUSTOMER_ASK;
    }
    get isAmountsHidden(): boolean {
        return this.hasBody && this.view?.canSeeAmounts === false;
    }
    get asOf(): string | undefined {
        return this.hasBody ? this.view?.asOf : undefined;
    }
    get hasAge(): boolean {
        return this.asOf !== undefined;
    }
    get isLive(): boolean {
        const { asOf, view } = this;
        const isFresh = asOf !== undefined && Math.max(this.clock, now()) - Date.parse(asOf) < liveMs;
        return isFresh && view?.isLive === true && this.state.problem === undefined;
    }
    get ageText(): string {
        return this.asOf === undefined ? '' : fill(AS_OF, formatAge(this.asOf, Math.max(this.clock, now())));
    }
    get exactTime(): string {
        return this.asOf === undefined ? '' : formatInstant(this.asOf);
    }
    get markerText(): string {
        if (this.isLive) return LIVE;
        return this.view?.isLive && this.state.problem === undefined ? '' : LAST_KNOWN;
    }
    get markerClass(): string {
        return this.isLive ? 'marker marker_live' : 'marker';
    }
    get refreshLabel(): string {
        return fill(this.state.isBusy ? REFRESHING : REFRESH, this.heading);
    }
    /** Spoken once per change; the ticking age is not part of it. */
    get statusText(): string {
        if (this.state.isBusy) return fill(REFRESHING, this.heading);
        return this.state.problem?.title ?? fill(REFRESHED, this.heading);
    }
    /** A second press does nothing. */
    handleRefresh(): void {
        if (!this.state.isBusy) this.dispatchEvent(new CustomEvent('refresh'));
    }
    handleCreate(): Promise<void> {
        return this.openModal('create', CREATE_TITLE);
    }
    handleLink(): Promise<void> {
        return this.openModal('link', LINK_TITLE);
    }
    private async openModal(mode: 'create' | 'link', label: string): Promise<void> {
        await CreateSapCustomerModal.open({ size: 'small', label, mode, recordId: this.view?.accountId });
        // The dialog may have been closed at any time, so all panels look, this one included.
        this.dispatchEvent(new RefreshEvent());
    }
}
