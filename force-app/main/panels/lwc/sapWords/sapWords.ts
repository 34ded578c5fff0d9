/** Words for the codes of the model, so that no panel shows one. */
import { fill, formatMoney, formatSalesArea } from 'c/sapFormat';
import BILLED from '@salesforce/label/c.Order_Status_Billed';
import BLOCKED from '@salesforce/label/c.Order_Status_Blocked';
import BLOCKED_BY_CREDIT from '@salesforce/label/c.Order_Status_Blocked_By_Credit';
import DELIVERED from '@salesforce/label/c.Order_Status_Delivered';
import OPEN from '@salesforce/label/c.Order_Status_Open';
import PARTLY_DELIVERED from '@salesforce/label/c.Order_Status_Partly_Delivered';
import REJECTED from '@salesforce/label/c.Order_Status_Rejected';
import INVOICE_CANCELLED from '@salesforce/label/c.Invoice_State_Cancelled';
import INVOICE_OPEN from '@salesforce/label/c.Invoice_State_Open';
import INVOICE_OVERDUE from '@salesforce/label/c.Invoice_State_Overdue';
import INVOICE_PAID from '@salesforce/label/c.Invoice_State_Paid';
import KIND_CANCELLATION from '@salesforce/label/c.Invoice_Kind_Cancellation';
import KIND_CREDIT_MEMO from '@salesforce/label/c.Invoice_Kind_Credit_Memo';
import KIND_DEBIT_MEMO from '@salesforce/label/c.Invoice_Kind_Debit_Memo';
import KIND_INVOICE from '@salesforce/label/c.Invoice_Kind_Invoice';
import KIND_OTHER from '@salesforce/label/c.Invoice_Kind_Other';
import KIND_PAYMENT from '@salesforce/label/c.Invoice_Kind_Payment';
import HIDDEN from '@salesforce/label/c.Amount_Hidden';
import NOT_AVAILABLE from '@salesforce/label/c.Amount_Not_Available';
import SCOPE_CENTRAL from '@salesforce/label/c.Scope_Central';
import SCOPE_COMPANY_CODE from '@salesforce/label/c.Scope_Company_Code';
import SCOPE_CREDIT_CONTROL_AREA from '@salesforce/label/c.Scope_Credit_Control_Area';
import SCOPE_SALES_AREA from '@salesforce/label/c.Scope_Sales_Area';

/** A word with the icon and theme that go with it: the icon and the colour never say it alone. */
export interface StatusWord {
    readonly text: string;
    readonly iconName: string;
    readonly theme: string;
}

const word = (text: string, iconName: string, theme: string): StatusWord => ({
    text,
    iconName,
    theme: `status ${theme}`,
});

/** How far an order has come. */
export const orderStatusWords: Readonly<Record<Gangway.OrderStatus, StatusWord>> = {
    open: word(OPEN, 'utility:routing_offline', 'status_open'),
    'partly-delivered': word(PARTLY_DELIVERED, 'utility:truck', 'status_open'),
    delivered: word(DELIVERED, 'utility:success', 'status_good'),
    billed: word(BILLED, 'utility:check', 'status_good'),
    'blocked-by-credit': word(BLOCKED_BY_CREDIT, 'utility:lock', 'status_bad'),
    blocked: word(BLOCKED, 'utility:ban', 'status_bad'),
    rejected: word(REJECTED, 'utility:close', 'status_quiet'),
};

/** Whether an invoice is paid. */
export const invoiceStateWords: Readonly<Record<Gangway.InvoiceState, StatusWord>> = {
    open: word(INVOICE_OPEN, 'utility:clock', 'status_open'),
    overdue: word(INVOICE_OVERDUE, 'utility:warning', 'status_bad'),
    paid: word(INVOICE_PAID, 'utility:check', 'status_good'),
    cancelled: word(INVOICE_CANCELLED, 'utility:close', 'status_quiet'),
};

/** What kind of document it is. */
export const invoiceKindWords: Readonly<Record<Gangway.Invoice['kind'], string>> = {
    invoice: KIND_INVOICE,
    'credit-memo': KIND_CREDIT_MEMO,
    'debit-memo': KIND_DEBIT_MEMO,
    cancellation: KIND_CANCELLATION,
    payment: KIND_PAYMENT,
    other: KIND_OTHER,
};

/** Where a block applies. */
export function scopeWords(scope: Gangway.Block['scope']): string {
    switch (scope.level) {
        case 'central':
            return SCOPE_CENTRAL;
        case 'sales-area':
            return fill(SCOPE_SALES_AREA, formatSalesArea(scope.salesArea));
        case 'company-code':
            return fill(SCOPE_COMPANY_CODE, scope.companyCode);
        case 'credit-control-area':
            return fill(SCOPE_CREDIT_CONTROL_AREA, scope.creditControlArea);
        default:
            return scope satisfies never;
    }
}

/** An amount, or in words why there is none; never a zero that nobody said. */
export function moneyWords(money: Gangway.ShownMoney | null | undefined, canSeeAmounts: boolean): string {
    const { amount, currency } = money ?? { amount: null, currency: '' };
    if (amount !== null) return formatMoney({ amount, currency });
    return canSeeAmounts ? NOT_AVAILABLE : HIDDEN;
}

/** Whether a figure, or part of it, could not be read: then "there is none" may not be said of it. */
export const isUnknown = (unavailable: readonly Gangway.UnavailableFigure[], figure: string): boolean =>
    unavailable.some((entry) => entry.reason !== 'NOT_MAINTAINED_IN_SAP' && entry.figure.split('.')[0] === figure);
