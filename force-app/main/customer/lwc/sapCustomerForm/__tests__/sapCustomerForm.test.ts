import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import check from '@salesforce/apex/CustomerRequestController.check';
import commitRequest from '@salesforce/apex/CustomerRequestController.commitRequest';
import form from '@salesforce/apex/CustomerRequestController.form';
import link from '@salesforce/apex/CustomerRequestController.link';
import matches from '@salesforce/apex/CustomerRequestController.matches';
import send from '@salesforce/apex/CustomerRequestController.send';
import SapCustomerForm from 'c/sapCustomerForm';
import { contract } from 'test/contract';
import { all, button, clearPage, mount, one, settled, words } from 'test/page';
import type { Loose } from 'test/page';

const recorded = (name: string): Loose => contract(name, 'customer');
const [area] = recorded('Form').salesAreas;
const filled = {
    ...recorded('Form'),
    draft: {
        ...recorded('Form').draft,
        salesArea: area.value,
        companyCode: area.companyCode,
        paymentTerms: '0001',
        currencyCode: 'EUR',
    },
};
const apex = { check, commitRequest, form, link, matches, send };

beforeEach(() => {
    Object.values(apex).forEach((method) => jest.mocked(method as jest.Mock).mockReset());
    jest.mocked(notifyRecordUpdateAvailable).mockReset();
    jest.mocked(form).mockResolvedValue(filled);
    jest.mocked(matches).mockResolvedValue({ matches: [] });
    jest.mocked(commitRequest).mockResolvedValue(recorded('Commit'));
    jest.mocked(send).mockResolvedValue(recorded('Create_Done'));
});
afterEach(() => {
    clearPage();
    jest.useRealTimers();
});

async function open(more: object = {}): Promise<Loose> {
    const element = mount('c-sap-customer-form', SapCustomerForm, { recordId: '001A', ...more });
    await settled();
    return element;
}
async function press(element: Loose, text: string): Promise<void> {
    button(element, text).click();
    await settled();
}
const step = (element: Loose): string => one(element, '[data-step]:not(li)')?.dataset.step;
const focused = (element: Loose): HTMLElement => element.shadowRoot.activeElement;

describe('entering the data', () => {
    it('names everything that is missing, sends nothing, and leads to the field', async () => {
        jest.mocked(form).mockResolvedValue({ ...recorded('Form'), draft: {} });
        const element = await open();
        await press(element, 'Continue');
        const box = one(element, '[data-missing]');
        expect(words(box)).toContain('Nothing was sent to SAP.');
        expect(all(box, 'button').map(words)).toEqual([
            'Name is missing.',
            'City is missing.',
            'Country (ISO code) is missing.',
            'Language (ISO code) is missing.',
            'Sales area is missing.',
            'Company code is missing.',
            'Payment terms is missing.',
            'Currency is missing.',
        ]);
        expect(focused(element)).toBe(box);
        expect(one(element, '[data-field="city"]').customValidity).toBe('City is missing.');
        const city = jest.spyOn(one(element, '[data-field="city"]'), 'focus');
        one(box, '[data-issue="city"]').click();
        expect(city).toHaveBeenCalled();
        expect(matches).not.toHaveBeenCalled();
        expect(commitRequest).not.toHaveBeenCalled();
        await expect(element).toBeAccessible();
    });
    it('takes a field off the list once it is changed, and leaves the focus where the person types', async () => {
        jest.mocked(form).mockResolvedValue({ ...recorded('Form'), draft: {} });
        const element = await open();
        await press(element, 'Continue');
        const city = one(element, '[data-field="city"]');
        element.shadowRoot.activeElement?.blur();
        city.dispatchEvent(new CustomEvent('change', { detail: { value: 'Hamburg' } }));
        await settled();
        const listed = all(one(element, '[data-missing]'), 'button').map(words);
        expect(listed).toHaveLength(7);
        expect(listed).not.toContain('City is missing.');
        expect(city.customValidity).toBe('');
        expect(focused(element)).toBeNull();
    });
    it('fills in what the sales area brings along when it is chosen', async () => {
        jest.mocked(form).mockResolvedValue(recorded('Form'));
        const element = await open();
        const choice = { detail: { value: area.value } };
        one(element, '[data-field="salesArea"]').dispatchEvent(new CustomEvent('change', choice));
        await settled();
        const value = (field: string): string => one(element, `[data-field="${field}"]`).value;
        expect(['companyCode', 'paymentTerms', 'currencyCode'].map(value)).toEqual([
            area.companyCode,
            area.paymentTerms,
            area.currencyCode,
        ]);
    });
    it('chooses the only sales area there is', async () => {
        jest.mocked(form).mockResolvedValue({ ...recorded('Form'), salesAreas: [area] });
        expect(one(await open(), '[data-field="salesArea"]').value).toBe(area.value);
    });
    it('says that the user may not create, and shows no form', async () => {
        jest.mocked(form).mockResolvedValue({ ...filled, canCreate: false });
        const element = await open();
        expect(words(element)).toContain('You may not create SAP customers');
        expect(button(element, 'Continue')).toBeUndefined();
        await expect(element).toBeAccessible();
    });
    it('shows the record it stands on, whichever answer comes last', async () => {
        let answerFirst: (view: object) => void = () => undefined;
        jest.mocked(form)
            .mockReturnValueOnce(new Promise((resolve) => (answerFirst = resolve)))
            .mockResolvedValueOnce({ ...filled, draft: { ...filled.draft, name: 'Second' } });
        const element = await open();
        element.recordId = '001B';
        await settled();
        answerFirst(filled);
        await settled();
        expect(one(element, '[data-field="name"]').value).toBe('Second');
    });
    it('explains why the form could not be read', async () => {
        jest.mocked(form).mockRejectedValue({ status: 403 });
        expect(words(await open())).toContain('You may not see this.');
    });
});

