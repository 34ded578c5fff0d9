import { subscribe, unsubscribe } from 'lightning/empApi';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import { ChangeWatch } from 'c/dataChanges';
import { settled } from 'test/page';

const customer = { system: 'ERPCLNT100', number: '0000104711' };

/** Stands for what the browser knows of where elements are. */
class ScreenObserver {
    static all: ScreenObserver[] = [];
    readonly tell: (entries: { isIntersecting: boolean }[]) => void;
    isWatching = false;
    constructor(tell: (entries: { isIntersecting: boolean }[]) => void) {
        this.tell = tell;
        ScreenObserver.all.push(this);
    }
    observe(): void {
        this.isWatching = true;
    }
    disconnect(): void {
        this.isWatching = false;
    }
}
const scroll = (isIntersecting: boolean): Promise<void> => {
    ScreenObserver.all.filter(({ isWatching }) => isWatching).forEach(({ tell }) => tell([{ isIntersecting }]));
    return settled();
};
function hidePage(isHidden: boolean): Promise<void> {
    Object.defineProperty(document, 'hidden', { configurable: true, value: isHidden });
    document.dispatchEvent(new CustomEvent('visibilitychange'));
    return settled();
}
const subscription = { id: '1' };
/** What the org sends to whoever has subscribed and not left. */
const publish = (customers: string, system = customer.system): void => {
    const [, , onMessage] = jest.mocked(subscribe).mock.lastCall ?? [];
    onMessage?.({ channel: '', data: { payload: { System__c: system, Customers__c: customers } } });
};

let startedAt = Date.now();
let watches: ChangeWatch[] = [];
function watching(): jest.Mock {
    const onChange = jest.fn();
    const watch = new ChangeWatch({ customer: () => customer, accountId: () => '001A', onChange });
    watches.push(watch);
    watch.start(document.body);
    return onChange;
}

beforeEach(() => {
    // A refusal of one test is long ago in the next.
    startedAt += 3_600_000;
    jest.useFakeTimers({ now: startedAt });
    jest.mocked(subscribe).mockReset().mockResolvedValue(subscription);
    jest.mocked(unsubscribe).mockReset().mockResolvedValue(undefined);
    jest.mocked(notifyRecordUpdateAvailable).mockReset();
    ScreenObserver.all = [];
    Object.assign(globalThis, { IntersectionObserver: ScreenObserver });
});
afterEach(async () => {
    watches.forEach((watch) => watch.stop());
    watches = [];
    await hidePage(false);
    jest.useRealTimers();
    Reflect.deleteProperty(globalThis, 'IntersectionObserver');
});

describe('c-data-changes', () => {
    it('subscribes once for all components, while one of them can be seen', async () => {
        watching();
        watching();
        await settled();
        expect(subscribe).not.toHaveBeenCalled();
        await scroll(true);
        expect(subscribe).toHaveBeenCalledTimes(1);
        expect(subscribe).toHaveBeenCalledWith('/event/SAP_Data_Changed__e', -1, expect.any(Function));
    });

    it.each([
        ['scrolled away', () => scroll(false)],
        ['on a hidden page', () => hidePage(true)],
        ['removed', () => Promise.resolve(watches.forEach((watch) => watch.stop())).then(settled)],
    ])('is not subscribed any more when %s', async (_, leave) => {
        const onChange = watching();
        await scroll(true);
        await leave();
        expect(unsubscribe).toHaveBeenCalledWith(subscription, expect.any(Function));
        publish('0000104711');
        expect(onChange).not.toHaveBeenCalled();
    });

    it('lets go of a subscription that comes when nobody listens any more', async () => {
        let answer: (value: object) => void = () => undefined;
        jest.mocked(subscribe).mockReturnValue(new Promise((resolve) => (answer = resolve)));
        watching();
        await scroll(true);
        await scroll(false);
        answer(subscription);
        await settled();
        expect(unsubscribe).toHaveBeenCalledTimes(1);
    });

    it('reads when its customer is named among others, and tells of the record', async () => {
        const onChange = watching();
        await scroll(true);
        publish('0000104799\n0000104711\n0000104720');
        await settled();
        expect(onChange).toHaveBeenCalledTimes(1);
        expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: '001A' }]);
    });

    it.each([
        ['another customer', () => publish('0000104712')],
        ['a number that only begins like it', () => publish('00001047110')],
        ['the same number in another system', () => publish('0000104711', 'ERPCLNT200')],
    ])('does nothing about %s', async (_, happen) => {
        const onChange = watching();
        await scroll(true);
        happen();
        jest.advanceTimersByTime(10_000);
        expect(onChange).not.toHaveBeenCalled();
    });

    it.each([[undefined], ['text'], [{}], [{ data: { payload: { System__c: 'ERPCLNT100' } } }]])(
        'does nothing about a message like %p',
        async (message) => {
            const onChange = watching();
            await scroll(true);
            jest.mocked(subscribe).mock.lastCall?.[2](message);
            expect(onChange).not.toHaveBeenCalled();
        },
    );

    it('reads at once and then every two seconds at most, the last event included', async () => {
        const onChange = watching();
        await scroll(true);
        for (let events = 0; events < 50; events += 1) publish('0000104711');
        expect(onChange).toHaveBeenCalledTimes(1);
        jest.advanceTimersByTime(1_999);
        expect(onChange).toHaveBeenCalledTimes(1);
        jest.advanceTimersByTime(1);
        expect(onChange).toHaveBeenCalledTimes(2);
        jest.advanceTimersByTime(10_000);
        expect(onChange).toHaveBeenCalledTimes(2);
    });

    it('reads the record once for all components that tell of it', async () => {
        watching();
        watching();
        await scroll(true);
        publish('0000104711');
        await settled();
        expect(notifyRecordUpdateAvailable).toHaveBeenCalledTimes(1);
    });

    it('reads what it owes when it is seen again', async () => {
        const onChange = watching();
        await scroll(true);
        publish('0000104711');
        publish('0000104711');
        await scroll(false);
        jest.advanceTimersByTime(5_000);
        expect(onChange).toHaveBeenCalledTimes(1);
        await scroll(true);
        expect(onChange).toHaveBeenCalledTimes(2);
    });

    it('reads once after a long time away, and not after a short one', async () => {
        const onChange = watching();
        await scroll(true);
        await hidePage(true);
        jest.advanceTimersByTime(29_000);
        await hidePage(false);
        expect(onChange).not.toHaveBeenCalled();
        await hidePage(true);
        jest.advanceTimersByTime(31_000);
        await hidePage(false);
        expect(onChange).toHaveBeenCalledTimes(1);
    });

    it('is silent where the org refuses, reads nothing by itself, and asks again only after a minute', async () => {
        jest.mocked(subscribe).mockRejectedValue(new Error('limit'));
        const onChange = watching();
        await scroll(true);
        for (let times = 0; times < 3; times += 1) {
            await hidePage(true);
            jest.advanceTimersByTime(10_000);
            await hidePage(false);
        }
        expect(subscribe).toHaveBeenCalledTimes(1);
        jest.advanceTimersByTime(31_000);
        await scroll(false);
        await scroll(true);
        expect(subscribe).toHaveBeenCalledTimes(2);
        expect(onChange).not.toHaveBeenCalled();
    });

    it('takes what is on the page as seen where the browser cannot tell', async () => {
        Reflect.deleteProperty(globalThis, 'IntersectionObserver');
        watching();
        await settled();
        expect(subscribe).toHaveBeenCalledTimes(1);
    });
});
