import { subscribe } from 'lightning/empApi';
import { getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import SapArrivalNote from 'c/sapArrivalNote';
import { all, clearPage, mount, one, settled, words } from 'test/page';
import type { Loose } from 'test/page';

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const record = (values: Record<string, unknown>): object => ({
    apiName: 'Account',
    fields: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }])),
});
const known = {
    SAP_System__c: 'ERPCLNT100',
    SAP_Customer_Number__c: '0000104711',
    SAP_As_Of__c: minutesAgo(2),
    SAP_Document__c: 'DEBMAS 0000000000001234',
    SAP_Removed__c: false,
    SAP_Arrival__c: `credit=${minutesAgo(120)}#00000000000000000007;master=${minutesAgo(2)}#00000000000000001234;`,
};

afterEach(clearPage);

async function note(values: Record<string, unknown>): Promise<Loose> {
    const element = mount('c-sap-arrival-note', SapArrivalNote, { recordId: '001A' });
    // eslint-disable-next-line @lwc/lwc/no-unexpected-wire-adapter-usages -- the test plays the platform
    getRecord.emit(record(values));
    await settled();
    return element;
}

describe('c-sap-arrival-note', () => {
    it('names the document, SAP’s time and the age of each group of values', async () => {
        const element = await note(known);
        expect(words(element)).toContain('Brought by DEBMAS 0000000000001234.');
        expect(words(one(element, '[data-as-of]'))).toMatch(/^SAP’s time: .*GMT\+[12].* \(2 minutes ago\)\.$/);
        expect(all(element, '[data-facet]').map(words)).toEqual(['Credit: 2 hours ago', 'Master data: 2 minutes ago']);
        await expect(element).toBeAccessible();
    });
    it('says nothing for an Account that is no customer', async () => {
        expect(words(await note({ SAP_System__c: null, SAP_Customer_Number__c: null }))).toBe('');
    });
    it('says that nothing has arrived yet', async () => {
        const element = await note({ ...known, SAP_As_Of__c: null, SAP_Document__c: null, SAP_Arrival__c: null });
        expect(words(element)).toContain('Nothing has arrived from SAP');
    });
    it('shows what the user may see: without document and groups the age is there still', async () => {
        const { SAP_Document__c, SAP_Arrival__c, ...rest } = known;
        const element = await note(rest);
        expect(words(element)).toContain('2 minutes ago');
        expect(words(element)).not.toContain('Brought by');
        expect(SAP_Document__c).not.toBe(SAP_Arrival__c);
    });
    it.each(['nonsense', 'master=yesterday#1;credit=never#2', 'master='])('ignores groups such as %p', async (text) => {
        expect(all(await note({ ...known, SAP_Arrival__c: text }), '[data-facet]')).toEqual([]);
    });
    it('says that SAP has deleted the customer', async () => {
        expect(words(await note({ ...known, SAP_Removed__c: true }))).toContain('SAP has deleted this customer');
    });
    it('has the record read again when SAP changes something of its customer', async () => {
        await note(known);
        jest.mocked(notifyRecordUpdateAvailable).mockClear();
        const [, , tell] = jest.mocked(subscribe).mock.lastCall ?? [];
        tell?.({ data: { payload: { System__c: 'ERPCLNT100', Customers__c: '0000104711' } } });
        await settled();
        expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: '001A' }]);
    });
});
