import { globSync } from 'node:fs';
import { basename } from 'node:path';
import load from '@salesforce/apex/PanelController.load';
import readOrder from '@salesforce/apex/PanelController.readOrder';
import refresh from '@salesforce/apex/PanelController.refresh';
import SapCreditPanel from 'c/sapCreditPanel';
import SapInvoicesPanel from 'c/sapInvoicesPanel';
import SapOrdersPanel from 'c/sapOrdersPanel';
import { contract, recordedCall } from 'test/contract';
import { clearPage, mount, one, settled, words } from 'test/page';

const panels: Record<string, [string, unknown]> = {
    credit: ['c-sap-credit-panel', SapCreditPanel],
    orders: ['c-sap-orders-panel', SapOrdersPanel],
    invoices: ['c-sap-invoices-panel', SapInvoicesPanel],
};
const names = globSync('force-app/tests/panels/staticresources/Contract_*.json')
    .map((file) => basename(file, '.json').replace('Contract_', ''))
    .sort();
const ofPanels = names.filter((name) => recordedCall(name).params.panel !== undefined);
const ofOrders = names.filter((name) => recordedCall(name).method === 'PanelController.readOrder');

afterEach(clearPage);

describe('every answer recorded with the Apex controllers', () => {
    it.each(ofPanels)('can be painted: %s', async (name) => {
        const answer = contract(name);
        jest.mocked(load).mockReset().mockResolvedValue(contract('No_Customer'));
        jest.mocked(refresh).mockReset().mockResolvedValue(answer);
        const [tag, component] = panels[recordedCall(name).params.panel] ?? [];
        const element = mount(tag ?? '', component, { recordId: '001A' });
        await settled();
        expect(words(element)).toContain(
            answer.customer?.display ?? answer.problem?.advice ?? 'Not an SAP customer yet',
        );
        expect(words(element)).not.toMatch(/undefined|NaN|\[object|\bc\.[A-Z]/);
        await expect(element).toBeAccessible();
    });
    it.each(ofOrders)('can be painted in its row: %s', async (name) => {
        const answer = contract(name);
        jest.mocked(load).mockReset().mockResolvedValue(contract('No_Customer'));
        jest.mocked(refresh).mockReset().mockResolvedValue(contract('Orders_Page'));
        jest.mocked(readOrder).mockReset().mockResolvedValue(answer);
        const element = mount('c-sap-orders-panel', SapOrdersPanel, { recordId: '001A' });
        await settled();
        one(element, '[data-order] button').click();
        await settled();
        const detail = words(one(element, '[data-detail]'));
        const description =
            answer.body === undefined ? answer.problem.title : JSON.parse(answer.body).items[0].description;
        expect(detail).toContain(description);
        expect(detail).not.toMatch(/undefined|NaN|\[object|\bc\.[A-Z]/);
    });
});
