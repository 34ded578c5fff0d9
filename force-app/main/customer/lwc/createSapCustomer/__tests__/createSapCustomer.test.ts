import CreateSapCustomer from 'c/createSapCustomer';
import form from '@salesforce/apex/CustomerRequestController.form';
import { contract } from 'test/contract';
import { clearPage, mount, one, settled } from 'test/page';

beforeEach(() => {
    jest.mocked(form).mockReset().mockResolvedValue(contract('Form', 'customer'));
});
afterEach(clearPage);

describe('c-create-sap-customer', () => {
    it('begins when the platform hands over the record, which it does late', async () => {
        const element = mount('c-create-sap-customer', CreateSapCustomer);
        await settled();
        expect(form).not.toHaveBeenCalled();
        element.recordId = '001A';
        await settled();
        expect(form).toHaveBeenCalledTimes(1);
        expect(form).toHaveBeenCalledWith({ recordId: '001A' });
        await expect(element).toBeAccessible();
    });
    it('refreshes the page when the number is there, and closes when asked', async () => {
        const element = mount('c-create-sap-customer', CreateSapCustomer, { recordId: '001A' });
        const [refreshed, closed] = [jest.fn(), jest.fn()];
        element.addEventListener('lightning__refresh', refreshed);
        element.addEventListener('lightning__actionsclosescreen', closed);
        const inner = one(element, 'c-sap-customer-form');
        inner.dispatchEvent(new CustomEvent('finished'));
        expect([refreshed.mock.calls.length, closed.mock.calls.length]).toEqual([1, 0]);
        inner.dispatchEvent(new CustomEvent('close'));
        expect(closed).toHaveBeenCalledTimes(1);
    });
});
