import load from '@salesforce/apex/SyncStatusController.load';
import SapSyncStatus from 'c/sapSyncStatus';
import { all, button, clearPage, mount, one, settled, words } from 'test/page';
import type { Loose } from 'test/page';

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const system = (change: Partial<Gangway.SyncSystemView> = {}): Gangway.SyncSystemView => ({
    sapSystem: 'ERPCLNT100',
    canaryAt: minutesAgo(1),
    canaryTookMs: 840,
    waiting: 1234,
    held: 2,
    oldestWaitingAt: minutesAgo(3),
    callsToday: 4200,
    callsBudget: 20_000,
    refreshesToday: 10_000,
    refreshesBudget: 10_000,
    reportedAt: minutesAgo(0),
    ...change,
});
const view = (...systems: Gangway.SyncSystemView[]): Gangway.SyncStatusView => ({ systems, canManage: true });
const problem: Gangway.ProblemView = {
    code: 'SALESFORCE_QUEUE_NOT_PERMITTED',
    disposition: 'hold',
    title: 'You may not see it.',
    advice: 'Ask your admin.',
    sapMessages: [],
    issues: [],
};

beforeEach(() => jest.mocked(load).mockReset().mockResolvedValue(view(system())));
afterEach(() => {
    jest.useRealTimers();
    clearPage();
});

async function page(): Promise<Loose> {
    const element = mount('c-sap-sync-status', SapSyncStatus);
    await settled();
    return element;
}

describe('c-sap-sync-status', () => {
    it('says in words how alive the flow is, what waits, and how much of the budgets is used', async () => {
        const element = await page();
        expect(words(one(element, '[data-part="canary"]'))).toMatch(/^Alive: .*1 minute ago\. It took 840 ms\.$/);
        expect(words(one(element, '[data-figure="waiting"]'))).toMatch(/1,234 oldest: 3 minutes ago/);
        const [calls, refreshes] = all(element, '[data-budget]').map(words);
        expect(calls).toBe('Salesforce API calls today 4,200 of 20,000 (21%)');
        expect(refreshes).toMatch(/10,000 of 10,000 \(100%\) Spent: open panels/);
        await expect(element).toBeAccessible();
    });

    it('says when the last test change was, with the zone of that time', async () => {
        const canaryAt = '2026-11-21T09:15:00.000Z';
        jest.mocked(load).mockResolvedValue(view(system({ canaryAt })));
        expect(words(await page())).toContain('Last test change: Nov 21, 2026, 10:15:00 AM GMT+1');
    });

    it.each([
        ['an old test change', { canaryAt: minutesAgo(47) }, /^Not proved: .*47 minutes ago/],
        ['no test change ever', { canaryAt: undefined, canaryTookMs: undefined }, /^Not proved: no test change/],
    ])('does not call it alive with %s, however new the report is', async (_, change, expected) => {
        const { canaryAt, canaryTookMs, ...rest } = system();
        const known = { canaryAt, canaryTookMs, ...change };
        const given = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
        jest.mocked(load).mockResolvedValue(view({ ...rest, ...given }));
        const element = await page();
        expect(words(one(element, '[data-part="canary"]'))).toMatch(expected);
        expect(words(one(element, '.badge'))).toBe('Not proved');
    });

    it('stops calling it alive while it is looked at and nothing new is reported', async () => {
        jest.useFakeTimers();
        const element = await page();
        expect(words(one(element, '.badge'))).toBe('Alive');
        jest.advanceTimersByTime(5 * 60_000);
        await settled();
        expect(words(one(element, '.badge'))).toBe('Not proved');
    });

    it('shows one section per system, and a budget of nothing without a share of it', async () => {
        jest.mocked(load).mockResolvedValue(view(system(), system({ sapSystem: 'ERPCLNT200', callsBudget: 0 })));
        const element = await page();
        expect(all(element, '[data-system]').map((section) => section.dataset.system)).toEqual([
            'ERPCLNT100',
            'ERPCLNT200',
        ]);
        expect(words(all(element, '[data-budget]')[2])).toBe('Salesforce API calls today 4,200, no limit reported');
    });

    it('says that nobody has reported yet', async () => {
        jest.mocked(load).mockResolvedValue(view());
        expect(words(await page())).toContain('No agent has reported yet');
    });

    it('keeps what it knows when it cannot be read again, and says so', async () => {
        const element = await page();
        jest.mocked(load).mockRejectedValueOnce(new TypeError('offline'));
        one(element, 'lightning-button-icon').click();
        await settled();
        expect(one(element, '[data-problem="SALESFORCE_UNREACHABLE"]')).toBeDefined();
        expect(words(one(element, '[data-figure="held"]'))).toMatch(/2$/);
        button(element, 'Try again').click();
        await settled();
        expect(one(element, '[data-problem]')).toBeUndefined();
        expect(words(one(element, '[role="status"]'))).toBe('SAP Changes is up to date.');
    });

    it('shows what was refused, with the next step', async () => {
        jest.mocked(load).mockResolvedValue({ systems: [], canManage: false, problem });
        const element = await page();
        expect(words(element)).toContain('You may not see it.');
        expect(words(element)).toContain('Ask your admin.');
        expect(words(element)).not.toContain('No agent has reported yet');
    });

    it('does not look while the page is hidden, nor after it was left', async () => {
        jest.useFakeTimers();
        const element = await page();
        Object.defineProperty(document, 'hidden', { configurable: true, value: true });
        jest.advanceTimersByTime(60_000);
        expect(load).toHaveBeenCalledTimes(1);
        Object.defineProperty(document, 'hidden', { configurable: true, value: false });
        jest.advanceTimersByTime(20_000);
        await settled();
        expect(load).toHaveBeenCalledTimes(2);
        element.remove();
        jest.advanceTimersByTime(60_000);
        expect(load).toHaveBeenCalledTimes(2);
    });
});
