import load from '@salesforce/apex/PanelController.load';
import readOrder from '@salesforce/apex/PanelController.readOrder';
import refresh from '@salesforce/apex/PanelController.refresh';
import SapOrdersPanel from 'c/sapOrdersPanel';
import { contract } from 'test/contract';
import { all, button, clearPage, mount, one, settled, words } from 'test/page';
import type { Loose } from 'test/page';
import order from '../../orderTable/__tests__/data/order.partly-delivered.json';
import first from '../../orderTable/__tests__/data/orders.first-page.json';
import second from '../../orderTable/__tests__/data/orders.next-page.json';
import none from '../../orderTable/__tests__/data/orders.none.json';

const firstPage = { ...contract('Orders_Page'), body: JSON.stringify(first) };
const nextPage = { ...firstPage, body: JSON.stringify(second) };
const orderDetail = { ...contract('Order_Detail'), body: JSON.stringify(order) };
const numbers = (element: Loose): string[] => all(element, 'tr[data-order]').map((row) => row.dataset.order);

beforeEach(() => {
    jest.mocked(load).mockReset().mockResolvedValue(contract('No_Customer'));
    jest.mocked(refresh).mockReset().mockResolvedValue(firstPage);
    jest.mocked(readOrder).mockReset().mockResolvedValue(orderDetail);
});
afterEach(clearPage);

async function panel(): Promise<Loose> {
    const element = mount('c-sap-orders-panel', SapOrdersPanel, { recordId: '001A' });
    await settled();
    return element;
}

describe('c-sap-orders-panel', () => {
    it('reads the next page on demand, and stops offering it on the last', async () => {
        const element = await panel();
        const { next } = JSON.parse(firstPage.body);
        jest.mocked(refresh).mockResolvedValueOnce(nextPage);
        button(element, 'Show more').click();
        await settled();
        expect(refresh).toHaveBeenLastCalledWith({ recordId: '001A', panel: 'orders', cursor: next });
        const both = [firstPage, nextPage].flatMap(({ body }) => JSON.parse(body).orders.map((o: Loose) => o.number));
        expect(numbers(element)).toEqual(both);
        expect(button(element, 'Show more')).toBeUndefined();
        await expect(element).toBeAccessible();
    });
    it('stays as long as it is when it is refreshed', async () => {
        const element = await panel();
        jest.mocked(refresh).mockResolvedValueOnce(nextPage);
        button(element, 'Show more').click();
        await settled();
        const before = numbers(element);
        jest.mocked(refresh).mockResolvedValueOnce(firstPage).mockResolvedValueOnce(nextPage);
        one(element, 'lightning-button-icon').click();
        await settled();
        expect(refresh).toHaveBeenCalledTimes(4);
        expect(numbers(element)).toEqual(before);
    });
    it('shows an order once that moved to the next page meanwhile', async () => {
        const element = await panel();
        jest.mocked(refresh).mockResolvedValueOnce({ ...firstPage });
        button(element, 'Show more').click();
        await settled();
        expect(numbers(element)).toEqual(['0000012046', '0000012031', '0000011987']);
    });
    it('does not ask for a page twice at the same time', async () => {
        const element = await panel();
        jest.mocked(refresh).mockReturnValueOnce(new Promise(() => undefined));
        button(element, 'Show more').click();
        await settled();
        button(element, 'Show more').click();
        expect(refresh).toHaveBeenCalledTimes(2);
    });
    it('reads an order when its row is opened, and keeps it', async () => {
        const element = await panel();
        const toggle = one(element, '[data-order="0000012031"] button');
        toggle.click();
        await settled();
        expect(readOrder).toHaveBeenCalledWith({ recordId: '001A', orderNumber: '0000012031' });
        expect(words(one(element, '[data-detail]'))).toContain('Tracking: JD014600003SE');
        toggle.click();
        await settled();
        toggle.click();
        await settled();
        expect(readOrder).toHaveBeenCalledTimes(1);
        expect(words(one(element, '[data-detail]'))).toContain('Tracking: JD014600003SE');
    });
    it('explains in the row why an order could not be read, and tries again', async () => {
        const { body: _body, ...withoutBody } = contract('Credit_Sap_Away');
        jest.mocked(readOrder).mockReset().mockResolvedValueOnce(withoutBody).mockRejectedValueOnce({ status: 0 });
        const element = await panel();
        one(element, '[data-order="0000012031"] button').click();
        await settled();
        expect(words(one(element, '[data-detail]'))).toContain(withoutBody.problem.title);
        button(one(element, '[data-detail]'), 'Try again').click();
        await settled();
        expect(words(one(element, '[data-detail]'))).toContain('Salesforce cannot be reached.');
    });
    it('reads opened orders anew after a refresh', async () => {
        const element = await panel();
        one(element, '[data-order="0000012031"] button').click();
        await settled();
        one(element, 'lightning-button-icon').click();
        await settled();
        expect(readOrder).toHaveBeenCalledTimes(2);
        expect(words(one(element, '[data-detail]'))).toContain('Tracking: JD014600003SE');
        one(element, '[data-order="0000012031"] button').click();
        await settled();
        one(element, 'lightning-button-icon').click();
        await settled();
        expect(readOrder).toHaveBeenCalledTimes(2);
    });
    it('never shows an order of the Account that was on the page before', async () => {
        let arrive: (view: unknown) => void = () => undefined;
        const late = new Promise((resolve) => {
            arrive = resolve;
        });
        jest.mocked(readOrder).mockReturnValueOnce(late as never);
        const element = await panel();
        one(element, '[data-order="0000012031"] button').click();
        await settled();
        element.recordId = '001B';
        await settled();
        expect(one(element, '[data-detail]')).toBeUndefined();
        arrive({ ...orderDetail, body: JSON.stringify({ ...order, items: [], deliveries: [], invoices: [] }) });
        await settled();
        one(element, '[data-order="0000012031"] button').click();
        await settled();
        expect(readOrder).toHaveBeenLastCalledWith({ recordId: '001B', orderNumber: '0000012031' });
        expect(words(one(element, '[data-detail]'))).toContain('Tracking: JD014600003SE');
    });
    it('says that there are no orders', async () => {
        jest.mocked(refresh).mockResolvedValue({ ...firstPage, body: JSON.stringify(none) });
        const element = await panel();
        expect(words(element)).toContain('No sales orders in SAP');
        await expect(element).toBeAccessible();
    });
});
