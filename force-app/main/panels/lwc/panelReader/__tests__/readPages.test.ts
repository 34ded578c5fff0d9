import refresh from '@salesforce/apex/PanelController.refresh';
import { settled } from 'test/page';
import type { Loose } from 'test/page';
import { answers, later, problem, reader, view } from './panelAnswers';

beforeEach(() => {
    answers.load.mockReset();
    answers.refresh.mockReset();
});

describe('a refresh of a list to which pages were added', () => {
    const page = (row: string, next?: string, change: object = {}): Loose => ({
        ...view([], change),
        body: JSON.stringify({ rows: [row], ...(next === undefined ? {} : { next }) }),
    });
    /** A list of so many pages, each of them one row, with another one behind it. */
    async function withPages(count: number) {
        answers.load.mockReturnValue(later().promise);
        const made = reader();
        for (let number = 1; number <= count; number += 1)
            answers.refresh.mockResolvedValueOnce(page(`old ${number}`, `C${number}`));
        made.reader.open('001A');
        await settled();
        for (let number = 1; number < count; number += 1) await made.reader.more({ cursor: `C${number}` });
        expect(made.shown().body.rows).toHaveLength(count);
        answers.refresh.mockReset();
        return made;
    }
    const cursors = (): unknown[] => answers.refresh.mock.calls.map(([params]) => params.cursor);

    it('reads as many pages again, from where the new ones begin, and shows them all at once', async () => {
        const last = later();
        const { reader: panel, shown } = await withPages(2);
        answers.refresh.mockResolvedValueOnce(page('new 1', 'N1')).mockReturnValueOnce(last.promise);
        panel.refresh();
        await settled();
        expect(cursors()).toEqual([undefined, 'N1']);
        expect(shown()).toMatchObject({ body: { rows: ['old 1', 'old 2'] }, isBusy: true });
        await last.arrive(page('new 2', 'N2'));
        expect(shown()).toMatchObject({ body: { rows: ['new 1', 'new 2'], next: 'N2' }, isBusy: false });
    });
    it('reads no more than SAP still has', async () => {
        const { reader: panel, shown } = await withPages(3);
        answers.refresh.mockResolvedValueOnce(page('new 1', 'N1')).mockResolvedValueOnce(page('new 2'));
        await panel.refresh();
        expect(shown()).toMatchObject({ body: { rows: ['new 1', 'new 2'] }, isBusy: false });
        answers.refresh.mockResolvedValueOnce(page('newer 1', 'N1')).mockResolvedValueOnce(page('newer 2', 'N2'));
        await panel.refresh();
        expect(shown().body.rows).toEqual(['newer 1', 'newer 2']);
    });
    it('reads no more than five pages, and offers the next one', async () => {
        const { reader: panel, shown } = await withPages(7);
        answers.refresh.mockImplementation(() => Promise.resolve(page('new', 'N')));
        await panel.refresh();
        expect(refresh).toHaveBeenCalledTimes(5);
        expect(shown().body).toEqual({ rows: Array(5).fill('new'), next: 'N' });
    });
    it('keeps the whole list when one of its pages cannot be read', async () => {
        const { reader: panel, shown } = await withPages(2);
        const { body: _body, ...bare } = view([], { isLive: false, problem });
        answers.refresh.mockResolvedValueOnce(page('new 1', 'N1')).mockResolvedValueOnce(bare);
        await panel.refresh();
        expect(shown()).toMatchObject({
            body: { rows: ['old 1', 'old 2'], next: 'C2' },
            view: { isLive: false, asOf: '2026-11-21T09:30:00Z' },
            problem: { code: problem.code },
            isBusy: false,
        });
    });
    it('keeps the whole list when SAP cannot be read at all, for the snapshot is its first page', async () => {
        const { reader: panel, shown } = await withPages(2);
        const snapshot = { isLive: false, problem, asOf: '2026-11-21T09:45:00Z' };
        answers.refresh.mockResolvedValueOnce(page('old 1', 'C1', snapshot));
        await panel.refresh();
        expect(shown()).toMatchObject({ body: { rows: ['old 1', 'old 2'] }, view: { isLive: false } });
        answers.refresh.mockResolvedValueOnce(page('new 1', 'N1')).mockResolvedValueOnce(page('new 2'));
        await panel.refresh();
        expect(shown().body.rows).toEqual(['new 1', 'new 2']);
    });
    it('asks SAP no further once something else was asked', async () => {
        const first = later();
        const { reader: panel, shown } = await withPages(2);
        answers.refresh.mockReturnValueOnce(first.promise).mockResolvedValueOnce(page('paid'));
        panel.refresh();
        await panel.refresh({ state: 'paid' });
        await first.arrive(page('new 1', 'N1'));
        expect(cursors()).toEqual([undefined, undefined]);
        expect(shown().body.rows).toEqual(['paid']);
    });
    it('reads the page, too, that had been asked for and not come', async () => {
        const { reader: panel, shown } = await withPages(1);
        answers.refresh.mockReturnValueOnce(later().promise);
        panel.more({ cursor: 'C1' });
        answers.refresh.mockResolvedValueOnce(page('new 1', 'N1')).mockResolvedValueOnce(page('new 2'));
        await panel.refresh();
        expect(shown().body.rows).toEqual(['new 1', 'new 2']);
    });
    it('never puts pages of two customers into one list', async () => {
        const other = { system: 'ERPCLNT100', number: '0000104712', display: '104712' };
        const { reader: panel, shown } = await withPages(2);
        answers.refresh
            .mockResolvedValueOnce(page('new 1', 'N1'))
            .mockResolvedValueOnce(page('B', undefined, { customer: other }));
        await panel.refresh();
        expect(shown().body.rows).toEqual(['new 1']);
    });
    it('reads one page of another state, and of another record', async () => {
        const { reader: panel, shown } = await withPages(3);
        answers.refresh.mockImplementation(() => Promise.resolve(page('other', 'N')));
        await panel.refresh({ state: 'open' });
        expect(refresh).toHaveBeenCalledTimes(1);
        panel.open('001B');
        await settled();
        expect(refresh).toHaveBeenCalledTimes(2);
        expect(shown().body.rows).toEqual(['other']);
    });
});
