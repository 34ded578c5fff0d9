/** Changes of SAP that could not be written: lists them, has them tried again or thrown away, one or many at once. */
import { LightningElement } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { registerRefreshHandler, unregisterRefreshHandler } from 'lightning/refresh';
import discard from '@salesforce/apex/SyncIssueController.discard';
import retry from '@salesforce/apex/SyncIssueController.retry';
import { after, every, now } from 'c/pageTimer';
import DiscardIssuesModal from 'c/discardIssuesModal';
import { fill } from 'c/sapFormat';
import { toProblem } from 'c/sapProblem';
import { ownerOptions, subjectWord } from 'c/syncWords';
import { IssueReader, unread } from './issueReader';
import type { IssuesState } from './issueReader';
import { labels, stateOptions } from './issueWords';

/** The agent reports within seconds; who watches a wish being done should not wait long. */
const lookAgainMs = 15_000;
/** Typing is over when nothing was typed for so long. */
const typingMs = 400;
/** As many as one call takes. */
const maxWishes = 200;

const states: readonly Gangway.SyncIssueState[] = ['Held', 'Waiting', 'Solved', 'Discarded'];
type Wish = (ids: string[]) => Promise<Gangway.SyncWishesView>;
interface IssueTable extends HTMLElement {
    focusIssue(id: string): boolean;
}
interface Refusal {
    readonly key: string;
    readonly text: string;
}

export default class SapSyncIssues extends NavigationMixin(LightningElement) {
    readonly labels = labels;
    readonly responsibleOptions = [{ label: labels.anybody, value: '' }, ...ownerOptions];
    state: IssuesState = unread;
    filter: Gangway.SyncIssueFilter = { state: 'Held', page: 0 };
    selectedIds: readonly string[] = [];
    refusals: readonly Refusal[] = [];
    statusText = '';
    isNoted = false;
    isActing = false;
    clock = now();
    private readonly reader = new IssueReader((state) => this.show(state));
    private stopLooking?: () => void;
    private cancelTyping?: (() => void) | undefined;
    private refreshHandler?: number;

    connectedCallback(): void {
        this.read();
        this.stopLooking = every(lookAgainMs, () => {
            this.clock = now();
            if (!document.hidden && !this.isActing) this.read();
        });
        this.refreshHandler = registerRefreshHandler(this, () => this.read());
    }
    disconnectedCallback(): void {
        this.reader.close();
        this.stopLooking?.();
        this.cancelTyping?.();
        if (this.refreshHandler !== undefined) unregisterRefreshHandler(this.refreshHandler);
    }

    get issues(): readonly Gangway.SyncIssueView[] {
        return this.state.view?.issues ?? [];
    }
    get hasView(): boolean {
        return this.state.view !== undefined;
    }
    get hasIssues(): boolean {
        return this.issues.length > 0;
    }
    /** Who may not decide sees why, and nothing to press. */
    get isForbidden(): boolean {
        return this.state.problem?.code === 'SALESFORCE_QUEUE_NOT_PERMITTED';
    }
    get isFiltered(): boolean {
        return this.filter.state !== 'Held' || Boolean(this.filter.search) || Boolean(this.filter.responsible);
    }
    get emptyHeading(): string {
        return this.isFiltered ? labels.noneFound : labels.empty;
    }
    get emptyText(): string {
        return this.isFiltered ? labels.noneFoundText : labels.emptyText;
    }
    get isEmpty(): boolean {
        return !this.hasIssues;
    }
    get emptyIcon(): string {
        return this.isFiltered ? 'utility:search' : 'utility:success';
    }
    get stateOptions(): { label: string; value: string }[] {
        return stateOptions(states, this.state.view?.counts ?? {});
    }
    get hasSelection(): boolean {
        return this.selectedIds.length > 0;
    }
    get selectionText(): string {
        return fill(labels.selected, this.selectedIds.length);
    }
    /** What is selected and only SAP can send again is left out, and stays selected to be discarded. */
    get leavesOut(): boolean {
        return this.retryableIds.length < this.selectedIds.length;
    }
    get isRetryDisabled(): boolean {
        return this.isActing || this.retryableIds.length === 0;
    }
    get hasPages(): boolean {
        return this.pageNumber > 0 || this.state.view?.hasMore === true;
    }
    get isFirstPage(): boolean {
        return this.pageNumber === 0;
    }
    get isLastPage(): boolean {
        return this.state.view?.hasMore !== true;
    }
    get pageText(): string {
        return fill(labels.page, this.pageNumber + 1);
    }
    get hasRefusals(): boolean {
        return this.refusals.length > 0;
    }
    private get retryableIds(): readonly string[] {
        return this.issues.filter(({ canRetry, id }) => canRetry && this.selectedIds.includes(id)).map(({ id }) => id);
    }
    private get pageNumber(): number {
        return this.filter.page ?? 0;
    }

