import discard from '@salesforce/apex/SyncIssueController.discard';
import load from '@salesforce/apex/SyncIssueController.load';
import retry from '@salesforce/apex/SyncIssueController.retry';
import DiscardIssuesModal from 'c/discardIssuesModal';
import SapSyncIssues from 'c/sapSyncIssues';
import { all, button, clearPage, mount, one, settled, words } from 'test/page';
import type { Loose } from 'test/page';

const issue = (number: number, change: Partial<Gangway.SyncIssueView> = {}): Gangway.SyncIssueView => ({
    id: `a0${number}`,
    name: `SC-00000${number}`,
    state: 'Held',
    stateLabel: 'Held',
    sapSystem: 'ERPCLNT100',
    kind: 'order-item',
    record: '0000004523/000010',
    accountId: '001A',
    accountName: 'Nordwind Logistik GmbH',
    code: 'SALESFORCE_RULE_REFUSED',
    whatHappened: 'A rule of the org refused it.',
    nextStep: 'Change the rule, then retry.',
    responsible: 'salesforce-admin',
    messages: 'FIELD_CUSTOM_VALIDATION_EXCEPTION: no',
    document: 'ORDRSP 0000000000001234',
    documentTime: '2026-11-21T10:15:00.000Z',
    heldAt: new Date(Date.now() - 180_000).toISOString(),
    attempts: 3,
    canAct: true,
    canRetry: true,
    ...change,
});
const refusedDocument = (): Gangway.SyncIssueView => {
    const { record, accountId, accountName, ...rest } = issue(3);
    const document = 'DEBMAS 0000000000000001';
    return { ...rest, name: 'SD-000003', kind: 'document', document, attempts: 1, canRetry: false };
};
const view = (
    issues: Gangway.SyncIssueView[],
    change: Partial<Gangway.SyncIssuesView> = {},
): Gangway.SyncIssuesView => ({
    issues,
    counts: { Held: issues.length, Waiting: 4, Solved: 0, Discarded: 0 },
    page: 0,
    hasMore: false,
    ...change,
});
const refusal: Gangway.ProblemView = {
    code: 'SALESFORCE_QUEUE_NOT_PERMITTED',
    disposition: 'hold',
    title: 'You may not see what is held.',
    advice: 'Ask your Salesforce admin.',
    sapMessages: [],
    issues: [],
};
const noted = (...ids: string[]): Gangway.SyncWishesView => ({ results: ids.map((id) => ({ id, isNoted: true })) });

beforeEach(() => {
    jest.mocked(load)
        .mockReset()
        .mockResolvedValue(view([issue(1), issue(2)]));
    jest.mocked(retry).mockReset();
    jest.mocked(discard).mockReset();
    jest.mocked(DiscardIssuesModal.open).mockReset();
});
afterEach(() => {
    jest.useRealTimers();
    clearPage();
});

async function page(): Promise<Loose> {
    const element = mount('c-sap-sync-issues', SapSyncIssues);
    await settled();
    return element;
}
const press = async (element: Loose, selector: string): Promise<void> => {
    one(element, selector).click();
    await settled();
};
const choose = async (element: Loose, filter: string, value: string): Promise<void> => {
    one(element, `[data-filter="${filter}"]`).dispatchEvent(new CustomEvent('change', { detail: { value } }));
    await settled();
};
const row = (element: Loose, name: string): Loose => one(element, `[data-issue="${name}"]`);
const lastFilter = (): unknown => jest.mocked(load).mock.lastCall?.[0].filter;

