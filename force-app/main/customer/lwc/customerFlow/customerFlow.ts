/** The way from an Account to an SAP customer number: what is called when, and which step follows (./flowState). */
import commitRequest from '@salesforce/apex/CustomerRequestController.commitRequest';
import form from '@salesforce/apex/CustomerRequestController.form';
import link from '@salesforce/apex/CustomerRequestController.link';
import findMatches from '@salesforce/apex/CustomerRequestController.matches';
import { cleanDraft, draftIssues, issuesOf, withSalesArea } from 'c/customerDraft';
import type { DraftField, DraftIssue } from 'c/customerDraft';
import { RequestFollower, isEnded } from 'c/requestFollower';
import type { RequestProgress } from 'c/requestFollower';
import { toProblem } from 'c/sapProblem';
import { flowStart } from './flowState';
import type { FlowMode, FlowState } from './flowState';

export { flowStart } from './flowState';
export type { FlowMode, FlowState } from './flowState';

/** A refusal carries SAP's messages beside its problem; the person needs both in one place. */
function refusal(request: Gangway.RequestView): Gangway.ProblemView | undefined {
    const { problem, sapMessages } = request;
    if (problem === undefined || problem.sapMessages.length > 0) return problem;
    return { ...problem, sapMessages };
}

const mayExist = 'CUSTOMER_MAY_EXIST';
/** What automation held before anything was written in SAP: a person may go on with it (RequestStore.isUntouched). */
const codesOfDrafts: ReadonlySet<string> = new Set(['REQUEST_INVALID', 'MAPPING_INVALID', mayExist]);

/** Whether a standing request waits for what a person enters or links; every other one is only followed. */
function takesDraft({ customer, problem, status }: Gangway.RequestView): boolean {
    if (status === 'refused') return true;
    return status === 'held' && customer === undefined && codesOfDrafts.has(problem?.code ?? '');
}

/** What the Account says, and what its sales area brings along; the only sales area there is needs no choosing. */
function prefilled({ draft, salesAreas }: Gangway.FormView): Gangway.CustomerDraft {
    const only = salesAreas.length === 1 ? salesAreas[0] : undefined;
    return { ...withSalesArea({}, salesAreas.find(({ value }) => value === draft.salesArea) ?? only), ...draft };
}

export class CustomerFlow {
    private readonly onChange: (state: FlowState) => void;
    private readonly follower = new RequestFollower((progress) => this.showProgress(progress));
    private state: FlowState = flowStart;
    private recordId = '';
    /** Counts openings and the end: what was begun in one visit is neither shown nor gone on with in the next. */
    private visit = 0;

    constructor(onChange: (state: FlowState) => void) {
        this.onChange = onChange;
    }

    /** Reads what is known of the record and shows the step it is at. */
    async open(recordId: string, mode: FlowMode): Promise<void> {
        this.stop();
        this.recordId = recordId;
        this.state = flowStart;
        await this.run(async (isCurrent) => {
            const view = await form({ recordId });
            if (isCurrent()) this.showForm(view, mode);
        }, 'closed');
    }
    /** Shows nothing more and begins nothing more; a request that is committed goes on. */
    stop(): void {
        this.visit += 1;
        this.follower.stop();
    }
    change(field: DraftField, value: string): void {
        const draft = { ...this.state.draft, [field]: value };
        const area = this.state.view?.salesAreas.find((option) => option.value === value);
        const changed = field === 'salesArea' ? withSalesArea(draft, area) : draft;
        this.set({ draft: changed, issues: this.issuesLeft(changed) });
    }
    /** A field that was changed has had its answer; the others still wait for theirs. */
    private issuesLeft(changed: Gangway.CustomerDraft): readonly DraftIssue[] {
        const { draft, issues } = this.state;
        const left = issues.filter(({ field }) => changed[field] === draft[field]);
        return left.length === issues.length ? issues : left;
    }
    /** Names what is missing or, if nothing is, looks for duplicates. */
    async next(): Promise<void> {
        const issues = draftIssues(this.state.draft);
        this.set({ issues });
        if (issues.length > 0) return;
        await this.run(async (isCurrent) => {
            const found = await findMatches({ recordId: this.recordId, draft: cleanDraft(this.state.draft) });
            // Whoever closed the form meanwhile has not asked for a customer.
            if (!isCurrent()) return undefined;
            if (found.problem !== undefined) return this.set({ problem: found.problem });
            if (found.matches.length > 0) return this.set({ step: 'matches', matches: found.matches });
            return this.commit(isCurrent);
        });
    }
    /** None of the matches is it. */
    async create(): Promise<void> {
        await this.run((isCurrent) => this.commit(isCurrent));
    }
    /** Links the Account to a customer that SAP has. */
    async link(customerNumber: string): Promise<void> {
        await this.run(async (isCurrent) => {
            const { customer, problem } = await link({ recordId: this.recordId, customerNumber });
            if (!isCurrent()) return undefined;
            // With both, it is linked and there is something to know, such as a block.
            if (customer === undefined) return this.set({ problem });
            return this.set({ step: 'done', customer, problem });
        });
    }
    goTo(step: 'form' | 'link'): void {
        if (!this.state.isBusy) this.set({ step, problem: undefined, issues: [] });
    }
    checkAgain(): void {
        const { progress } = this.state;
        if (progress !== undefined && !progress.isFollowing) this.follower.follow(progress.request);
    }

