/** A panel's reader on its own, and answers to its questions that the test decides. */
import load from '@salesforce/apex/PanelController.load';
import refresh from '@salesforce/apex/PanelController.refresh';
import { PanelReader } from 'c/panelReader';
import { contract } from 'test/contract';
import { settled } from 'test/page';
import type { Loose } from 'test/page';

interface Body {
    readonly rows: readonly string[];
    readonly next?: string;
}
/** An answer about one customer, live unless the test says otherwise. */
export const view = (rows: string[], change: object = {}): Loose => ({
    ...contract('No_Customer'),
    customer: { system: 'ERPCLNT100', number: '0000104711', display: '104711' },
    body: JSON.stringify({ rows }),
    asOf: '2026-11-21T09:30:00Z',
    isLive: true,
    ...change,
});
/** Why SAP could not be read. */
export const problem = contract('Credit_Sap_Away').problem;

/** An answer that arrives when the test says so. */
export function later(): { promise: Promise<Loose>; arrive: (value: unknown) => Promise<void> } {
    let resolve: (value: unknown) => void = () => undefined;
    const promise = new Promise((yes) => {
        resolve = yes;
    });
    const arrive = (value: unknown): Promise<void> => {
        resolve(value);
        return settled();
    };
    return { promise, arrive };
}

/** A reader, and what it shows. */
export function reader(): { reader: PanelReader<Body>; shown: () => Loose } {
    let state: Loose;
    const created = new PanelReader<Body>({
        panel: 'credit',
        append: (shown, page) => ({ ...page, rows: [...shown.rows, ...page.rows] }),
        next: (body) => body.next ?? null,
        onChange: (next) => {
            state = next;
        },
    });
    return { reader: created, shown: () => state };
}

/** Both questions to Apex. */
export const answers = { load: jest.mocked(load), refresh: jest.mocked(refresh) };
