import commitRequest from '@salesforce/apex/CustomerRequestController.commitRequest';
import form from '@salesforce/apex/CustomerRequestController.form';
import link from '@salesforce/apex/CustomerRequestController.link';
import matches from '@salesforce/apex/CustomerRequestController.matches';
import send from '@salesforce/apex/CustomerRequestController.send';
import { CustomerFlow } from 'c/customerFlow';
import type { FlowState } from 'c/customerFlow';
import { contract } from 'test/contract';
import { settled } from 'test/page';
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

/** An answer that arrives when the test says so. */
function later(method: unknown): { arrive(value: unknown): Promise<void>; fail(thrown: unknown): Promise<void> } {
    let resolveAnswer: (value: unknown) => void = () => undefined;
    let rejectAnswer: (thrown: unknown) => void = () => undefined;
    const answer = new Promise((resolve, reject) => {
        [resolveAnswer, rejectAnswer] = [resolve, reject];
    });
    jest.mocked(method as jest.Mock).mockReturnValueOnce(answer);
    return {
        arrive: (value) => {
            resolveAnswer(value);
            return settled();
        },
        fail: (thrown) => {
            rejectAnswer(thrown);
            return settled();
        },
    };
}

let state: FlowState;
let flow: CustomerFlow;

beforeEach(async () => {
    [form, matches, commitRequest, send, link].forEach((method) => jest.mocked(method as jest.Mock).mockReset());
    jest.mocked(form).mockResolvedValue(filled);
    jest.mocked(send).mockResolvedValue(recorded('Create_Done'));
    flow = new CustomerFlow((next) => {
        state = next;
    });
    await flow.open('001A', 'create');
});

describe('a form that is closed while SAP is searched for duplicates', () => {
    it('creates nothing: nobody asked for a customer any more', async () => {
        const search = later(matches);
        flow.next();
        flow.stop();
        await search.arrive({ matches: [] });
        expect(commitRequest).not.toHaveBeenCalled();
    });
    it('creates nothing for the record that is shown by then, and shows nothing of the other', async () => {
        const search = later(matches);
        flow.next();
        await flow.open('001B', 'create');
        const shown = state;
        await search.arrive({ matches: recorded('Matches').matches });
        expect(state).toBe(shown);
        expect(commitRequest).not.toHaveBeenCalled();
    });
    it('shows no failure of the other record either', async () => {
        const search = later(matches);
        flow.next();
        await flow.open('001B', 'create');
        const shown = state;
        await search.fail({ status: 500, body: { message: 'No' } });
        expect(state).toBe(shown);
    });
});

describe('a form that is closed after the decision', () => {
    it('sends the committed request all the same', async () => {
        const commit = later(commitRequest);
        flow.create();
        flow.stop();
        const shown = state;
        await commit.arrive(recorded('Commit'));
        expect(send).toHaveBeenCalledWith({ requestId: recorded('Commit').id });
        expect(state).toBe(shown);
    });
    it('sends nothing where nothing was committed', async () => {
        const commit = later(commitRequest);
        flow.create();
        flow.stop();
        await commit.arrive(recorded('Commit_Invalid'));
        expect(send).not.toHaveBeenCalled();
    });
    it('shows no link of another record', async () => {
        const linking = later(link);
        flow.link('4711');
        await flow.open('001B', 'create');
        await linking.arrive(recorded('Link'));
        expect(state.step).toBe('form');
    });
});

describe('two records in a row', () => {
    it('shows the second, however late the first answers', async () => {
        const first = later(form);
        flow.open('001B', 'create');
        await flow.open('001C', 'create');
        const shown = state;
        await first.arrive({ ...filled, canCreate: false });
        expect(state).toBe(shown);
        expect(state.isBusy).toBe(false);
    });
    it('shows the same one twice in a row, with the last answer', async () => {
        const first = later(form);
        const second = later(form);
        flow.open('001B', 'create');
        flow.open('001B', 'create');
        await second.arrive(filled);
        await first.arrive({ ...filled, canCreate: false });
        expect(state.step).toBe('form');
    });
});

it('commits once when Create is pressed twice', async () => {
    const commit = later(commitRequest);
    flow.create();
    flow.create();
    await commit.arrive(recorded('Commit'));
    expect(commitRequest).toHaveBeenCalledTimes(1);
    expect(state.step).toBe('done');
});

describe('a creation that automation has held', () => {
    const held = (code: string, more: Loose = {}): Loose => {
        const problem = { code, disposition: 'hold', title: 'Held.', advice: 'Look.', sapMessages: [] };
        const issues = [{ path: 'name', message: '104711: Nordwind Logistik GmbH, Hamburg' }];
        const request = { id: 'a00', name: 'SR-000001', status: 'held', sapMessages: [], attempts: 1 };
        return { ...filled, request: { ...request, problem: { ...problem, issues }, ...more } };
    };
    it('because SAP may know the customer opens the form, with why, and marks no field', async () => {
        jest.mocked(form).mockResolvedValue(held('CUSTOMER_MAY_EXIST'));
        await flow.open('001A', 'create');
        expect(state).toMatchObject({ step: 'form', issues: [], problem: { title: 'Held.', issues: [] } });
    });
    it('because SAP may know the customer can be linked', async () => {
        jest.mocked(form).mockResolvedValue(held('CUSTOMER_MAY_EXIST'));
        await flow.open('001A', 'link');
        expect(state.step).toBe('link');
    });
    it('because something is wrong opens the form at what is wrong', async () => {
        jest.mocked(form).mockResolvedValue(held('REQUEST_INVALID'));
        await flow.open('001A', 'create');
        expect(state).toMatchObject({ step: 'form', issues: [{ field: 'name' }] });
    });
    it('for any other reason, or with a customer, is only followed', async () => {
        const customer = { system: 'ERPCLNT100', number: '0000104711', display: '104711' };
        for (const view of [held('SAP_AUTHORIZATION_MISSING'), held('REQUEST_INVALID', { customer })]) {
            jest.mocked(form).mockResolvedValue(view);
            await flow.open('001A', 'create');
            expect(state.step).toBe('progress');
        }
    });
});
