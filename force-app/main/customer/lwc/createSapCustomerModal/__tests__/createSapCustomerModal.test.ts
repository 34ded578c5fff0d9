import CreateSapCustomerModal from 'c/createSapCustomerModal';
import form from '@salesforce/apex/CustomerRequestController.form';
import { contract } from 'test/contract';
import { clearPage, mount, one, settled } from 'test/page';

afterEach(clearPage);

it('shows the form for the record in the mode it was opened for', async () => {
    jest.mocked(form).mockResolvedValue(contract('Form', 'customer'));
    const element = mount('c-create-sap-customer-modal', CreateSapCustomerModal, {
        recordId: '001A',
        mode: 'link',
        label: 'Link',
    });
    await settled();
    expect(one(element, 'c-sap-customer-form')).toMatchObject({ recordId: '001A', mode: 'link' });
    expect(one(element, 'c-link-customer')).toBeDefined();
});
