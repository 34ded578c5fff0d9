/** Reads one page of held changes; what was overtaken by a later question is dropped, what is known is never taken away by a failure. */
import load from '@salesforce/apex/SyncIssueController.load';
import { toProblem } from 'c/sapProblem';

/** What the page shows at one moment. */
export interface IssuesState {
    readonly view?: Gangway.SyncIssuesView;
    readonly problem?: Gangway.ProblemView;
    readonly isBusy: boolean;
}

/** Before anything is known. */
export const unread: IssuesState = { isBusy: true };

export class IssueReader {
    private readonly onChange: (state: IssuesState) => void;
    private state: IssuesState = unread;
    /** The filter of what is shown: rows of another one are not what was asked for. */
    private shown = '';
    private question = 0;

    constructor(onChange: (state: IssuesState) => void) {
        this.onChange = onChange;
    }

    /** Nothing that is still under way is shown any more. */
    close(): void {
        this.question += 1;
    }

    /** Resolves when the answer is shown, or a later question has been asked. */
    async read(filter: Gangway.SyncIssueFilter): Promise<void> {
        this.question += 1;
        const number = this.question;
        this.replace({ ...this.state, isBusy: true });
        try {
            const answer = await load({ filter });
            if (number === this.question) this.take(answer, JSON.stringify(filter));
        } catch (thrown) {
            if (number === this.question) this.fail(toProblem(thrown), JSON.stringify(filter));
        }
    }

    private take(answer: Gangway.SyncIssuesView, filter: string): void {
        if (answer.problem !== undefined) return this.fail(answer.problem, filter);
        this.shown = filter;
        return this.replace({ view: answer, isBusy: false });
    }
    private fail(problem: Gangway.ProblemView, filter: string): void {
        const { view } = this.state;
        const isKept = view !== undefined && this.shown === filter;
        this.replace({ ...(isKept ? { view } : {}), problem, isBusy: false });
    }
    private replace(state: IssuesState): void {
        this.state = state;
        this.onChange(state);
    }
}
