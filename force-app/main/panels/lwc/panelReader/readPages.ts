/** Reads a list live: its first page, and as many behind it as are shown, so that nobody is left with a shorter list by a refresh. */
import refresh from '@salesforce/apex/PanelController.refresh';
import type { InvoiceFilter } from './panelState';

/** Which part of the figures; the cursor is that of a further page. */
export interface Question {
    readonly state?: InvoiceFilter;
    readonly cursor?: string;
}

/** How pages make one list. Figures without pages have neither. */
export interface Paging<Body> {
    /** Puts a further page behind what is shown. */
    readonly append?: (shown: Body, page: Body) => Body;
    /** Where the page behind it begins; null behind the last. */
    readonly next?: (body: Body) => string | null;
}

interface PagesQuestion<Body> {
    readonly params: Question & { readonly recordId: string; readonly panel: Gangway.Panel };
    readonly paging: Paging<Body>;
    readonly count: number;
    /** Somebody has asked something else meanwhile: SAP need not be asked on. */
    readonly isOvertaken: () => boolean;
}

/** What has been read: all pages as one, or the answer that says why not. */
export interface Pages<Body> {
    readonly view: Gangway.PanelView;
    readonly body?: Body | undefined;
    readonly count: number;
}

/** The body is the relay's own JSON, checked there against the schema these types come from. */
export function parseBody<Body>(text: string | undefined): Body | undefined {
    if (text === undefined || text === '') return undefined;
    const body: Body = JSON.parse(text);
    return body;
}

/** Whether both answers are about the same customer of SAP. */
export const isSameCustomer = (view: Gangway.PanelView, other: Gangway.PanelView): boolean =>
    view.customer?.number === other.customer?.number && view.customer?.system === other.customer?.system;

/** One page after the other, for each says where the next one begins. It is as old as its first page. */
export async function readPages<Body>(question: PagesQuestion<Body>): Promise<Pages<Body>> {
    const { append, next } = question.paging;
    const view = await refresh(question.params);
    let body = parseBody<Body>(view.body);
    let count = 1;
    while (view.isLive && body !== undefined && append && next && count < question.count && !question.isOvertaken()) {
        const cursor = next(body);
        if (cursor === null) break;
        // eslint-disable-next-line no-await-in-loop -- only this page says where the next one begins
        const further = await refresh({ ...question.params, cursor });
        if (!further.isLive) return { view: further, count };
        const page = parseBody<Body>(further.body);
        // The record has become another customer's meanwhile: the next refresh shows that one's.
        if (page === undefined || !isSameCustomer(view, further)) break;
        body = append(body, page);
        count += 1;
    }
    return { view, body, count };
}
