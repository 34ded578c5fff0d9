import load from '@salesforce/apex/PanelController.load';
import refresh from '@salesforce/apex/PanelController.refresh';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import { contract } from 'test/contract';
import { settled } from 'test/page';
import type { Loose } from 'test/page';
import { answers, later, problem, reader, view } from './panelAnswers';

beforeEach(() => {
    answers.load.mockReset();
    answers.refresh.mockReset();
});

describe('opening a record', () => {
    it('paints the snapshot at once and replaces it by the live answer', async () => {
        const live = later();
        answers.load.mockResolvedValue(view(['old'], { isLive: false }));
        answers.refresh.mockReturnValue(live.promise);
        const { reader: panel, shown } = reader();
        panel.open('001A');
        expect(shown()).toEqual({ isBusy: true });
        await settled();
        expect(shown()).toMatchObject({ body: { rows: ['old'] }, isBusy: true });
        await live.arrive(view(['new']));
        expect(shown()).toMatchObject({ body: { rows: ['new'] }, isBusy: false, view: { isLive: true } });
    });
    it('says at once what the snapshot could not be shown for', async () => {
        answers.load.mockResolvedValue(contract('No_Access'));
        answers.refresh.mockReturnValue(later().promise);
        const { reader: panel, shown } = reader();
        panel.open('001A');
        await settled();
        expect(shown()).toMatchObject({ problem: { code: 'SALESFORCE_NO_ACCESS' }, isBusy: true });
    });
    it('asks for both without waiting for either', () => {
        answers.load.mockReturnValue(later().promise);
        answers.refresh.mockReturnValue(later().promise);
        reader().reader.open('001A');
        expect(load).toHaveBeenCalledWith({ recordId: '001A', panel: 'credit' });
        expect(refresh).toHaveBeenCalledWith({ recordId: '001A', panel: 'credit' });
    });
    it('drops a snapshot that comes after the live answer', async () => {
        const snapshot = later();
        answers.load.mockReturnValue(snapshot.promise);
        answers.refresh.mockResolvedValue(view(['new']));
        const { reader: panel, shown } = reader();
        panel.open('001A');
        await settled();
        await snapshot.arrive(view(['old'], { isLive: false }));
        expect(shown().body.rows).toEqual(['new']);
    });
    it('drops answers for the record it no longer shows', async () => {
        const first = later();
        answers.load.mockReturnValue(later().promise);
        answers.refresh.mockReturnValueOnce(first.promise).mockResolvedValueOnce(view(['B']));
        const { reader: panel, shown } = reader();
        panel.open('001A');
        panel.open('001B');
        await settled();
        await first.arrive(view(['A']));
        expect(shown().body.rows).toEqual(['B']);
    });
    it('drops a snapshot of the record it no longer shows', async () => {
        const first = later();
        answers.load.mockReturnValueOnce(first.promise).mockReturnValueOnce(later().promise);
        answers.refresh.mockReturnValue(later().promise);
        const { reader: panel, shown } = reader();
        panel.open('001A');
        panel.open('001B');
        await first.arrive(view(['A'], { isLive: false }));
        expect(shown()).toEqual({ isBusy: true });
    });
    it('paints nothing after it was closed', async () => {
        const live = later();
        answers.load.mockReturnValue(later().promise);
        answers.refresh.mockReturnValue(live.promise);
        const { reader: panel, shown } = reader();
        panel.open('001A');
        panel.close();
        await live.arrive(view(['A']));
        expect(shown().body).toBeUndefined();
    });
});

describe('when SAP cannot be read', () => {
    it('keeps the newer of snapshot and screen, marked as not live', async () => {
        answers.load.mockReturnValue(later().promise);
        answers.refresh
            .mockResolvedValueOnce(view(['noon'], { asOf: '2026-11-21T12:00:00Z' }))
            .mockResolvedValueOnce(view(['morning'], { isLive: false, asOf: '2026-11-21T08:00:00Z', problem }));
        const { reader: panel, shown } = reader();
        panel.open('001A');
        await settled();
        await panel.refresh();
        expect(shown()).toMatchObject({
            body: { rows: ['noon'] },
            view: { asOf: '2026-11-21T12:00:00Z', isLive: false },
            problem: { code: problem.code },
            isBusy: false,
        });
    });
    it('keeps what is shown when the answer has no body', async () => {
        const { body: _body, asOf: _asOf, ...bare } = view([], { isLive: false, problem });
        answers.load.mockReturnValue(later().promise);
        answers.refresh.mockResolvedValueOnce(view(['shown'])).mockResolvedValueOnce(bare);
        const { reader: panel, shown } = reader();
        panel.open('001A');
        await settled();
        await panel.refresh();
        expect(shown()).toMatchObject({ body: { rows: ['shown'] }, view: { asOf: '2026-11-21T09:30:00Z' } });
    });
    it('keeps what is shown when Salesforce itself is away, and says so', async () => {
        answers.load.mockResolvedValue(view(['old'], { isLive: false }));
        answers.refresh.mockRejectedValue({ ok: false, status: 0, body: { message: 'Disconnected' } });
        const { reader: panel, shown } = reader();
        panel.open('001A');
        await settled();
        expect(shown()).toMatchObject({
            body: { rows: ['old'] },
            problem: { code: 'SALESFORCE_UNREACHABLE' },
            isBusy: false,
        });
    });
    it('never keeps the figures of one customer under the number of another', async () => {
        const other = { system: 'ERPCLNT100', number: '0000104712', display: '104712' };
        const { body: _body, ...bare } = view([], { isLive: false, problem, customer: other });
        answers.load.mockReturnValue(later().promise);
        answers.refresh.mockResolvedValueOnce(view(['104711'])).mockResolvedValueOnce(bare);
        const { reader: panel, shown } = reader();
        panel.open('001A');
        await settled();
        await panel.refresh();
        expect(shown().body).toBeUndefined();
    });
    it('takes the problem away with the next good answer', async () => {
        answers.load.mockReturnValue(later().promise);
        answers.refresh
            .mockResolvedValueOnce(view(['a'], { isLive: false, problem }))
            .mockResolvedValueOnce(view(['b']));
        const { reader: panel, shown } = reader();
        panel.open('001A');
        await settled();
        expect(shown().problem).toBeDefined();
        await panel.refresh();
        expect(shown().problem).toBeUndefined();
    });
});

