/** Invoices, credit memos and cancelled pairs as rows; the two halves of a pair lead to each other. */
import { LightningElement, api } from 'lwc';
import { signOf } from 'c/decimalAmount';
import { displayNumber, fill, formatDay } from 'c/sapFormat';
import { invoiceKindWords, invoiceStateWords, moneyWords } from 'c/sapWords';
import type { StatusWord } from 'c/sapWords';
import AMOUNT from '@salesforce/label/c.Column_Amount';
import CANCELLED_BY from '@salesforce/label/c.Invoice_Cancelled_By';
import CANCELS from '@salesforce/label/c.Invoice_Cancels';
import CAPTION from '@salesforce/label/c.Invoices_Caption';
import DAYS from '@salesforce/label/c.Invoice_Days_Overdue';
import DAYS_ONE from '@salesforce/label/c.Invoice_Days_Overdue_One';
import DUE from '@salesforce/label/c.Column_Due';
import ISSUED from '@salesforce/label/c.Column_Issued';
import NUMBER from '@salesforce/label/c.Column_Invoice';
import OPEN from '@salesforce/label/c.Column_Open';
import PAID_ON from '@salesforce/label/c.Invoice_Paid_On';
import STATUS from '@salesforce/label/c.Column_Status';

interface Row {
    readonly key: string;
    readonly number: string;
    readonly display: string;
    readonly kind: string;
    readonly issued: string;
    readonly due: string;
    readonly word: StatusWord;
    readonly note: string;
    readonly amount: string;
    readonly openBalance: string;
    readonly amountClass: string;
    readonly balanceClass: string;
    readonly rowClass: string;
    readonly pairText: string;
    readonly pairNumber: string;
    /** The other half is among the rows, so it can be led to. */
    readonly isPairShown: boolean;
}

const day = (date: string | null): string => (date === null ? '–' : formatDay(date));

/** Red beside the minus sign, never instead of it. */
const signClass = (money: Gangway.ShownMoney): string => (signOf(money.amount ?? '0') < 0 ? 'negative' : '');

function noteWords(invoice: Gangway.Invoice): string {
    if (invoice.state === 'overdue') return invoice.daysOverdue === 1 ? DAYS_ONE : fill(DAYS, invoice.daysOverdue);
    return invoice.paidOn === null ? '' : fill(PAID_ON, formatDay(invoice.paidOn));
}

function pairWords({ cancels, cancelledBy }: Gangway.Invoice): string {
    if (cancels !== null) return fill(CANCELS, displayNumber(cancels));
    return cancelledBy === null ? '' : fill(CANCELLED_BY, displayNumber(cancelledBy));
}

export default class InvoiceTable extends LightningElement {
    @api invoices: readonly Gangway.Invoice[] = [];
    @api canSeeAmounts = false;

    readonly labels = {
        amount: AMOUNT,
        caption: CAPTION,
        due: DUE,
        issued: ISSUED,
        number: NUMBER,
        openBalance: OPEN,
        status: STATUS,
    };

    get rows(): Row[] {
        const shown = new Set<string>(this.invoices.map((invoice) => invoice.number));
        return this.invoices.map((invoice) => this.row(invoice, shown));
    }
    handlePair(event: Event): void {
        const { currentTarget } = event;
        const number = currentTarget instanceof HTMLElement ? currentTarget.dataset.pair : undefined;
        const rows = this.template?.querySelectorAll<HTMLElement>('tr[data-invoice]') ?? [];
        const pair = [...rows].find((row) => row.dataset.invoice === number);
        pair?.focus();
        pair?.scrollIntoView?.({ block: 'nearest' });
    }
    private row(invoice: Gangway.Invoice, shown: ReadonlySet<string>): Row {
        const pairNumber = invoice.cancels ?? invoice.cancelledBy ?? '';
        return {
            key: `${invoice.companyCode} ${invoice.number}`,
            number: invoice.number,
            display: displayNumber(invoice.number),
            kind: invoiceKindWords[invoice.kind],
            issued: day(invoice.issuedOn),
            due: day(invoice.dueOn),
            word: invoiceStateWords[invoice.state],
            note: noteWords(invoice),
            amount: moneyWords(invoice.amount, this.canSeeAmounts),
            openBalance: moneyWords(invoice.open, this.canSeeAmounts),
            amountClass: signClass(invoice.amount),
            balanceClass: signClass(invoice.open),
            rowClass: invoice.state === 'cancelled' || invoice.kind === 'cancellation' ? 'row row_cancelled' : 'row',
            pairText: pairWords(invoice),
            pairNumber,
            isPairShown: shown.has(pairNumber),
        };
    }
}
