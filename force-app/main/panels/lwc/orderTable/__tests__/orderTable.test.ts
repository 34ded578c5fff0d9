import OrderTable from 'c/orderTable';
import { withoutAmounts } from 'test/contract';
import { all, clearPage, mount, one, settled, words } from 'test/page';
import type { Loose } from 'test/page';
import order from './data/order.partly-delivered.json';
import firstPage from './data/orders.first-page.json';
import everyStatus from './data/orders.every-status.json';

afterEach(clearPage);

const table = (orders: object[], more: object = {}): Loose =>
    mount('c-order-table', OrderTable, { orders, canSeeAmounts: true, ...more });
/** The cells a wide column shows; the narrow one repeats them folded. */
const cells = (row: Loose): string[] => all(row, 'td').map((cell) => words(one(cell, '[data-figure]') ?? cell));

describe('c-order-table', () => {
    it('shows number, days, status in words and net value, newest first as SAP said', async () => {
        const element = table(firstPage.orders);
        const rows = all(element, 'tr[data-order]');
        expect(rows.map((row) => row.dataset.order)).toEqual(['0000012046', '0000012031', '0000011987']);
        expect(words(one(rows[0], '.link'))).toBe('12046');
        expect(cells(rows[0])).toEqual([
            'Nov 18, 2026',
            'Dec 1, 2026',
            'Not confirmed',
            'Blocked by credit',
            '€48,600.00',
        ]);
        await expect(element).toBeAccessible();
    });
    it('has a word and an icon of its own for every status', () => {
        const badges = all(table(everyStatus.orders), 'td.wide c-status-badge');
        expect(badges.map(words)).toEqual([
            'Open',
            'Partly delivered',
            'Delivered',
            'Billed',
            'Blocked by credit',
            'Blocked',
            'Rejected',
        ]);
        const icons = badges.map((badge) => one(badge, 'lightning-icon').iconName);
        expect(new Set(icons).size).toBe(7);
    });
    it('shows yen without decimals, a missing day as a dash, a type without words by its code', () => {
        const rows = all(table(everyStatus.orders), 'tr[data-order]');
        expect(cells(rows[3])[1]).toBe('–');
        expect(cells(rows[3])[4]).toBe('¥1,250,000');
        expect(words(rows[0])).toContain('TA');
        expect(words(rows[1])).not.toContain('PO');
    });
    it('hides amounts by saying so', () => {
        const element = table(withoutAmounts(everyStatus).orders, { canSeeAmounts: false });
        expect(words(one(element, '[data-figure="net"]'))).toBe('Hidden');
    });
    it('tells by its button whether a row is open, and asks to open or close it', async () => {
        const element = table(firstPage.orders);
        const asked: string[] = [];
        element.addEventListener('toggleorder', (event: CustomEvent) => asked.push(event.detail.number));
        const toggle = one(element, '[data-order="0000012031"] button');
        expect(toggle.getAttribute('aria-expanded')).toBe('false');
        expect(toggle.getAttribute('aria-label')).toBe('Show details of order 12031');
        toggle.click();
        expect(asked).toEqual(['0000012031']);
        element.openNumbers = ['0000012031'];
        await settled();
        expect(toggle.getAttribute('aria-expanded')).toBe('true');
        expect(toggle.getAttribute('aria-label')).toBe('Hide details of order 12031');
        expect(one(element, '[data-detail="0000012031"]')).toBeDefined();
        expect(one(element, 'c-loading-skeleton')).toBeDefined();
    });
    it('shows what is known of an opened order beneath it', async () => {
        const openNumbers = ['0000012031'];
        const element = table(firstPage.orders, { openNumbers, details: { '0000012031': { isBusy: false, order } } });
        expect(words(one(element, '[data-detail="0000012031"]'))).toContain('Euro pallet EPAL');
        await expect(element).toBeAccessible();
    });
});