    async handleRefresh(): Promise<void> {
        await this.read();
        this.statusText = this.state.problem?.title ?? fill(labels.refreshed, labels.title);
    }
    handleState(event: CustomEvent<{ value: Gangway.SyncIssueState }>): void {
        this.narrow({ state: event.detail.value });
    }
    handleResponsible(event: CustomEvent<{ value: string }>): void {
        this.narrow({ responsible: event.detail.value });
    }
    handleSearch(event: CustomEvent<{ value: string }>): void {
        const search = event.detail.value;
        this.cancelTyping?.();
        this.cancelTyping = after(typingMs, () => this.narrow({ search }));
    }
    handlePrevious(): Promise<void> {
        return this.turnTo(Math.max(0, this.pageNumber - 1));
    }
    handleNext(): Promise<void> {
        return this.turnTo(this.pageNumber + 1);
    }
    handleSelect({ detail: { ids } }: CustomEvent<{ ids: readonly string[] }>): void {
        this.selectedIds = ids.slice(0, maxWishes);
    }
    handleRetryOne({ detail: { ids } }: CustomEvent<{ ids: readonly string[] }>): Promise<void> {
        return this.retry(ids);
    }
    handleDiscardOne({ detail: { ids } }: CustomEvent<{ ids: readonly string[] }>): Promise<void> {
        return this.discard(ids);
    }
    handleRetrySelected(): Promise<void> {
        return this.retry(this.retryableIds);
    }
    handleDiscardSelected(): Promise<void> {
        return this.discard(this.selectedIds);
    }
    handleOpenAccount({ detail: { id } }: CustomEvent<{ id: string }>): void {
        const attributes = { recordId: id, objectApiName: 'Account', actionName: 'view' };
        this[NavigationMixin.Navigate]({ type: 'standard__recordPage', attributes });
    }

    private retry(ids: readonly string[]): Promise<void> {
        return this.wish(ids, (issueIds) => retry({ issueIds }));
    }
    private async discard(ids: readonly string[]): Promise<void> {
        const chosen = this.issues.filter(({ id }) => ids.includes(id));
        const of = { names: chosen.map((issue) => issue.name), subjects: chosen.map(subjectWord) };
        const label = ids.length === 1 ? labels.discardTitleOne : fill(labels.discardTitle, ids.length);
        const reason = await DiscardIssuesModal.open({ size: 'small', label, ...of });
        if (typeof reason !== 'string' || reason === '') return;
        await this.wish(ids, (issueIds) => discard({ issueIds, reason }));
    }
    /** Each issue for itself: what was refused stays selected and says why. */
    private async wish(ids: readonly string[], send: Wish): Promise<void> {
        if (this.isActing || ids.length === 0) return;
        this.isActing = true;
        this.refusals = [];
        try {
            const { results, problem } = await send([...ids]);
            const refused = results.filter(({ isNoted }) => !isNoted);
            const noted = results.length - refused.length;
            this.refusals = refused.map(({ id, reason = '' }) => ({
                key: id,
                text: fill(labels.notNoted, this.nameOf(id), reason),
            }));
            this.selectedIds = this.selectedIds.filter((id) => !results.some((one) => one.isNoted && one.id === id));
            await this.read();
            this.isNoted = problem === undefined && noted > 0;
            this.statusText = problem?.title ?? (this.isNoted ? fill(labels.noted, noted) : '');
            if (problem !== undefined) this.state = { ...this.state, problem };
        } catch (thrown) {
            this.state = { ...this.state, problem: toProblem(thrown) };
        } finally {
            this.isActing = false;
        }
        this.returnFocus(ids);
    }
    /** The button that was pressed is gone, and the focus with it; who is elsewhere by now stays there. */
    private returnFocus(ids: readonly string[]): void {
        const table = this.template?.querySelector<IssueTable>('c-issue-table');
        if (document.activeElement === document.body) ids.some((id) => table?.focusIssue(id));
    }
    private nameOf(id: string): string {
        return this.issues.find((issue) => issue.id === id)?.name ?? id;
    }
    /** Who turns a page reads on from its top. */
    private async turnTo(page: number): Promise<void> {
        await this.narrow({ page });
        const table = this.template?.querySelector<IssueTable>('c-issue-table');
        if (this.issues[0] !== undefined) table?.focusIssue(this.issues[0].id);
    }
    private narrow(change: Gangway.SyncIssueFilter): Promise<void> {
        this.filter = { ...this.filter, page: 0, ...change };
        this.selectedIds = [];
        return this.read();
    }
    private async read(): Promise<void> {
        await this.reader.read(this.filter);
        const { view } = this.state;
        const isBehindTheLast = view !== undefined && view.page > 0 && view.issues.length === 0;
        // What stood on this page has been solved meanwhile; there may be more before it.
        if (isBehindTheLast && view.page === this.pageNumber) await this.narrow({ page: view.page - 1 });
    }
    /** What is not there any more, or needs nobody any more, is not selected any more. */
    private show(state: IssuesState): void {
        this.state = state;
        this.clock = now();
        this.statusText = '';
        this.isNoted = false;
        const open = this.issues.filter(({ canAct }) => canAct).map(({ id }) => id);
        this.selectedIds = this.selectedIds.filter((id) => open.includes(id));
    }
}
