/**
 * Feeds one panel: paints the snapshot at once, replaces it by the live answer, adds further pages on demand.
 *
 * Invariants: (1) an answer for another record, or one overtaken by a later question, is dropped; (2) what is on the
 * screen is only ever replaced by something newer, so a failure never takes figures away; (3) the figures of one
 * SAP customer never stay when the record turns out to belong to another; (4) while a customer is on its way, it looks
 * again by itself, and not for ever; (5) a refresh does not shorten a list to which pages were added.
 */
import load from '@salesforce/apex/PanelController.load';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import { after } from 'c/pageTimer';
import { toProblem } from 'c/sapProblem';
import { isOnItsWay, unread } from './panelState';
import type { InvoiceFilter, PanelState } from './panelState';
import { isSameCustomer, parseBody, readPages } from './readPages';
import type { Pages, Paging, Question } from './readPages';

export { isOnItsWay, unread } from './panelState';
export type { InvoiceFilter, PanelState } from './panelState';

/** Soon at first, for most customers take a second; about ten minutes in all. These looks cost no call to SAP. */
const looksAfterMs: readonly number[] = [1500, 1500, 2000, 3000, 5000, 8000, 13_000, ...Array<number>(19).fill(30_000)];

/**
 * Each page is several calls to SAP, and changes may have a list read every two seconds: who has asked for still more keeps the
 * newest fifty rows, and asks again.
 */
const maxPagesAgain = 5;

interface ReaderOptions<Body> extends Paging<Body> {
    readonly panel: Gangway.Panel;
    readonly onChange: (state: PanelState<Body>) => void;
}

type Answer<Body> = (pages: Pages<Body>) => void;

const isOlder = (view: Gangway.PanelView, other: Gangway.PanelView | undefined): boolean =>
    other?.asOf !== undefined && (view.asOf === undefined || Date.parse(view.asOf) < Date.parse(other.asOf));

export class PanelReader<Body> {
    private readonly options: ReaderOptions<Body>;
    private state: PanelState<Body> = unread;
    private recordId: string | undefined;
    private question = 0;
    /** As many as somebody has asked for, whether they have come already or not. */
    private pages = 1;
    private looks = 0;
    private cancelLook?: (() => void) | undefined;

    constructor(options: ReaderOptions<Body>) {
        this.options = options;
    }

    /** Starts anew for a record. Snapshot and live answer are asked for side by side; neither waits for the other. */
    open(recordId: string): void {
        this.recordId = recordId;
        this.looks = 0;
        this.pages = 1;
        this.replace(unread);
        // The live question goes first: a browser sends only a few at once, and this one takes longest to answer.
        this.refresh();
        this.paintSnapshot(recordId);
    }

    /** Nothing that is still under way is painted any more. */
    close(): void {
        this.recordId = undefined;
        this.question += 1;
        this.cancelLook?.();
    }

    /** Reads live, as many pages as are shown. Resolves when the panel shows the answer. */
    refresh(question: Question = {}): Promise<void> {
        const asked = question.state ?? 'all';
        const count = this.state.filter === asked ? Math.min(this.pages, maxPagesAgain) : 1;
        return this.ask(question, count, (pages) => this.show(pages, asked));
    }

    /** Reads the next page and puts it behind what is shown. */
    more(question: Question & { readonly cursor: string }): Promise<void> {
        this.pages += 1;
        return this.ask(question, 1, ({ view }) => this.addPage(view));
    }

    private async ask(question: Question, count: number, answer: Answer<Body>, isQuiet = false): Promise<void> {
        const { recordId } = this;
        if (recordId === undefined) return;
        this.question += 1;
        const number = this.question;
        if (!isQuiet) this.set({ isBusy: true });
        try {
            const params = { recordId, panel: this.options.panel, ...question };
            const isOvertaken = (): boolean => number !== this.question;
            const pages = await readPages({ params, paging: this.options, count, isOvertaken });
            if (!isOvertaken()) answer(pages);
        } catch (thrown) {
            if (number === this.question) this.set({ problem: toProblem(thrown), isBusy: false });
        }
    }

    private async paintSnapshot(recordId: string): Promise<void> {
        const isOvertaken = (): boolean => recordId !== this.recordId || this.state.view !== undefined;
        try {
            const view = await load({ recordId, panel: this.options.panel });
            if (isOvertaken()) return;
            const body = parseBody<Body>(view.body);
            const { problem } = view;
            this.set({ view, ...(body === undefined ? {} : { body }), ...(problem === undefined ? {} : { problem }) });
        } catch (thrown) {
            // The live answer decides what the panel finally says; until then this is better than nothing.
            if (!isOvertaken()) this.set({ problem: toProblem(thrown) });
        }
    }

    /**
     * Shows a live answer or, after a failure, whichever of the snapshot and the screen is newer. The snapshot is a first page and
     * takes the place of no list that is longer.
     */
    private show({ view, body, count }: Pages<Body>, asked: InvoiceFilter): void {
        const { view: shown, body: shownBody, filter: shownFilter = 'all' } = this.state;
        // The number has just arrived: what else the page shows of the Account is read again.
        if (shown?.request && view.customer) notifyRecordUpdateAvailable([{ recordId: view.accountId }]);
        const isKept = shownBody !== undefined && shown !== undefined && isSameCustomer(view, shown) && !view.isLive;
        const { problem } = view;
        const base = { isBusy: false, ...(problem === undefined ? {} : { problem }) };
        const isLonger = this.pages > 1 && shownFilter === asked;
        if (isKept && (body === undefined || isLonger || isOlder(view, shown))) {
            const asOf = shown.asOf === undefined ? {} : { asOf: shown.asOf };
            this.replace({ ...base, view: { ...view, ...asOf, isLive: false }, body: shownBody, filter: shownFilter });
            return;
        }
        // After a failure the body is the snapshot, and that is always of everything.
        const filter = view.isLive ? asked : 'all';
        this.pages = count;
        this.replace({ ...base, view, ...(body === undefined ? {} : { body, filter }) });
    }

    private addPage(view: Gangway.PanelView): void {
        const page = view.isLive ? parseBody<Body>(view.body) : undefined;
        const { body } = this.state;
        const { append } = this.options;
        const { problem, ...known } = { ...this.state, isBusy: false };
        const isGood = page !== undefined && body !== undefined && append !== undefined;
        const failure = view.problem ?? (isGood ? undefined : problem);
        const next = isGood ? { ...known, body: append(body, page) } : known;
        this.replace({ ...next, ...(failure === undefined ? {} : { problem: failure }) });
    }

    private set(change: Partial<PanelState<Body>>): void {
        this.replace({ ...this.state, ...change });
    }

    private replace(state: PanelState<Body>): void {
        this.state = state;
        this.options.onChange(state);
        this.cancelLook?.();
        const delayMs = looksAfterMs[this.looks];
        if (state.isBusy || delayMs === undefined || !isOnItsWay(state.view?.request)) return;
        this.cancelLook = after(delayMs, () => this.look());
    }

    /** Without the busy mark: a screen reader would announce every look. */
    private look(): void {
        this.looks += 1;
        this.ask({}, 1, (pages) => this.show(pages, 'all'), true);
    }
}