    private showForm(view: Gangway.FormView, mode: FlowMode): void {
        const draft = prefilled(view);
        const base = { view, draft, problem: view.problem };
        if (view.customer !== undefined) return this.set({ ...base, step: 'done', customer: view.customer });
        if (!view.canCreate) return this.set({ ...base, step: 'closed' });
        const { request } = view;
        if (request !== undefined && !takesDraft(request)) {
            this.set(base);
            return this.followTo(request);
        }
        this.set({ ...base, step: mode === 'link' ? 'link' : 'form' });
        if (request !== undefined && mode === 'create') this.showRefusal(request);
        return undefined;
    }
    /** The intent first, alone in its call: what is committed can always be found and sent again. */
    private async commit(isCurrent: () => boolean): Promise<void> {
        const { draft } = this.state;
        const request = await commitRequest({ recordId: this.recordId, draft: cleanDraft(draft) });
        if (isCurrent()) return this.followTo(request);
        // Closed after the decision: it is sent all the same, only nobody watches.
        if (!isEnded(request)) await new RequestFollower(() => undefined).follow(request);
        return undefined;
    }
    private followTo(request: Gangway.RequestView): void {
        this.set({ step: 'progress', problem: undefined });
        if (isEnded(request)) return this.showProgress({ request, isFollowing: false });
        this.follower.follow(request);
        return undefined;
    }
    private showProgress(progress: RequestProgress): void {
        const { request } = progress;
        if (request.status === 'refused') return this.showRefusal(request);
        if (request.status !== 'done') return this.set({ progress });
        return this.set({ step: 'done', progress, customer: request.customer });
    }
    /** What concerns a field is named at the field; everything else is said above the form. */
    private showRefusal(request: Gangway.RequestView): void {
        const problem = refusal(request);
        // No mistake in the form; the possible duplicates are offered on the way through it.
        if (problem?.code === mayExist) return this.set({ step: 'form', problem: { ...problem, issues: [] } });
        const issues = issuesOf(problem);
        const others = problem?.issues.filter((issue) => !issues.some(({ field }) => field === issue.path)) ?? [];
        return this.set({ step: 'form', issues, problem: problem && { ...problem, issues: others } });
    }
    private async run(work: (isCurrent: () => boolean) => Promise<void>, stepOnError = this.state.step): Promise<void> {
        if (this.state.isBusy && this.state !== flowStart) return;
        const { visit } = this;
        const isCurrent = (): boolean => visit === this.visit;
        this.set({ isBusy: true, problem: undefined });
        try {
            await work(isCurrent);
        } catch (thrown) {
            if (isCurrent()) this.set({ step: stepOnError, problem: toProblem(thrown) });
        } finally {
            if (isCurrent()) this.set({ isBusy: false });
        }
    }
    private set(change: Partial<FlowState>): void {
        this.state = { ...this.state, ...change };
        this.onChange(this.state);
    }
}