describe('creating', () => {
    it('commits first, then sends, shows the number and tells the page', async () => {
        const order: string[] = [];
        const noting = (name: string, answer: string) => (): Promise<Loose> => {
            order.push(name);
            return Promise.resolve(recorded(answer));
        };
        jest.mocked(commitRequest).mockImplementation(noting('commit', 'Commit'));
        jest.mocked(send).mockImplementation(noting('send', 'Create_Done'));
        const element = await open();
        const finished = jest.fn();
        element.addEventListener('finished', finished);
        await press(element, 'Continue');
        expect(order).toEqual(['commit', 'send']);
        expect(commitRequest).toHaveBeenCalledWith({ recordId: '001A', draft: filled.draft });
        expect(step(element)).toBe('done');
        expect(words(element)).toContain(`SAP customer ${recorded('Create_Done').customer.display} (ERPCLNT100)`);
        expect(words(focused(element))).toMatch(/^SAP customer/);
        expect(finished).toHaveBeenCalledTimes(1);
        expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: '001A' }]);
        await expect(element).toBeAccessible();
    });
    it('takes a double click for one', async () => {
        const element = await open();
        const create = button(element, 'Continue');
        create.click();
        create.click();
        await settled();
        expect(matches).toHaveBeenCalledTimes(1);
        expect(commitRequest).toHaveBeenCalledTimes(1);
        expect(send).toHaveBeenCalledTimes(1);
    });
    it("shows SAP's refusal in SAP's words, keeps the data, and sends the corrected data", async () => {
        jest.mocked(send)
            .mockResolvedValueOnce(recorded('Create_Refused'))
            .mockResolvedValueOnce(recorded('Create_Done'));
        const element = await open();
        await press(element, 'Continue');
        expect(step(element)).toBe('form');
        expect(words(element)).toContain('Enter a postal code of 4 digits for country NO');
        expect(words(element)).toContain(recorded('Create_Refused').problem.advice);
        expect(one(element, '[data-field="name"]').value).toBe(filled.draft.name);
        one(element, '[data-field="postalCode"]').dispatchEvent(
            new CustomEvent('change', { detail: { value: '5004' } }),
        );
        await press(element, 'Continue');
        expect(jest.mocked(commitRequest).mock.lastCall?.[0].draft.postalCode).toBe('5004');
        expect(step(element)).toBe('done');
    });
    it('marks the fields the server found wrong, and sends nothing then', async () => {
        jest.mocked(commitRequest).mockResolvedValue(recorded('Commit_Invalid'));
        const element = await open();
        await press(element, 'Continue');
        expect(step(element)).toBe('form');
        expect(send).not.toHaveBeenCalled();
        expect(words(one(element, '[data-missing]'))).toContain('Name: SAP keeps at most 35 characters here.');
        expect(one(element, '[data-field="name"]').customValidity).toMatch(/35 characters/);
    });
    it('explains that an outcome is being verified, and shows the one number when it is known', async () => {
        jest.useFakeTimers();
        jest.mocked(send).mockResolvedValue(recorded('Create_Verifying'));
        jest.mocked(check).mockResolvedValue(recorded('Check_Done'));
        const element = await open();
        await press(element, 'Continue');
        expect(step(element)).toBe('progress');
        expect(words(element)).toContain('Please do not create it by hand.');
        jest.advanceTimersByTime(1000);
        await settled();
        expect(words(element)).toContain(`SAP customer ${recorded('Check_Done').customer.display}`);
    });
    it('keeps the data when the commit itself fails', async () => {
        jest.mocked(commitRequest).mockRejectedValue({ status: 500, body: { message: 'Row locked' } });
        const element = await open();
        await press(element, 'Continue');
        expect(step(element)).toBe('form');
        expect(words(element)).toContain('Row locked');
        expect(button(element, 'Continue').disabled).toBe(false);
    });
});

