/** The invoices panel of a record page: reads pages of invoices, filtered by what is unpaid. */
import { LightningElement, api } from 'lwc';
import { registerRefreshHandler, unregisterRefreshHandler } from 'lightning/refresh';
import { PanelReader, unread } from 'c/panelReader';
import type { InvoiceFilter, PanelState } from 'c/panelReader';
import { isUnknown } from 'c/sapWords';
import ALL from '@salesforce/label/c.Invoices_Filter_All';
import EMPTY from '@salesforce/label/c.Invoices_Empty';
import EMPTY_FILTERED from '@salesforce/label/c.Invoices_Empty_Filtered';
import EMPTY_TEXT from '@salesforce/label/c.Invoices_Empty_Text';
import FILTER from '@salesforce/label/c.Invoices_Filter';
import HEADING from '@salesforce/label/c.Invoices_Title';
import MORE from '@salesforce/label/c.Show_More';
import OPEN from '@salesforce/label/c.Invoice_State_Open';
import OVERDUE from '@salesforce/label/c.Invoice_State_Overdue';
import PAID from '@salesforce/label/c.Invoice_State_Paid';

const statesOf: Readonly<Record<InvoiceFilter, readonly Gangway.InvoiceState[]>> = {
    all: ['open', 'overdue', 'paid', 'cancelled'],
    // What is overdue is unpaid, too.
    open: ['open', 'overdue'],
    overdue: ['overdue'],
    paid: ['paid'],
};
const isFilter = (value: string): value is InvoiceFilter => value in statesOf;
/** Numbers repeat between company codes. */
const keyOf = (invoice: Gangway.Invoice): string => `${invoice.companyCode} ${invoice.number}`;

function append(shown: Gangway.InvoicePageBody, page: Gangway.InvoicePageBody): Gangway.InvoicePageBody {
    const known = new Set(shown.invoices.map(keyOf));
    return {
        ...shown,
        next: page.next,
        invoices: [...shown.invoices, ...page.invoices.filter((i) => !known.has(keyOf(i)))],
    };
}

/** Radio buttons of one name exclude each other across the whole page, so each panel has its own. */
let panelCount = 0;
const nextFilterName = (): string => {
    panelCount += 1;
    return `invoice-filter-${panelCount}`;
};

export default class SapInvoicesPanel extends LightningElement {
    readonly filterName = nextFilterName();
    readonly labels = { empty: EMPTY, emptyText: EMPTY_TEXT, filter: FILTER, heading: HEADING, more: MORE };
    readonly filterOptions = [
        { label: ALL, value: 'all' },
        { label: OPEN, value: 'open' },
        { label: OVERDUE, value: 'overdue' },
        { label: PAID, value: 'paid' },
    ];
    filter: InvoiceFilter = 'all';
    state: PanelState<Gangway.InvoicePageBody> = unread;
    private readonly reader = new PanelReader<Gangway.InvoicePageBody>({
        panel: 'invoices',
        append,
        next: (body) => body.next,
        onChange: (state) => {
            this.state = state;
            if (state.filter === undefined || state.filter === 'all') this.everything = state.body;
        },
    });
    /** The last list of all states: what is filtered from while SAP is away. */
    private everything?: Gangway.InvoicePageBody | undefined;
    private shownRecordId?: string | undefined;
    private refreshHandler?: number;

    @api get recordId(): string | undefined {
        return this.shownRecordId;
    }
    set recordId(recordId: string | undefined) {
        this.shownRecordId = recordId;
        this.filter = 'all';
        if (this.isConnected && recordId) this.reader.open(recordId);
    }
    connectedCallback(): void {
        if (this.shownRecordId) this.reader.open(this.shownRecordId);
        this.refreshHandler = registerRefreshHandler(this, () => this.refresh());
    }
    disconnectedCallback(): void {
        if (this.refreshHandler !== undefined) unregisterRefreshHandler(this.refreshHandler);
        this.reader.close();
    }
    get canSeeAmounts(): boolean {
        return this.state.view?.canSeeAmounts ?? false;
    }
    get receivables(): Gangway.Receivables[] {
        return this.state.body?.receivables ?? [];
    }
    get areReceivablesKnown(): boolean {
        return !isUnknown(this.unavailable, 'receivables');
    }
    get unavailable(): Gangway.UnavailableFigure[] {
        return this.state.body?.unavailable ?? [];
    }
    /** Filtered here as well: at once while SAP is asked, and from the snapshot while SAP is away. */
    get invoices(): Gangway.Invoice[] {
        return (this.body?.invoices ?? []).filter((invoice) => statesOf[this.filter].includes(invoice.state));
    }
    get isEmpty(): boolean {
        return this.invoices.length === 0;
    }
    get emptyHeading(): string {
        return this.filter === 'all' ? EMPTY : EMPTY_FILTERED;
    }
    get emptyText(): string {
        return this.filter === 'all' ? EMPTY_TEXT : '';
    }
    /** Only the list that was asked for goes on; one filtered here does not. */
    get hasMore(): boolean {
        return typeof this.state.body?.next === 'string' && this.shownFilter === this.filter;
    }
    handleRefresh(): void {
        this.refresh();
    }
    handleFilter(event: CustomEvent<{ value: string }>): void {
        const { value } = event.detail;
        if (!isFilter(value)) return;
        this.filter = value;
        this.refresh();
    }
    handleMore(): void {
        const cursor = this.state.body?.next;
        if (!this.state.isBusy && typeof cursor === 'string') this.reader.more({ cursor, state: this.filter });
    }
    private get shownFilter(): InvoiceFilter {
        return this.state.filter ?? 'all';
    }
    private get body(): Gangway.InvoicePageBody | undefined {
        return this.shownFilter === this.filter ? this.state.body : (this.everything ?? this.state.body);
    }
    private refresh(): Promise<void> {
        return this.reader.refresh({ state: this.filter });
    }
}
