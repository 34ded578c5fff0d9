/**
 * Follows one request to its end. Sending is harmless to repeat (the record's key makes it one customer), so a lost
 * answer is never a reason to stop: it asks again, with growing waits, and stops asking after about two minutes. The
 * request itself goes on without anybody watching.
 */
import check from '@salesforce/apex/CustomerRequestController.check';
import send from '@salesforce/apex/CustomerRequestController.send';
import { wait } from 'c/pageTimer';
import { toProblem } from 'c/sapProblem';

/** What a person sees of a request. */
export interface RequestProgress {
    readonly request: Gangway.RequestView;
    /** True while this page keeps asking. */
    readonly isFollowing: boolean;
    /** Why the last question had no answer. */
    readonly problem?: Gangway.ProblemView;
}

/** Soon at first, because most answers take a second; about two minutes in all. */
const waitsMs: readonly number[] = [1000, 1000, 2000, 3000, 5000, 8000, 13_000, 20_000, 30_000, 30_000];

/** Nothing changes any more until a person acts. */
export const isEnded = ({ status }: Gangway.RequestView): boolean =>
    status === 'done' || status === 'refused' || status === 'held';

/** Held without a number: whoever asks again has acted on the cause, so it is sent again, as the same request. */
const isToBeSent = ({ status, customer }: Gangway.RequestView): boolean =>
    status === 'ready' || (status === 'held' && customer === undefined);

export class RequestFollower {
    private readonly onChange: (progress: RequestProgress) => void;
    private run = 0;

    constructor(onChange: (progress: RequestProgress) => void) {
        this.onChange = onChange;
    }

    /** Sends the request if that has not happened, then asks until it has ended. */
    async follow(request: Gangway.RequestView): Promise<void> {
        this.run += 1;
        const start: RequestProgress = { request, isFollowing: true };
        this.onChange(start);
        await this.askOn(start, waitsMs, this.run);
    }

    /** Asks no more; the request goes on. */
    stop(): void {
        this.run += 1;
    }

    private async askOn(known: RequestProgress, waits: readonly number[], run: number): Promise<void> {
        const progress = await this.ask(known.request);
        if (run !== this.run) return;
        const [waitMs, ...later] = waits;
        if (!progress.isFollowing || waitMs === undefined) {
            this.onChange({ ...progress, isFollowing: false });
            return;
        }
        this.onChange(progress);
        await wait(waitMs);
        if (run === this.run) await this.askOn(progress, later, run);
    }

    private async ask(known: Gangway.RequestView): Promise<RequestProgress> {
        const question = { requestId: known.id };
        try {
            const request = await (isToBeSent(known) ? send(question) : check(question));
            return { request, isFollowing: !isEnded(request) };
        } catch (thrown) {
            return { request: known, isFollowing: true, problem: toProblem(thrown) };
        }
    }
}
