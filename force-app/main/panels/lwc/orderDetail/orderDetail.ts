/** What became of one order: items with schedule lines, deliveries with their tracking, invoices. */
import { LightningElement, api } from 'lwc';
import { codedWords, displayNumber, fill, formatDay, formatQuantity } from 'c/sapFormat';
import { moneyWords } from 'c/sapWords';
import CANCELLED from '@salesforce/label/c.Invoice_State_Cancelled';
import DELIVERIES from '@salesforce/label/c.Order_Deliveries';
import DELIVERY_LINE from '@salesforce/label/c.Order_Delivery_Line';
import GOODS_ISSUED from '@salesforce/label/c.Order_Goods_Issued';
import INVOICES from '@salesforce/label/c.Order_Invoices';
import ITEMS from '@salesforce/label/c.Order_Items';
import NO_DELIVERIES from '@salesforce/label/c.Order_No_Deliveries';
import NO_INVOICES from '@salesforce/label/c.Order_No_Invoices';
import NO_ITEMS from '@salesforce/label/c.Order_No_Items';
import NOT_ISSUED from '@salesforce/label/c.Order_Not_Issued';
import NOT_ISSUED_PLANNED from '@salesforce/label/c.Order_Not_Issued_Planned';
import REJECTED from '@salesforce/label/c.Order_Item_Rejected';
import SCHEDULE_ADDED from '@salesforce/label/c.Order_Schedule_Added';
import SCHEDULE_CONFIRMED from '@salesforce/label/c.Order_Schedule_Confirmed';
import SCHEDULE_UNCONFIRMED from '@salesforce/label/c.Order_Schedule_Unconfirmed';
import TRACKING from '@salesforce/label/c.Order_Tracking';

interface Detail {
    readonly isBusy: boolean;
    readonly order?: Gangway.OrderBody;
    readonly problem?: Gangway.ProblemView;
}
type Item = Gangway.OrderBody['items'][number];
type ScheduleLine = Item['scheduleLines'][number];
type Delivery = Gangway.OrderBody['deliveries'][number];

const isZero = ({ value }: ScheduleLine['ordered']): boolean => /^0*(\.0*)?$/.test(value);

function scheduleWords(line: ScheduleLine): string {
    const ordered = formatQuantity(line.ordered);
    const requested = line.requestedOn === null ? '–' : formatDay(line.requestedOn);
    const isConfirmed = line.confirmedOn !== null && !isZero(line.confirmed);
    if (!isConfirmed || line.confirmedOn === null) return fill(SCHEDULE_UNCONFIRMED, ordered, requested);
    // SAP adds a line of its own where it confirms a part for another day than the one that was asked for.
    if (isZero(line.ordered)) return fill(SCHEDULE_ADDED, formatQuantity(line.confirmed), formatDay(line.confirmedOn));
    return fill(SCHEDULE_CONFIRMED, formatQuantity(line.confirmed), ordered, formatDay(line.confirmedOn), requested);
}

function issueWords(delivery: Delivery): string {
    if (delivery.goodsIssuedOn !== null) return fill(GOODS_ISSUED, formatDay(delivery.goodsIssuedOn));
    return delivery.plannedOn === null ? NOT_ISSUED : fill(NOT_ISSUED_PLANNED, formatDay(delivery.plannedOn));
}

export default class OrderDetail extends LightningElement {
    @api number = '';
    @api detail?: Detail;
    @api canSeeAmounts = false;

    readonly labels = {
        cancelled: CANCELLED,
        deliveries: DELIVERIES,
        invoices: INVOICES,
        items: ITEMS,
        noDeliveries: NO_DELIVERIES,
        noInvoices: NO_INVOICES,
        noItems: NO_ITEMS,
    };

    get isBusy(): boolean {
        return this.order === undefined && (this.detail?.isBusy ?? true);
    }
    get order(): Gangway.OrderBody | undefined {
        return this.detail?.order;
    }
    get problem(): Gangway.ProblemView | undefined {
        return this.detail?.problem;
    }
    get items(): object[] {
        return (this.order?.items ?? []).map((item) => ({
            key: item.item,
            number: displayNumber(item.item),
            description: item.description === '' ? item.material : item.description,
            material: displayNumber(item.material),
            ordered: formatQuantity(item.ordered),
            net: moneyWords(item.net, this.canSeeAmounts),
            rejection: item.rejection === null ? '' : fill(REJECTED, codedWords(item.rejection)),
            lines: item.scheduleLines.map((line) => ({ key: line.line, text: scheduleWords(line) })),
        }));
    }
    get deliveries(): object[] {
        return (this.order?.deliveries ?? []).map((delivery) => ({
            key: delivery.number,
            display: displayNumber(delivery.number),
            issued: issueWords(delivery),
            isIssued: delivery.goodsIssuedOn !== null,
            tracking: delivery.tracking === '' ? '' : fill(TRACKING, delivery.tracking),
            lines: delivery.items.map((line) => ({
                key: line.item,
                text: fill(
                    DELIVERY_LINE,
                    formatQuantity(line.delivered),
                    displayNumber(line.material),
                    displayNumber(line.orderItem),
                ),
            })),
        }));
    }
    get invoices(): object[] {
        return (this.order?.invoices ?? []).map((invoice) => ({
            key: invoice.number,
            display: displayNumber(invoice.number),
            issued: invoice.issuedOn === null ? '' : formatDay(invoice.issuedOn),
            net: moneyWords(invoice.net, this.canSeeAmounts),
            isCancelled: invoice.isCancelled,
        }));
    }
    get hasNoItems(): boolean {
        return this.items.length === 0;
    }
    get hasNoDeliveries(): boolean {
        return this.deliveries.length === 0;
    }
    get hasNoInvoices(): boolean {
        return this.invoices.length === 0;
    }
    handleRetry(): void {
        this.dispatchEvent(new CustomEvent('retry', { detail: { number: this.number } }));
    }
}
