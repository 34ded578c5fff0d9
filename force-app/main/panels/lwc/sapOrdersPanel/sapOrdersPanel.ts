/** The orders panel of a record page: reads pages of orders, and one order when its row is opened. */
import { LightningElement, api } from 'lwc';
import { registerRefreshHandler, unregisterRefreshHandler } from 'lightning/refresh';
import readOrder from '@salesforce/apex/PanelController.readOrder';
import { PanelReader, unread } from 'c/panelReader';
import type { PanelState } from 'c/panelReader';
import { toProblem } from 'c/sapProblem';
import HEADING from '@salesforce/label/c.Orders_Title';
import EMPTY from '@salesforce/label/c.Orders_Empty';
import EMPTY_TEXT from '@salesforce/label/c.Orders_Empty_Text';
import MORE from '@salesforce/label/c.Show_More';

/** One opened order. */
export interface OrderDetailState {
    readonly isBusy: boolean;
    readonly order?: Gangway.OrderBody;
    readonly problem?: Gangway.ProblemView;
}

/** A page behind the shown ones; an order that moved between the two reads appears once. */
function append(shown: Gangway.OrderPageBody, page: Gangway.OrderPageBody): Gangway.OrderPageBody {
    const known = new Set(shown.orders.map((order) => order.number));
    return { ...shown, next: page.next, orders: [...shown.orders, ...page.orders.filter((o) => !known.has(o.number))] };
}

export default class SapOrdersPanel extends LightningElement {
    readonly labels = { empty: EMPTY, emptyText: EMPTY_TEXT, heading: HEADING, more: MORE };
    state: PanelState<Gangway.OrderPageBody> = unread;
    details: Readonly<Record<string, OrderDetailState>> = {};
    openNumbers: readonly string[] = [];
    private readonly reader = new PanelReader<Gangway.OrderPageBody>({
        panel: 'orders',
        append,
        next: (body) => body.next,
        onChange: (state) => {
            this.state = state;
        },
    });
    private shownRecordId?: string | undefined;
    private refreshHandler?: number;

    @api get recordId(): string | undefined {
        return this.shownRecordId;
    }
    set recordId(recordId: string | undefined) {
        this.shownRecordId = recordId;
        this.details = {};
        this.openNumbers = [];
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
    get orders(): Gangway.OrderSummary[] {
        return this.state.body?.orders ?? [];
    }
    get isEmpty(): boolean {
        return this.orders.length === 0;
    }
    get hasMore(): boolean {
        return typeof this.state.body?.next === 'string';
    }
    handleRefresh(): void {
        this.refresh();
    }
    handleMore(): void {
        const cursor = this.state.body?.next;
        if (!this.state.isBusy && typeof cursor === 'string') this.reader.more({ cursor });
    }
    handleToggleOrder({ detail: { number } }: CustomEvent<{ number: string }>): void {
        const isOpen = this.openNumbers.includes(number);
        this.openNumbers = isOpen ? this.openNumbers.filter((open) => open !== number) : [...this.openNumbers, number];
        if (!isOpen && this.details[number]?.order === undefined) this.readDetail(number);
    }
    handleRetryOrder({ detail: { number } }: CustomEvent<{ number: string }>): void {
        this.readDetail(number);
    }
    /** Opened orders are read anew and stay visible meanwhile; closed ones are read when they are opened again. */
    private async refresh(): Promise<void> {
        const open = this.openNumbers.flatMap((number) => {
            const known = this.details[number];
            return known === undefined ? [] : [[number, { ...known, isBusy: false }] as const];
        });
        this.details = Object.fromEntries(open);
        await Promise.all([this.reader.refresh(), ...this.openNumbers.map((number) => this.readDetail(number))]);
    }
    private async readDetail(number: string): Promise<void> {
        const { shownRecordId: recordId } = this;
        const known = this.details[number];
        if (recordId === undefined || known?.isBusy === true) return;
        this.setDetail(number, known?.order === undefined ? { isBusy: true } : { isBusy: true, order: known.order });
        const detail = await this.read(recordId, number);
        if (recordId === this.shownRecordId) this.setDetail(number, detail);
    }
    private async read(recordId: string, orderNumber: string): Promise<OrderDetailState> {
        try {
            const { body, problem } = await readOrder({ recordId, orderNumber });
            if (body === undefined) return { isBusy: false, ...(problem === undefined ? {} : { problem }) };
            const order: Gangway.OrderBody = JSON.parse(body);
            return { isBusy: false, order };
        } catch (thrown) {
            return { isBusy: false, problem: toProblem(thrown) };
        }
    }
    private setDetail(number: string, detail: OrderDetailState): void {
        this.details = { ...this.details, [number]: detail };
    }
}