describe('an earlier request', () => {
    it.each(['ready', 'sent', 'verifying'])('that is %s is followed instead of a second one', async (status) => {
        jest.mocked(form).mockResolvedValue({ ...filled, request: { ...recorded('Commit'), status } });
        jest.mocked(check).mockResolvedValue(recorded('Check_Done'));
        const element = await open();
        expect(commitRequest).not.toHaveBeenCalled();
        expect(step(element)).toBe('done');
    });
    it('that is held is shown with its reason, and checked when asked', async () => {
        const request = {
            ...recorded('Create_Verifying'),
            status: 'held',
            problem: contract('Credit_Sap_Away').problem,
        };
        jest.mocked(form).mockResolvedValue({ ...filled, request });
        jest.mocked(check).mockResolvedValue(recorded('Check_Done'));
        const element = await open();
        expect(step(element)).toBe('progress');
        expect(check).not.toHaveBeenCalled();
        expect(words(element)).toContain('The request waits for a person.');
        await press(element, 'Check again');
        expect(step(element)).toBe('done');
    });
    it('that was refused comes back with its reason and the form', async () => {
        jest.mocked(form).mockResolvedValue({ ...filled, request: recorded('Create_Refused') });
        const element = await open();
        expect(step(element)).toBe('form');
        expect(words(element)).toContain('Enter a postal code of 4 digits for country NO');
    });
    it('that already led to a number shows the number', async () => {
        jest.mocked(form).mockResolvedValue({ ...filled, customer: recorded('Check_Done').customer });
        const element = await open();
        expect(words(element)).toContain(`SAP customer ${recorded('Check_Done').customer.display}`);
    });
});

describe('possible duplicates', () => {
    beforeEach(() => {
        jest.mocked(matches).mockResolvedValue(recorded('Matches'));
    });
    it('are shown before anything is committed, and one can be linked', async () => {
        jest.mocked(link).mockResolvedValue(recorded('Link'));
        const element = await open();
        await press(element, 'Continue');
        expect(step(element)).toBe('matches');
        expect(words(focused(element))).toBe('Is it one of these?');
        expect(commitRequest).not.toHaveBeenCalled();
        await expect(element).toBeAccessible();
        await press(element, 'Link this one');
        const { number } = recorded('Matches').matches[0].customer;
        expect(link).toHaveBeenCalledWith({ recordId: '001A', customerNumber: number });
        expect(step(element)).toBe('done');
        expect(commitRequest).not.toHaveBeenCalled();
    });
    it('can be none of them', async () => {
        const element = await open();
        await press(element, 'Continue');
        await press(element, 'None of these: create new');
        expect(commitRequest).toHaveBeenCalledTimes(1);
        expect(step(element)).toBe('done');
    });
    it('lead back to the form with everything kept', async () => {
        const element = await open();
        await press(element, 'Continue');
        await press(element, 'Back');
        expect(step(element)).toBe('form');
        expect(one(element, '[data-field="name"]').value).toBe(filled.draft.name);
    });
    it('that could not be looked for stop the creation, with the reason', async () => {
        const { problem } = contract('Credit_Sap_Away');
        jest.mocked(matches).mockResolvedValue({ matches: [], problem });
        const element = await open();
        await press(element, 'Continue');
        expect(step(element)).toBe('form');
        expect(words(element)).toContain(problem.title);
        expect(commitRequest).not.toHaveBeenCalled();
    });
});

describe('linking by number', () => {
    async function linkNumber(answer: object): Promise<Loose> {
        jest.mocked(link).mockResolvedValue(answer);
        const element = await open({ mode: 'link' });
        one(element, 'lightning-input').dispatchEvent(new CustomEvent('change', { detail: { value: '104711' } }));
        await press(element, 'Link existing customer');
        return element;
    }
    it('writes the number', async () => {
        const element = await linkNumber(recorded('Link'));
        expect(link).toHaveBeenCalledWith({ recordId: '001A', customerNumber: '104711' });
        expect(step(element)).toBe('done');
    });
    it.each(['Link_Unknown', 'Link_Deleted', 'Link_Elsewhere'])('explains why not: %s', async (name) => {
        const element = await linkNumber(recorded(name));
        expect(step(element)).toBe('link');
        expect(words(element)).toContain(recorded(name).problem.title);
        expect(words(element)).toContain(recorded(name).problem.advice);
    });
    it('links a blocked customer and says that it is blocked', async () => {
        const element = await linkNumber(recorded('Link_Blocked'));
        expect(step(element)).toBe('done');
        expect(words(element)).toContain(recorded('Link_Blocked').problem.title);
    });
});
