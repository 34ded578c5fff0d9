import load from '@salesforce/apex/PanelController.load';
import refresh from '@salesforce/apex/PanelController.refresh';
import SapInvoicesPanel from 'c/sapInvoicesPanel';
import { contract } from 'test/contract';
import { all, button, clearPage, mount, one, settled, words } from 'test/page';
import type { Loose } from 'test/page';
import withPair from '../../invoiceTable/__tests__/data/invoices.with-cancelled-pair.json';
import onlyOverdue from '../../invoiceTable/__tests__/data/invoices.overdue.json';
import none from '../../invoiceTable/__tests__/data/invoices.none.json';

const everything = { ...contract('Invoices'), body: JSON.stringify(withPair) };
const overdue = { ...everything, body: JSON.stringify(onlyOverdue) };
const numbers = (element: Loose): string[] => all(element, 'tr[data-invoice]').map((row) => row.dataset.invoice);

beforeEach(() => {
    jest.mocked(load).mockReset().mockResolvedValue(contract('No_Customer'));
    jest.mocked(refresh).mockReset().mockResolvedValue(everything);
});
afterEach(clearPage);

async function panel(): Promise<Loose> {
    const element = mount('c-sap-invoices-panel', SapInvoicesPanel, { recordId: '001A' });
    await settled();
    return element;
}
async function choose(element: Loose, value: string): Promise<void> {
    one(element, 'lightning-radio-group').dispatchEvent(new CustomEvent('change', { detail: { value } }));
    await settled();
}

describe('c-sap-invoices-panel', () => {
    it('shows invoices and ageing', async () => {
        const element = await panel();
        expect(numbers(element)).toHaveLength(5);
        expect(words(one(element, '[data-figure="overdue"]'))).toBe('€18,420.50');
        await expect(element).toBeAccessible();
    });
    it('asks SAP for the chosen state', async () => {
        const element = await panel();
        jest.mocked(refresh).mockResolvedValueOnce(overdue);
        await choose(element, 'overdue');
        expect(refresh).toHaveBeenLastCalledWith({ recordId: '001A', panel: 'invoices', state: 'overdue' });
        expect(numbers(element)).toEqual(JSON.parse(overdue.body).invoices.map((invoice: Loose) => invoice.number));
    });
    it('begins with all invoices on the next Account', async () => {
        const element = await panel();
        jest.mocked(refresh).mockResolvedValueOnce(overdue);
        await choose(element, 'overdue');
        element.recordId = '001B';
        await settled();
        expect(one(element, 'lightning-radio-group').value).toBe('all');
        expect(numbers(element)).toHaveLength(5);
    });
    it.each([
        ['open', ['0090004410', '0090004377', '0090004211']],
        ['overdue', ['0090004211']],
        ['paid', []],
        ['all', ['0090004410', '0090004377', '0090004298', '0090004290', '0090004211']],
    ])('filters what it has at once and while SAP is away: %s', async (state, expected) => {
        const element = await panel();
        jest.mocked(refresh).mockReturnValueOnce(new Promise(() => undefined));
        await choose(element, state);
        expect(numbers(element)).toEqual(expected);
    });
    it('does not pass off a part for the whole when SAP goes away after filtering', async () => {
        const element = await panel();
        jest.mocked(refresh).mockResolvedValueOnce(overdue);
        await choose(element, 'overdue');
        const {
            body: _body,
            asOf: _asOf,
            ...away
        } = { ...everything, isLive: false, problem: contract('Credit_Sap_Away').problem };
        jest.mocked(refresh).mockResolvedValue(away);
        await choose(element, 'all');
        expect(words(element)).toContain('Below is the last known state.');
        expect(numbers(element)).toHaveLength(5);
        await choose(element, 'open');
        expect(numbers(element)).toEqual(['0090004410', '0090004377', '0090004211']);
    });
    it('keeps the chosen state when refreshed', async () => {
        const element = await panel();
        await choose(element, 'paid');
        one(element, 'lightning-button-icon').click();
        await settled();
        expect(refresh).toHaveBeenLastCalledWith({ recordId: '001A', panel: 'invoices', state: 'paid' });
        expect(words(element)).toContain('No such invoices');
    });
    it('pages within the chosen state', async () => {
        const withNext = { ...everything, body: JSON.stringify({ ...JSON.parse(everything.body), next: 'C2' }) };
        jest.mocked(refresh).mockResolvedValue(withNext);
        const element = await panel();
        await choose(element, 'open');
        button(element, 'Show more').click();
        await settled();
        expect(refresh).toHaveBeenLastCalledWith({ recordId: '001A', panel: 'invoices', state: 'open', cursor: 'C2' });
    });
    it('gives each panel of a page its own group of radio buttons', async () => {
        const names = [await panel(), await panel()].map((element) => one(element, 'lightning-radio-group').name);
        expect(new Set(names).size).toBe(2);
    });
    it('says that there are no invoices', async () => {
        jest.mocked(refresh).mockResolvedValue({ ...everything, body: JSON.stringify(none) });
        const element = await panel();
        expect(words(element)).toContain('No invoices in SAP');
        await expect(element).toBeAccessible();
    });
});
