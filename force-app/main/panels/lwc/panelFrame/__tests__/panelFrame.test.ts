import PanelFrame from 'c/panelFrame';
import CreateSapCustomerModal from 'c/createSapCustomerModal';
import { contract } from 'test/contract';
import { button, clearPage, mount, one, settled, words } from 'test/page';
import type { Loose } from 'test/page';

const now = Date.parse('2026-11-21T09:35:12Z');
const live = contract('Credit_Live');
const away = contract('Credit_Sap_Away');
const body = { any: 'thing' };

function frame(state: object): Loose {
    return mount('c-panel-frame', PanelFrame, { heading: 'SAP Credit', iconName: 'standard:orders', state });
}

beforeEach(() => jest.useFakeTimers({ now }));
afterEach(() => {
    clearPage();
    jest.useRealTimers();
});

describe('age', () => {
    const view = { ...live, asOf: '2026-11-21T09:35:00Z', isLive: true };

    it('is told beside a live marker, with the exact time at hand', async () => {
        const element = frame({ view, body, isBusy: false });
        expect(words(one(element, '.age'))).toBe('Live as of just now');
        expect(one(element, '[data-as-of]').title.replace(/\u202f/g, ' ')).toBe('Nov 21, 2026, 10:35:00 AM GMT+1');
        jest.useRealTimers();
        await expect(element).toBeAccessible();
    });
    it('grows while the page is open, and after a while the answer is no longer called live', async () => {
        const element = frame({ view, body, isBusy: false });
        jest.advanceTimersByTime(60_000);
        await settled();
        expect(words(one(element, '.age'))).toBe('Live as of 1 minute ago');
        jest.advanceTimersByTime(4 * 60_000);
        await settled();
        expect(words(one(element, '.age'))).toBe('as of 5 minutes ago');
    });
    it('stops ticking when the panel leaves the page', () => {
        frame({ view, body, isBusy: false });
        expect(jest.getTimerCount()).toBe(1);
        clearPage();
        expect(jest.getTimerCount()).toBe(0);
    });
    it('marks a snapshot as last known', () => {
        const element = frame({ view: { ...view, asOf: '2026-11-21T06:30:00Z', isLive: false }, body, isBusy: true });
        expect(words(one(element, '.age'))).toBe('Last known as of 3 hours ago');
    });
    it('is not told where nothing is known', () => {
        expect(one(frame({ view: { ...away, asOf: undefined }, isBusy: false }), '[data-as-of]')).toBeUndefined();
    });
});

describe('states', () => {
    it('outlines the figures while nothing is known yet', async () => {
        const element = frame({ isBusy: true });
        expect(one(element, 'c-loading-skeleton')).toBeDefined();
        expect(one(element, 'article').getAttribute('aria-busy')).toBe('true');
        jest.useRealTimers();
        await expect(element).toBeAccessible();
    });
    it('explains a problem above the last known figures', async () => {
        const element = frame({ view: { ...live, isLive: false }, body, problem: away.problem, isBusy: false });
        const text = words(one(element, 'c-problem-panel'));
        expect(text).toContain(away.problem.title);
        expect(text).toContain('Below is the last known state.');
        expect(one(element, 'slot')).toBeDefined();
        expect(words(one(element, '.age'))).toMatch(/^Last known/);
        jest.useRealTimers();
        await expect(element).toBeAccessible();
    });
    it('explains a problem and what to do where nothing is known', () => {
        const element = frame({ view: { ...away, asOf: undefined }, problem: away.problem, isBusy: false });
        const text = words(element);
        expect(text).toContain(away.problem.advice);
        expect(text).not.toContain('last known');
        expect(one(element, 'slot')).toBeUndefined();
    });
    it('says so where the user has no access, without offering a useless retry', async () => {
        const { problem, ...view } = contract('No_Access');
        const element = frame({ view, problem, isBusy: false });
        expect(words(element)).toContain('You have no access to these SAP data');
        expect(words(element)).toContain(problem.advice);
        expect(button(element, 'Try again')).toBeUndefined();
        expect(words(element)).not.toContain('No Account');
        jest.useRealTimers();
        await expect(element).toBeAccessible();
    });
    it('says that amounts are hidden', () => {
        const view = contract('Credit_Without_Amounts');
        expect(words(frame({ view, body, isBusy: false }))).toContain('Amounts are hidden');
        expect(words(frame({ view: live, body, isBusy: false }))).not.toContain('Amounts are hidden');
    });
    it('says that a record without Account has no SAP data', () => {
        const element = frame({ view: { ...contract('No_Customer'), accountId: '' }, isBusy: false });
        expect(words(element)).toContain('This record belongs to no Account.');
        expect(button(element, 'Create SAP customer')).toBeUndefined();
    });
});

