/** What a panel shows at one moment. */

/** Invoices may be asked for by state. */
export type InvoiceFilter = 'open' | 'overdue' | 'paid' | 'all';

/** What a panel paints. */
export interface PanelState<Body> {
    /** Undefined until the first answer; a thrown error leaves it undefined too. */
    readonly view?: Gangway.PanelView;
    readonly body?: Body;
    /** Which invoices `body` holds; a failed question changes nothing about that. */
    readonly filter?: InvoiceFilter;
    readonly problem?: Gangway.ProblemView;
    readonly isBusy: boolean;
}

/** What a panel shows before anything is known. */
export const unread: PanelState<never> = { isBusy: true };

/** Whether a request goes on by itself, so that looking again is worth it. */
export const isOnItsWay = (request: Gangway.RequestView | undefined): boolean =>
    request?.status === 'ready' || request?.status === 'sent' || request?.status === 'verifying';
