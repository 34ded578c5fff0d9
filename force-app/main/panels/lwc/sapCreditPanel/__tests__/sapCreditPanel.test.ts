import { subscribe, unsubscribe } from 'lightning/empApi';
import { registerRefreshHandler, unregisterRefreshHandler } from 'lightning/refresh';
import load from '@salesforce/apex/PanelController.load';
import refresh from '@salesforce/apex/PanelController.refresh';
import SapCreditPanel from 'c/sapCreditPanel';
import { contract } from 'test/contract';
import { button, clearPage, mount, one, settled, words } from 'test/page';
import type { Loose } from 'test/page';
import nearLimit from '../../creditSummary/__tests__/data/credit.near-limit.json';

const live = { ...contract('Credit_Live'), body: JSON.stringify(nearLimit), asOf: new Date().toISOString() };
const away = contract('Credit_Sap_Away');

beforeEach(() => {
    jest.mocked(load).mockReset().mockResolvedValue(contract('No_Customer'));
    jest.mocked(refresh).mockReset().mockResolvedValue(live);
});
afterEach(clearPage);

const panel = (recordId?: string): Loose => mount('c-sap-credit-panel', SapCreditPanel, recordId ? { recordId } : {});

describe('c-sap-credit-panel', () => {
    it('reads the record it stands on and shows its credit', async () => {
        const element = panel('001A');
        await settled();
        expect(refresh).toHaveBeenCalledWith({ recordId: '001A', panel: 'credit' });
        expect(words(element)).toContain('Customer 104711 in ERPCLNT100');
        expect(words(one(element, '[data-figure="available"]'))).toBe('€10,999.50');
        await expect(element).toBeAccessible();
    });
    it('waits for a record id, and follows it to another record', async () => {
        const element = panel();
        await settled();
        expect(refresh).not.toHaveBeenCalled();
        element.recordId = '001A';
        element.recordId = '001B';
        await settled();
        expect(jest.mocked(refresh).mock.calls.map(([question]) => question.recordId)).toEqual(['001A', '001B']);
    });
    it('shows the last known state with SAP away, and tries again when asked', async () => {
        jest.mocked(refresh).mockResolvedValueOnce(away);
        const element = panel('001A');
        await settled();
        expect(words(element)).toContain(away.problem.title);
        expect(words(one(element, '[data-figure="available"]'))).toMatch(/€/);
        button(element, 'Try again').click();
        await settled();
        expect(words(element)).not.toContain(away.problem.title);
        expect(words(element)).toContain('Live');
    });
    it('reads again when the page refreshes, and stops listening when it leaves', async () => {
        const element = panel('001A');
        await settled();
        const [, handler] = jest.mocked(registerRefreshHandler).mock.lastCall ?? [];
        await handler?.();
        expect(refresh).toHaveBeenCalledTimes(2);
        element.remove();
        expect(unregisterRefreshHandler).toHaveBeenCalled();
    });
    it('reads again by itself when SAP has changed something of this customer, and of no other', async () => {
        jest.mocked(unsubscribe).mockClear();
        const element = panel('001A');
        await settled();
        const [, , tell] = jest.mocked(subscribe).mock.lastCall ?? [];
        const changed = (Customers__c: string): object => ({
            data: { payload: { System__c: 'ERPCLNT100', Customers__c } },
        });
        tell?.(changed('0000104712'));
        expect(refresh).toHaveBeenCalledTimes(1);
        tell?.(changed('0000104712\n0000104711'));
        await settled();
        expect(refresh).toHaveBeenCalledTimes(2);
        element.remove();
        await settled();
        expect(unsubscribe).toHaveBeenCalledTimes(1);
    });
    it('works without events', async () => {
        jest.mocked(subscribe).mockRejectedValueOnce(new Error('No more clients today'));
        const element = panel('001A');
        await settled();
        expect(words(element)).toContain('Live');
    });
    it('shows the way to a number where the Account has none', async () => {
        jest.mocked(refresh).mockResolvedValue(contract('No_Customer'));
        const element = panel('001A');
        await settled();
        expect(button(element, 'Create SAP customer')).toBeDefined();
    });
});
