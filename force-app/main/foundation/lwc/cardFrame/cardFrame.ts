/** The card around figures that are read from elsewhere: heading, refresh, what went wrong, and the states before anything is known. */
import { LightningElement, api } from 'lwc';
import { isNoAccess } from 'c/sapProblem';
import NO_ACCESS from '@salesforce/label/c.Panel_No_Access';

export default class CardFrame extends LightningElement {
    @api heading = '';
    @api subheading = '';
    @api iconName = '';
    @api refreshLabel = '';
    /** Something is being read. */
    @api isBusy = false;
    /** Somebody is waiting for it: the button turns. */
    @api isRefreshing = false;
    @api problem?: Gangway.ProblemView | undefined;
    /** Something is known, and the card's content shows it; it stays while it is read again and when that fails. */
    @api hasContent = false;
    /** The refusal is one of this user's rights, whatever its code. */
    @api isForbidden = false;
    /** Beside the button stands how old the content is. */
    @api hasAge = false;
    /** Above the content stands what narrows it: there also while nothing is known. */
    @api hasControls = false;
    /** Spoken once per change. */
    @api statusText = '';
    /** Everybody sees it: something that was asked for is done. */
    @api isStatusShown = false;

    readonly labels = { noAccess: NO_ACCESS };

    get isLoading(): boolean {
        return this.isBusy && !this.hasContent;
    }
    get isNoAccess(): boolean {
        return !this.hasContent && (this.isForbidden || isNoAccess(this.problem));
    }
    get shownProblem(): Gangway.ProblemView | undefined {
        return this.isNoAccess ? undefined : this.problem;
    }
    /** Who has no access sees why, and nothing to press. */
    get areControlsShown(): boolean {
        return this.hasControls && !this.isNoAccess;
    }
    get ariaBusy(): 'true' | 'false' {
        return this.isBusy ? 'true' : 'false';
    }
    get statusClass(): string {
        return this.isStatusShown ? 'done' : 'slds-assistive-text';
    }
    get refreshClass(): string {
        return this.isRefreshing ? 'refresh refresh_busy' : 'refresh';
    }
    /** The button stays enabled while busy, so that it keeps the focus; whoever reads drops a second press. */
    handleRefresh(): void {
        this.dispatchEvent(new CustomEvent('refresh'));
    }
}