describe('an Account without SAP number', () => {
    const view = contract('No_Customer');

    it('offers to create or link, and all panels look again afterwards', async () => {
        const open = jest.spyOn(CreateSapCustomerModal, 'open').mockResolvedValue(undefined);
        const element = frame({ view, isBusy: false });
        const refreshed = jest.fn();
        element.addEventListener('lightning__refresh', refreshed);
        button(element, 'Link existing customer').click();
        button(element, 'Create SAP customer').click();
        await settled();
        const { accountId: recordId } = view;
        expect(open.mock.calls.map(([options]) => options)).toEqual([
            { size: 'small', label: 'Link SAP Customer', mode: 'link', recordId },
            { size: 'small', label: 'Create SAP Customer', mode: 'create', recordId },
        ]);
        expect(refreshed).toHaveBeenCalledTimes(2);
    });
    it('says whom to ask where the user may not create', async () => {
        const element = frame({ view: { ...view, canCreate: false }, isBusy: false });
        expect(words(element)).toContain('Ask a colleague who may create SAP customers.');
        expect(button(element, 'Create SAP customer')).toBeUndefined();
        jest.useRealTimers();
        await expect(element).toBeAccessible();
    });
});

describe('refreshing', () => {
    const press = (state: object): { heard: jest.Mock; element: Loose } => {
        const element = frame(state);
        const heard = jest.fn();
        element.addEventListener('refresh', heard);
        one(element, 'lightning-button-icon').click();
        return { heard, element };
    };
    it('is asked for by the button, once at a time, and the button keeps the focus', () => {
        expect(press({ view: live, body, isBusy: false }).heard).toHaveBeenCalledTimes(1);
        const busy = press({ view: live, body, isBusy: true });
        expect(busy.heard).not.toHaveBeenCalled();
        expect(one(busy.element, 'lightning-button-icon').disabled).toBeFalsy();
    });
    it('is spoken: begun, done, failed', async () => {
        const element = frame({ view: live, body, isBusy: true });
        const status = () => words(one(element, '[role="status"]'));
        expect(status()).toBe('Refreshing SAP Credit');
        element.state = { view: live, body, isBusy: false };
        await settled();
        expect(status()).toBe('SAP Credit is up to date');
        element.state = { view: live, body, problem: away.problem, isBusy: false };
        await settled();
        expect(status()).toBe(away.problem.title);
    });
});

describe('a customer that is on its way', () => {
    const empty = contract('No_Customer');
    const problem = away.problem;
    const withRequest = (status: string, change: object = {}, view: object = {}): Loose =>
        frame({
            view: {
                ...empty,
                ...view,
                request: { id: 'a01', name: 'SR-000012', status, sapMessages: [], attempts: 0, ...change },
            },
            isBusy: false,
        });

    it.each(['ready', 'sent'])('is told, without a button that would make another, when it is %s', async (status) => {
        const element = withRequest(status);
        expect(words(element)).toContain('SAP customer on its way');
        expect(words(element)).toContain('Request SR-000012 is being carried out.');
        expect(button(element, 'Create SAP customer')).toBeUndefined();
        jest.useRealTimers();
        await expect(element).toBeAccessible();
    });
    it('says what it waits for', () => {
        expect(words(withRequest('sent', { problem }))).toContain(`It waits: ${problem.title}`);
    });
    it('says that the answer was lost and that Gangway looks in SAP', () => {
        expect(words(withRequest('verifying'))).toContain('Gangway is looking in SAP');
    });
    it.each(['held', 'refused'])('says why it is %s and what to do, to those who may create', (status) => {
        const element = withRequest(status, { problem });
        expect(words(element)).toContain('Not created in SAP yet');
        expect(words(element)).toContain(`${problem.title} ${problem.advice}`);
        expect(button(element, 'Create SAP customer')).toBeDefined();
    });
    it('says to others only that somebody must act', () => {
        const element = withRequest('held', {}, { canCreate: false });
        expect(words(element)).toContain('Request SR-000012 waits for a person who may create SAP customers.');
        expect(button(element, 'Create SAP customer')).toBeUndefined();
    });
});
