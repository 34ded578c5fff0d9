/** Sales orders as rows that open to their items, deliveries and invoices. */
import { LightningElement, api } from 'lwc';
import { displayNumber, fill, formatDay } from 'c/sapFormat';
import { moneyWords, orderStatusWords } from 'c/sapWords';
import type { StatusWord } from 'c/sapWords';
import CAPTION from '@salesforce/label/c.Orders_Caption';
import CONFIRMED from '@salesforce/label/c.Column_Confirmed';
import HIDE from '@salesforce/label/c.Order_Hide_Details';
import NET from '@salesforce/label/c.Column_Net';
import NOT_CONFIRMED from '@salesforce/label/c.Order_Not_Confirmed';
import NUMBER from '@salesforce/label/c.Column_Order';
import ORDERED from '@salesforce/label/c.Column_Ordered';
import PURCHASE_ORDER from '@salesforce/label/c.Order_Purchase_Order';
import REQUESTED from '@salesforce/label/c.Column_Requested';
import SHOW from '@salesforce/label/c.Order_Show_Details';
import STATUS from '@salesforce/label/c.Column_Status';

interface Row {
    readonly key: string;
    readonly detailKey: string;
    readonly detailId: string;
    readonly display: string;
    readonly type: string;
    readonly purchaseOrder: string;
    readonly ordered: string;
    readonly requested: string;
    readonly confirmed: string;
    /** The days again, each with its word, where there is no room for columns. */
    readonly days: { key: string; text: string }[];
    readonly word: StatusWord;
    readonly net: string;
    readonly isOpen: boolean;
    readonly iconName: string;
    readonly toggleLabel: string;
    readonly detail: unknown;
    readonly rowClass: string;
}

const day = (date: string | null): string => (date === null ? '–' : formatDay(date));

function dayLines(order: Gangway.OrderSummary): { key: string; text: string }[] {
    const days: readonly (readonly [string, string | null])[] = [
        [ORDERED, order.orderedOn],
        [REQUESTED, order.requestedOn],
        [CONFIRMED, order.confirmedOn],
    ];
    const known = days.flatMap(([name, date]) =>
        date === null ? [] : [{ key: name, text: `${name} ${formatDay(date)}` }],
    );
    return order.confirmedOn === null ? [...known, { key: CONFIRMED, text: NOT_CONFIRMED }] : known;
}

export default class OrderTable extends LightningElement {
    @api orders: readonly Gangway.OrderSummary[] = [];
    /** What is known of opened orders, by number. */
    @api details: Readonly<Record<string, unknown>> = {};
    @api openNumbers: readonly string[] = [];
    @api canSeeAmounts = false;

    readonly labels = {
        caption: CAPTION,
        confirmed: CONFIRMED,
        net: NET,
        number: NUMBER,
        ordered: ORDERED,
        requested: REQUESTED,
        status: STATUS,
    };

    get rows(): Row[] {
        return this.orders.map((order) => this.row(order));
    }
    handleToggle(event: Event): void {
        const { currentTarget } = event;
        const number = currentTarget instanceof HTMLElement ? currentTarget.dataset.number : undefined;
        if (number !== undefined) this.dispatchEvent(new CustomEvent('toggleorder', { detail: { number } }));
    }
    handleRetry(event: CustomEvent<{ number: string }>): void {
        this.dispatchEvent(new CustomEvent('retryorder', { detail: event.detail }));
    }
    private row(order: Gangway.OrderSummary): Row {
        const isOpen = this.openNumbers.includes(order.number);
        const display = displayNumber(order.number);
        return {
            key: order.number,
            detailKey: `${order.number}-detail`,
            detailId: `detail-${order.number}`,
            display,
            type: order.type.text ?? order.type.code,
            purchaseOrder: order.purchaseOrder === '' ? '' : fill(PURCHASE_ORDER, order.purchaseOrder),
            ordered: day(order.orderedOn),
            requested: day(order.requestedOn),
            confirmed: order.confirmedOn === null ? NOT_CONFIRMED : formatDay(order.confirmedOn),
            days: dayLines(order),
            word: orderStatusWords[order.status],
            net: moneyWords(order.net, this.canSeeAmounts),
            isOpen,
            iconName: isOpen ? 'utility:chevrondown' : 'utility:chevronright',
            toggleLabel: fill(isOpen ? HIDE : SHOW, display),
            detail: this.details[order.number],
            rowClass: isOpen ? 'row row_open' : 'row',
        };
    }
}
