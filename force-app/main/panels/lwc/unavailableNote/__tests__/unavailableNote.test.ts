import UnavailableNote from 'c/unavailableNote';
import { all, clearPage, mount, words } from 'test/page';

afterEach(clearPage);

const note = (figures: object[]): HTMLElement => mount('c-unavailable-note', UnavailableNote, { figures });
const named = (figure: string): string => words(note([{ figure, reason: 'NOT_AUTHORIZED' }]));

describe('c-unavailable-note', () => {
    it.each([
        ['exposure.openOrders', 'Open orders:'],
        ['exposure', 'Total exposure:'],
        ['receivables.1000', 'Receivables (1000):'],
        ['paymentTerms.companyCode', 'Payment terms (company codes):'],
        ['blocks.salesArea', 'Blocks (sales areas):'],
        ['invoices.cancellations', 'Cancelled documents:'],
        ['some.newFigure', 'some.newFigure:'],
    ])('names %s as "%s"', (figure, expected) => {
        expect(named(figure)).toContain(expected);
    });
    it('says a reason once for all its figures', async () => {
        const element = note([
            { figure: 'exposure.openOrders', reason: 'ABAP_PACK_MISSING' },
            { figure: 'riskClass', reason: 'NOT_MAINTAINED_IN_SAP' },
            { figure: 'available', reason: 'ABAP_PACK_MISSING' },
        ]);
        expect(all(element, 'li').map(words)).toEqual([
            expect.stringMatching(/^Open orders, Left to sell: The Gangway ABAP pack/),
            'Risk class: Not maintained in SAP.',
        ]);
        await expect(element).toBeAccessible();
    });
    it('is not there where nothing is missing', () => {
        expect(words(note([]))).toBe('');
    });
});
