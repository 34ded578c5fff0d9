import InvoiceTable from 'c/invoiceTable';
import { withoutAmounts } from 'test/contract';
import { all, clearPage, mount, one, words } from 'test/page';
import type { Loose } from 'test/page';
import withPair from './data/invoices.with-cancelled-pair.json';
import foreign from './data/invoices.paid-and-foreign.json';

afterEach(clearPage);

const table = (invoices: object[], canSeeAmounts = true): Loose =>
    mount('c-invoice-table', InvoiceTable, { invoices, canSeeAmounts });
const row = (element: Loose, number: string): Loose => one(element, `[data-invoice="${number}"]`);
const figures = (element: Loose): string[] => all(element, '[data-figure]').map(words);

describe('c-invoice-table', () => {
    const { invoices } = withPair;

    it('shows amount and open balance of every document, newest first', async () => {
        const element = table(invoices);
        expect(all(element, '[data-invoice]').map(figures)).toEqual([
            ['€23,800.00', '€23,800.00'],
            ['-€1,190.00', '-€1,190.00'],
            ['-€5,950.00', '€0.00'],
            ['€5,950.00', '€0.00'],
            ['€7,220.50', '€7,220.50'],
        ]);
        expect(words(row(element, '0090004377'))).toContain('Credit memo');
        expect(words(row(element, '0090004211'))).toContain('47 days overdue');
        await expect(element).toBeAccessible();
    });
    it('leads from each half of a cancelled pair to the other', () => {
        const element = table(invoices);
        const [cancellation, cancelled] = ['0090004298', '0090004290'].map((number) => row(element, number));
        expect(words(one(cancellation, 'button'))).toBe('Cancels 90004290');
        expect(words(one(cancelled, 'button'))).toBe('Cancelled by 90004298');
        one(cancellation, 'button').click();
        expect(element.shadowRoot.activeElement).toBe(cancelled);
        one(cancelled, 'button').click();
        expect(element.shadowRoot.activeElement).toBe(cancellation);
    });
    it('only names the other half where it is not among the rows', () => {
        const element = table(foreign.invoices);
        expect(words(row(element, '0090004990'))).toContain('Cancelled by 90009999');
        expect(one(row(element, '0090004990'), 'button')).toBeUndefined();
    });
    it('shows the day of payment, one day as one day, yen without decimals', () => {
        const element = table(foreign.invoices);
        expect(words(row(element, '0090005001'))).toContain('Paid on Oct 30, 2026');
        expect(words(row(element, '0090005002'))).toContain('1 day overdue');
        expect(figures(row(element, '0090005002'))).toEqual(['¥1,250,000', '¥1,250,000']);
        expect(words(row(element, '1800000042'))).toContain('Payment');
    });
    it('hides amounts by saying so', () => {
        const element = table(withoutAmounts(withPair).invoices, false);
        expect(new Set(figures(element))).toEqual(new Set(['Hidden']));
        expect(words(element)).not.toContain('€');
    });
});