describe('further pages', () => {
    async function withFirstPage(...next: unknown[]) {
        answers.load.mockReturnValue(later().promise);
        answers.refresh.mockResolvedValueOnce(view(['1']));
        next.forEach((answer) => answers.refresh.mockResolvedValueOnce(answer));
        const made = reader();
        made.reader.open('001A');
        await settled();
        return made;
    }
    it('go behind what is shown, and leave its age alone', async () => {
        const { reader: panel, shown } = await withFirstPage(view(['2'], { asOf: '2026-11-21T10:00:00Z' }));
        await panel.more({ cursor: 'C1' });
        expect(refresh).toHaveBeenLastCalledWith({ recordId: '001A', panel: 'credit', cursor: 'C1' });
        expect(shown()).toMatchObject({ body: { rows: ['1', '2'] }, view: { asOf: '2026-11-21T09:30:00Z' } });
    });
    it('that fail leave the shown ones alone', async () => {
        const { reader: panel, shown } = await withFirstPage(view(['1'], { isLive: false, problem }));
        await panel.more({ cursor: 'C1' });
        expect(shown()).toMatchObject({ body: { rows: ['1'] }, problem: { code: problem.code }, isBusy: false });
    });
    it('that arrive after one failed take the problem away', async () => {
        const failed = view(['1'], { isLive: false, problem });
        const { reader: panel, shown } = await withFirstPage(failed, view(['2']));
        await panel.more({ cursor: 'C1' });
        await panel.more({ cursor: 'C1' });
        expect(shown()).toEqual({ view: expect.anything(), body: { rows: ['1', '2'] }, filter: 'all', isBusy: false });
    });
});

describe('while a customer is on its way', () => {
    const request = (status: string): Loose => ({ id: 'a01', name: 'SR-000012', status, sapMessages: [], attempts: 0 });
    const waiting = (status = 'sent'): Loose => ({ ...contract('No_Customer'), request: request(status) });
    /** Lets so much time pass, and everything that is due in it happen. */
    const pass = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);

    beforeEach(() => {
        jest.useFakeTimers();
        jest.mocked(notifyRecordUpdateAvailable).mockReset();
        answers.load.mockResolvedValue(waiting());
    });
    afterEach(() => jest.useRealTimers());

    it('looks again by itself, unannounced, until the number is there', async () => {
        answers.refresh.mockResolvedValueOnce(waiting('ready')).mockResolvedValueOnce(waiting());
        answers.refresh.mockResolvedValueOnce(view(['live'], { accountId: '001A' }));
        const { reader: panel, shown } = reader();
        panel.open('001A');
        await pass(0);
        expect(shown()).toMatchObject({ isBusy: false, view: { request: { status: 'ready' } } });
        await pass(1600);
        expect(shown()).toMatchObject({ isBusy: false, view: { request: { status: 'sent' } } });
        expect(notifyRecordUpdateAvailable).not.toHaveBeenCalled();
        await pass(1600);
        expect(shown()).toMatchObject({ isBusy: false, body: { rows: ['live'] } });
        expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: '001A' }]);
        await pass(60 * 60_000);
        expect(refresh).toHaveBeenCalledTimes(3);
    });
    it.each(['held', 'refused'])('does not look again when it is %s, for a person must act', async (status) => {
        answers.refresh.mockResolvedValue(waiting(status));
        reader().reader.open('001A');
        await pass(60 * 60_000);
        expect(refresh).toHaveBeenCalledTimes(1);
    });
    it('gives up after about ten minutes, and starts anew for another record', async () => {
        answers.refresh.mockResolvedValue(waiting());
        const { reader: panel } = reader();
        panel.open('001A');
        await pass(24 * 60 * 60_000);
        expect(refresh).toHaveBeenCalledTimes(27);
        panel.open('001B');
        await pass(2000);
        expect(refresh).toHaveBeenLastCalledWith({ recordId: '001B', panel: 'credit' });
        expect(refresh).toHaveBeenCalledTimes(29);
    });
    it('looks on after a look that failed', async () => {
        answers.refresh.mockResolvedValueOnce(waiting()).mockRejectedValueOnce(new Error('offline'));
        answers.refresh.mockResolvedValueOnce(view(['live']));
        const { reader: panel, shown } = reader();
        panel.open('001A');
        await pass(5000);
        expect(shown()).toMatchObject({ body: { rows: ['live'] } });
        expect(shown().problem).toBeUndefined();
    });
    it('stops when the panel leaves the page', async () => {
        answers.refresh.mockResolvedValue(waiting());
        const { reader: panel } = reader();
        panel.open('001A');
        await pass(0);
        panel.close();
        await pass(60 * 60_000);
        expect(refresh).toHaveBeenCalledTimes(1);
    });
});
