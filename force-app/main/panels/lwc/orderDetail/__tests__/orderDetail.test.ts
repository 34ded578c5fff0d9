import OrderDetail from 'c/orderDetail';
import { contract } from 'test/contract';
import { all, button, clearPage, mount, one, words } from 'test/page';
import type { Loose } from 'test/page';
import partlyDelivered from '../../orderTable/__tests__/data/order.partly-delivered.json';

afterEach(clearPage);

const order: Loose = partlyDelivered;
const detail = (state: object, canSeeAmounts = true): Loose =>
    mount('c-order-detail', OrderDetail, { number: '0000012031', detail: state, canSeeAmounts });

describe('c-order-detail', () => {
    it('shows items with each schedule line, and why an item was rejected', async () => {
        const element = detail({ isBusy: false, order });
        const items = all(element, '[data-item]').map(words);
        expect(items).toEqual([
            '10 Euro pallet EPAL €30,000.00 PAL-EPAL-1 1,200 ST ' +
                '800 ST of 800 ST confirmed for Nov 16, 2026 (requested for Nov 16, 2026) ' +
                '400 ST of 400 ST confirmed for Nov 30, 2026 (requested for Nov 16, 2026)',
            '20 Strapping band PET 16 mm €7,800.00 STRAP-PET-16 60 ROL Rejected: Too expensive (02)',
        ]);
        await expect(element).toBeAccessible();
    });
    it('shows deliveries with goods issue and tracking', () => {
        expect(words(one(detail({ isBusy: false, order }), '[data-delivery]'))).toBe(
            '80001511 Goods issue on Nov 15, 2026 Tracking: JD014600003SE 800 ST of PAL-EPAL-1 (order item 10)',
        );
    });
    it('shows invoices, and which are cancelled', () => {
        const [invoice] = order.invoices;
        const invoices = [invoice, { ...invoice, number: '0090004411', isCancelled: true }];
        const element = detail({ isBusy: false, order: { ...order, invoices } });
        expect(all(element, '[data-invoice]').map(words)).toEqual([
            '90004410 €20,000.00 Nov 17, 2026',
            '90004411 €20,000.00 Nov 17, 2026 Cancelled',
        ]);
    });
    it('says what has not happened yet', () => {
        const element = detail({ isBusy: false, order: { ...order, items: [], deliveries: [], invoices: [] } });
        expect(words(element)).toBe(
            'Items The order has no items. Deliveries Nothing delivered yet. Invoices Not billed yet.',
        );
    });
    it.each([
        ['2026-11-16', 'Goods issue not posted yet, planned for Nov 16, 2026'],
        [null, 'Goods issue not posted yet'],
    ])('does not call a delivery shipped before goods issue (planned %s)', (plannedOn, expected) => {
        const deliveries = [{ ...order.deliveries[0], plannedOn, goodsIssuedOn: null, tracking: '' }];
        const text = words(one(detail({ isBusy: false, order: { ...order, deliveries } }), '[data-delivery]'));
        expect(text).toBe(`80001511 ${expected} 800 ST of PAL-EPAL-1 (order item 10)`);
    });
    it('says what SAP confirmed for another day on a line of its own', () => {
        const line = { ...order.items[0].scheduleLines[0], ordered: { value: '0', unit: 'ST' }, requestedOn: null };
        const items = [{ ...order.items[0], scheduleLines: [line] }];
        const element = detail({ isBusy: false, order: { ...order, items } });
        expect(words(one(element, '.lines li'))).toBe('800 ST confirmed for Nov 16, 2026');
    });
    it('does not call a quantity confirmed that is zero or has no day', () => {
        const line = { ...order.items[0].scheduleLines[0], confirmed: { value: '0.000', unit: 'ST' } };
        const open = { ...line, line: '0002', confirmedOn: null, requestedOn: null };
        const items = [{ ...order.items[0], scheduleLines: [line, open] }];
        const element = detail({ isBusy: false, order: { ...order, items } });
        expect(all(element, '.lines li').slice(0, 2).map(words)).toEqual([
            '800 ST not confirmed (requested for Nov 16, 2026)',
            '800 ST not confirmed (requested for –)',
        ]);
    });
    it('outlines while it reads, explains what went wrong, and tries again', async () => {
        expect(one(detail({ isBusy: true }), 'c-loading-skeleton')).toBeDefined();
        const { problem } = contract('Credit_Sap_Away');
        const element = detail({ isBusy: false, problem });
        const retry = jest.fn();
        element.addEventListener('retry', retry);
        button(element, 'Try again').click();
        expect(words(element)).toContain(problem.advice);
        expect(retry.mock.lastCall[0].detail).toEqual({ number: '0000012031' });
        await expect(element).toBeAccessible();
    });
});
