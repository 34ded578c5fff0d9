/** Where a request stands: saved, sent to SAP, number written back; and what it means when that takes long. */
import { LightningElement, api } from 'lwc';
import { displayNumber, fill } from 'c/sapFormat';
import type { RequestProgress as Progress } from 'c/requestFollower';
import CHECK_AGAIN from '@salesforce/label/c.Request_Check_Again';
import CLOSE_ANYTIME from '@salesforce/label/c.Request_Close_Anytime';
import DONE from '@salesforce/label/c.Step_Done';
import HELD from '@salesforce/label/c.Request_Held';
import PENDING from '@salesforce/label/c.Step_Pending';
import RUNNING from '@salesforce/label/c.Step_Running';
import SAVED from '@salesforce/label/c.Request_Step_Saved';
import SENT from '@salesforce/label/c.Request_Step_Sent';
import STOPPED from '@salesforce/label/c.Request_Stopped';
import VERIFYING from '@salesforce/label/c.Request_Verifying';
import WRITTEN from '@salesforce/label/c.Request_Step_Written';
import WRITTEN_NUMBER from '@salesforce/label/c.Request_Step_Written_Number';

type StepState = 'done' | 'running' | 'pending';
interface Step {
    readonly key: string;
    readonly text: string;
    readonly stateText: string;
    readonly iconName: string;
    readonly stepClass: string;
}

const iconNames: Readonly<Record<StepState, string>> = {
    done: 'utility:success',
    running: 'utility:spinner',
    pending: 'utility:routing_offline',
};
const stateTexts: Readonly<Record<StepState, string>> = { done: DONE, running: RUNNING, pending: PENDING };

const step = (key: string, text: string, state: StepState): Step => ({
    key,
    text,
    stateText: stateTexts[state],
    iconName: iconNames[state],
    stepClass: `step step_${state}`,
});

export default class RequestProgress extends LightningElement {
    @api progress?: Progress;
    readonly labels = {
        checkAgain: CHECK_AGAIN,
        closeAnytime: CLOSE_ANYTIME,
        held: HELD,
        stopped: STOPPED,
        verifying: VERIFYING,
    };

    get steps(): Step[] {
        const request = this.progress?.request;
        if (request === undefined) return [];
        const isDone = request.status === 'done';
        const number = request.customer === undefined ? '' : displayNumber(request.customer.number);
        return [
            step('saved', fill(SAVED, request.name), 'done'),
            step('sent', SENT, this.sentState),
            step('written', isDone ? fill(WRITTEN_NUMBER, number) : WRITTEN, isDone ? 'done' : 'pending'),
        ];
    }
    /** A number that could not be written to the Account is a customer all the same. */
    private get sentState(): StepState {
        if (this.isDone || this.progress?.request.customer !== undefined) return 'done';
        return this.isFollowing ? 'running' : 'pending';
    }
    get isVerifying(): boolean {
        return this.progress?.request.status === 'verifying';
    }
    get isHeld(): boolean {
        return this.progress?.request.status === 'held';
    }
    get isDone(): boolean {
        return this.progress?.request.status === 'done';
    }
    get isFollowing(): boolean {
        return this.progress?.isFollowing ?? false;
    }
    get isStopped(): boolean {
        return !this.isFollowing && !this.isHeld && !this.isDone;
    }
    get canCheck(): boolean {
        return !this.isFollowing && !this.isDone;
    }
    /** SAP's reason counts more than a lost connection of this page; verifying is explained above. */
    get problem(): Gangway.ProblemView | undefined {
        const { problem: own, request } = this.progress ?? {};
        const problem = request?.problem?.disposition === 'verify' ? own : (request?.problem ?? own);
        return this.isDone ? undefined : problem;
    }
    handleCheck(): void {
        this.dispatchEvent(new CustomEvent('check'));
    }
}
