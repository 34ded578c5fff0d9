/**
 * Lets a component read again when SAP has changed something of its customer, while somebody can see it.
 *
 * Invariants: (1) hidden or scrolled away, nothing is subscribed to and nothing is read; (2) however many events come, it reads at
 * once and then at most every two seconds, the last event always included; (3) without events the component is as it was before.
 */
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import { after, every, now } from 'c/pageTimer';
import { currentSubscription, listen } from './changeStream';
import type { ChangeNews } from './changeStream';

interface WatchOptions {
    /** Whose changes matter; undefined while that is not known. */
    readonly customer: () => { readonly system: string; readonly number: string } | undefined;
    /** The record beside the component, which is read again, too. */
    readonly accountId: () => string | undefined;
    readonly onChange: () => void;
    /** The ages that the component tells have grown. */
    readonly onTick?: () => void;
}

/** Ages are told by the minute, so looking twice a minute is enough. */
const tickMs = 30_000;
const coalesceMs = 2000;
/** Who looks away for longer may have missed something; who only scrolls past costs no call to SAP. */
const longAwayMs = 30_000;

/** Several components tell of one record at the same moment; it is read once. */
let changedRecords: ReadonlySet<string> = new Set();
function recordChanged(recordId: string): void {
    const isFirst = changedRecords.size === 0;
    changedRecords = new Set([...changedRecords, recordId]);
    if (!isFirst) return;
    Promise.resolve().then(() => {
        const records = [...changedRecords].map((id) => ({ recordId: id }));
        changedRecords = new Set();
        notifyRecordUpdateAvailable(records);
    });
}

/** What a component that shows a customer holds on to from `connectedCallback` to `disconnectedCallback`. */
export class ChangeWatch {
    private readonly options: WatchOptions;
    private observer?: IntersectionObserver | undefined;
    private isOnScreen = true;
    private stopListening?: (() => void) | undefined;
    private stopTicking?: (() => void) | undefined;
    private cancelPause?: (() => void) | undefined;
    private isChangedAgain = false;
    private away?: { readonly sinceMs: number; readonly wasSubscribed: boolean } | undefined;
    private readonly look = (): void => this.settle();

    constructor(options: WatchOptions) {
        this.options = options;
    }

    /** Watches whether `element` can be seen, and listens while it can. */
    start(element: Element | undefined): void {
        this.isOnScreen = true;
        const { onTick } = this.options;
        if (onTick !== undefined) this.stopTicking = every(tickMs, onTick);
        document.addEventListener('visibilitychange', this.look);
        // Where a browser cannot tell, what is on the page is taken as seen.
        if (element !== undefined && typeof IntersectionObserver === 'function') {
            this.isOnScreen = false;
            this.observer = new IntersectionObserver((entries) => {
                this.isOnScreen = entries[entries.length - 1]?.isIntersecting ?? true;
                this.settle();
            });
            this.observer.observe(element);
        }
        this.settle();
    }

    /** Nothing is heard any more. */
    stop(): void {
        document.removeEventListener('visibilitychange', this.look);
        this.observer?.disconnect();
        this.observer = undefined;
        this.stopListening?.();
        this.stopListening = undefined;
        this.stopTicking?.();
        this.endPause();
        this.away = undefined;
    }

    private settle(): void {
        const isSeen = this.isOnScreen && !document.hidden;
        if (isSeen === (this.stopListening !== undefined)) return;
        if (isSeen) this.wake();
        else this.sleep();
    }
    private wake(): void {
        this.stopListening = listen((news) => this.hear(news));
        const { away } = this;
        this.away = undefined;
        if (away?.wasSubscribed && now() - away.sinceMs >= longAwayMs) this.changed();
    }
    private sleep(): void {
        const isOwed = this.isChangedAgain;
        this.endPause();
        this.away = { sinceMs: isOwed ? 0 : now(), wasSubscribed: isOwed || currentSubscription() > 0 };
        this.stopListening?.();
        this.stopListening = undefined;
    }
    private hear({ system, numbers }: ChangeNews): void {
        const customer = this.options.customer();
        if (customer?.system === system && numbers.includes(customer.number)) this.changed();
    }
    private changed(): void {
        if (this.cancelPause !== undefined) {
            this.isChangedAgain = true;
            return;
        }
        this.cancelPause = after(coalesceMs, () => {
            const isOwed = this.isChangedAgain;
            this.endPause();
            if (isOwed) this.changed();
        });
        const recordId = this.options.accountId();
        if (recordId) recordChanged(recordId);
        this.options.onChange();
    }
    private endPause(): void {
        this.cancelPause?.();
        this.cancelPause = undefined;
        this.isChangedAgain = false;
    }
}