describe('c-sap-sync-issues', () => {
    it('says of each change what it is, what happened, what to do, and whose it is', async () => {
        const element = await page();
        const text = words(row(element, 'SC-000001'));
        for (const part of [
            'Order item 4523 / 10',
            'Nordwind Logistik GmbH',
            'A rule of the org refused it.',
            'Next step Change the rule, then retry.',
            'Salesforce admin',
            'ORDRSP 0000000000001234',
            '3 minutes ago',
        ]) {
            expect(text).toContain(part);
        }
        const details = one(row(element, 'SC-000001'), 'details');
        expect(details.open).toBe(false);
        expect(words(details)).toContain('FIELD_CUSTOM_VALIDATION_EXCEPTION: no');
        await expect(element).toBeAccessible();
    });

    it('says that everything has arrived when nothing is held, and something else when a filter finds nothing', async () => {
        jest.mocked(load).mockResolvedValue(view([]));
        const element = await page();
        expect(words(element)).toContain('Everything has arrived');
        await choose(element, 'responsible', 'sap-basis');
        expect(words(element)).not.toContain('Everything has arrived');
        expect(words(element)).toContain('Nothing found');
        expect(lastFilter()).toEqual({ state: 'Held', page: 0, responsible: 'sap-basis' });
    });

    it('asks for another state from its first page on, and shows how many are in each', async () => {
        const element = await page();
        expect(one(element, '[data-filter="state"]').options).toContainEqual({
            label: 'Waiting (4)',
            value: 'Waiting',
        });
        jest.mocked(load).mockResolvedValue(view([issue(1)], { hasMore: true }));
        await choose(element, 'state', 'Waiting');
        button(element, 'Next page').click();
        await settled();
        expect(lastFilter()).toEqual({ state: 'Waiting', page: 1 });
        expect(words(element)).toContain('Page 2');
        await choose(element, 'state', 'Held');
        expect(lastFilter()).toEqual({ state: 'Held', page: 0 });
    });

    it('searches when typing is over, once', async () => {
        jest.useFakeTimers();
        const element = await page();
        for (const text of ['4', '45', '4523']) await choose(element, 'search', text);
        expect(load).toHaveBeenCalledTimes(1);
        jest.advanceTimersByTime(400);
        await settled();
        expect(load).toHaveBeenCalledTimes(2);
        expect(lastFilter()).toEqual({ state: 'Held', page: 0, search: '4523' });
    });

    it('has one tried again', async () => {
        jest.mocked(retry).mockResolvedValue(noted('a02'));
        const element = await page();
        const wished = issue(2, { canAct: false, canRetry: false, wish: 'Retry', wishBy: 'Ines Falk' });
        jest.mocked(load).mockResolvedValue(view([issue(1), wished]));
        await press(element, '[data-issue="SC-000002"] [data-act="retry"]');
        expect(retry).toHaveBeenCalledWith({ issueIds: ['a02'] });
        expect(words(one(element, '[role="status"]'))).toMatch(/^Noted for 1\./);
        expect(words(row(element, 'SC-000002'))).toContain('Retry noted by Ines Falk');
        expect(all(row(element, 'SC-000002'), 'button')).toEqual([]);
    });

    it('names a document that could not be understood, and offers to discard it but not to retry it', async () => {
        jest.mocked(load).mockResolvedValue(view([issue(1), refusedDocument()]));
        const element = await page();
        const shown = row(element, 'SD-000003');
        expect(words(shown)).toContain('Document 0000000000000001 (DEBMAS)');
        expect(words(shown)).toContain('Attempts: 1');
        expect(all(shown, 'button').map(({ dataset }) => dataset.act)).toEqual(['discard']);
        await expect(element).toBeAccessible();
    });

    it('names a document that came without a type by its number', async () => {
        jest.mocked(load).mockResolvedValue(view([{ ...refusedDocument(), document: '0000000000000001' }]));
        const text = words(row(await page(), 'SD-000003'));
        expect(text).toContain('Document 0000000000000001');
        expect(text).not.toContain('(');
    });

    it('retries of what is selected all but the documents, says so, and keeps those selected', async () => {
        jest.mocked(load).mockResolvedValue(view([issue(1), refusedDocument()]));
        jest.mocked(retry).mockResolvedValue(noted('a01'));
        const element = await page();
        await press(element, '[data-select="all"]');
        expect(words(one(element, '[data-part="selection"]'))).toContain('Retry leaves out the documents');
        await press(element, '[data-act="retry-selected"]');
        expect(retry).toHaveBeenCalledWith({ issueIds: ['a01'] });
        expect(words(one(element, '[data-part="selection"]'))).toContain('1 selected');
        expect(one(element, '[data-act="retry-selected"]').disabled).toBe(true);
        expect(one(element, '[data-act="discard-selected"]').disabled).toBe(false);
    });

    it('throws many away with one reason, and says which were refused', async () => {
        jest.mocked(DiscardIssuesModal.open).mockResolvedValue('Test data');
        jest.mocked(discard).mockResolvedValue({
            results: [
                { id: 'a01', isNoted: true },
                { id: 'a02', isNoted: false, reason: 'It is not held any more.' },
            ],
        });
        const element = await page();
        await press(element, '[data-select="all"]');
        expect(words(one(element, '[data-part="selection"]'))).toContain('2 selected');
        await press(element, '[data-act="discard-selected"]');
        expect(DiscardIssuesModal.open).toHaveBeenCalledWith(
            expect.objectContaining({ names: ['SC-000001', 'SC-000002'], label: 'Discard 2 held changes' }),
        );
        expect(discard).toHaveBeenCalledWith({ issueIds: ['a01', 'a02'], reason: 'Test data' });
        expect(words(one(element, '[role="alert"]'))).toBe('SC-000002: It is not held any more.');
        expect(words(one(element, '[data-part="selection"]'))).toContain('1 selected');
    });

    it('throws nothing away when the dialog is closed without a reason', async () => {
        jest.mocked(DiscardIssuesModal.open).mockResolvedValue(undefined);
        const element = await page();
        await press(element, '[data-issue="SC-000001"] [data-act="discard"]');
        expect(discard).not.toHaveBeenCalled();
    });

    it('says what is thrown away', async () => {
        jest.mocked(load).mockResolvedValue(view([issue(1), refusedDocument()]));
        const element = await page();
        await press(element, '[data-issue="SD-000003"] [data-act="discard"]');
        expect(DiscardIssuesModal.open).toHaveBeenCalledWith(
            expect.objectContaining({
                label: 'Discard a held change',
                names: ['SD-000003'],
                subjects: ['Document 0000000000000001 (DEBMAS)'],
            }),
        );
    });

    it('puts the focus on the row whose button is gone, and takes it from nobody who is elsewhere', async () => {
        jest.mocked(retry).mockResolvedValue(noted('a02'));
        const element = await page();
        const wished = issue(2, { canAct: false, canRetry: false, wish: 'Retry', wishBy: 'Ines Falk' });
        jest.mocked(load).mockResolvedValue(view([issue(1), wished]));
        const focused = jest.spyOn(row(element, 'SC-000002'), 'focus');
        const elsewhere = document.body.appendChild(document.createElement('input'));
        elsewhere.focus();
        await press(element, '[data-issue="SC-000002"] [data-act="retry"]');
        expect(focused).not.toHaveBeenCalled();
        jest.mocked(load).mockResolvedValue(view([issue(1), issue(2)]));
        await press(element, 'lightning-button-icon');
        elsewhere.blur();
        await press(element, '[data-issue="SC-000002"] [data-act="retry"]');
        expect(focused).toHaveBeenCalledTimes(1);
    });

    it('begins at the top of a page that was turned to', async () => {
        jest.mocked(load).mockResolvedValue(view([issue(1), issue(2)], { hasMore: true }));
        const element = await page();
        jest.mocked(load).mockResolvedValue(view([issue(2), issue(1)], { page: 1 }));
        const focused = jest.spyOn(row(element, 'SC-000002'), 'focus');
        button(element, 'Next page').click();
        await settled();
        expect(focused).toHaveBeenCalledTimes(1);
    });

    it('goes back to the page before when the last one has nothing left', async () => {
        jest.mocked(load).mockResolvedValue(view([issue(1)], { hasMore: true }));
        const element = await page();
        jest.mocked(load).mockResolvedValue(view([issue(2)], { page: 1 }));
        button(element, 'Next page').click();
        await settled();
        jest.mocked(load)
            .mockResolvedValueOnce(view([], { page: 1 }))
            .mockResolvedValueOnce(view([issue(1)]));
        await press(element, 'lightning-button-icon');
        expect(lastFilter()).toEqual({ state: 'Held', page: 0 });
        expect(row(element, 'SC-000001')).toBeDefined();
        expect(words(element)).not.toContain('Everything has arrived');
    });

    it('sends a wish once, however often it is pressed', async () => {
        jest.mocked(retry).mockReturnValue(new Promise(() => undefined));
        const element = await page();
        await press(element, '[data-issue="SC-000001"] [data-act="retry"]');
        await press(element, '[data-issue="SC-000001"] [data-act="retry"]');
        expect(retry).toHaveBeenCalledTimes(1);
    });

    it('says why a wish could not be sent, and keeps the list', async () => {
        jest.mocked(retry).mockRejectedValue(new TypeError('offline'));
        const element = await page();
        await press(element, '[data-issue="SC-000001"] [data-act="retry"]');
        expect(one(element, '[data-problem="SALESFORCE_UNREACHABLE"]')).toBeDefined();
        expect(row(element, 'SC-000001')).toBeDefined();
    });

    it('keeps the list when it cannot be read again, but not the list of another filter', async () => {
        const element = await page();
        jest.mocked(load).mockRejectedValue(new TypeError('offline'));
        await press(element, 'lightning-button-icon');
        expect(row(element, 'SC-000001')).toBeDefined();
        expect(one(element, '[data-problem]')).toBeDefined();
        await choose(element, 'state', 'Solved');
        expect(row(element, 'SC-000001')).toBeUndefined();
    });

    it('shows who may not decide why, and nothing to press', async () => {
        jest.mocked(load).mockResolvedValue(view([], { counts: {}, problem: refusal }));
        const element = await page();
        expect(words(element)).toContain('Ask your Salesforce admin.');
        expect(words(element)).not.toContain('Everything has arrived');
        expect(all(element, '[data-filter]')).toEqual([]);
        await expect(element).toBeAccessible();
    });

    it('drops an answer that a later question has overtaken', async () => {
        let answer: (late: Gangway.SyncIssuesView) => void = () => undefined;
        jest.mocked(load).mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
        const element = await page();
        await choose(element, 'state', 'Waiting');
        answer(view([issue(9)]));
        await settled();
        expect(row(element, 'SC-000009')).toBeUndefined();
        expect(row(element, 'SC-000001')).toBeDefined();
    });

    it('looks again by itself, unselects what is solved meanwhile, and stops when it is left', async () => {
        jest.useFakeTimers();
        const element = await page();
        await press(element, '[data-select="all"]');
        jest.mocked(load).mockResolvedValue(view([issue(2)]));
        jest.advanceTimersByTime(15_000);
        await settled();
        expect(row(element, 'SC-000001')).toBeUndefined();
        expect(words(one(element, '[data-part="selection"]'))).toContain('1 selected');
        element.remove();
        jest.advanceTimersByTime(60_000);
        expect(load).toHaveBeenCalledTimes(2);
    });
});
