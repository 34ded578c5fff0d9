/** Whether changes of SAP arrive: proved by the agent's own test change, never by a sign of life; what waits; the day's budgets. */
import { LightningElement } from 'lwc';
import { registerRefreshHandler, unregisterRefreshHandler } from 'lightning/refresh';
import load from '@salesforce/apex/SyncStatusController.load';
import { every, now } from 'c/pageTimer';
import { fill, formatAge, formatCount, formatInstant } from 'c/sapFormat';
import { toProblem } from 'c/sapProblem';
import ALIVE from '@salesforce/label/c.Sync_Alive';
import ALIVE_SHORT from '@salesforce/label/c.Sync_Alive_Short';
import CALLS from '@salesforce/label/c.Sync_Calls';
import CALLS_SPENT from '@salesforce/label/c.Sync_Calls_Spent';
import HELD from '@salesforce/label/c.Sync_Held';
import LAST_TEST from '@salesforce/label/c.Sync_Last_Test';
import NEVER from '@salesforce/label/c.Sync_Never';
import NONE from '@salesforce/label/c.Sync_None';
import NONE_TEXT from '@salesforce/label/c.Sync_None_Text';
import OLDEST from '@salesforce/label/c.Sync_Oldest';
import QUIET from '@salesforce/label/c.Sync_Quiet';
import QUIET_SHORT from '@salesforce/label/c.Sync_Quiet_Short';
import REFRESH from '@salesforce/label/c.Sync_Refresh';
import REFRESHED from '@salesforce/label/c.Sync_Refreshed';
import REFRESHES from '@salesforce/label/c.Sync_Refreshes';
import REFRESHES_SPENT from '@salesforce/label/c.Sync_Refreshes_Spent';
import REPORTED from '@salesforce/label/c.Sync_Reported';
import TITLE from '@salesforce/label/c.Sync_Status_Title';
import TOOK from '@salesforce/label/c.Sync_Took';
import WAITING from '@salesforce/label/c.Sync_Waiting';

/** The agent reports at least with every test change, once a minute; who watches sees it soon after. */
const lookAgainMs = 20_000;
/** Agents send a test change every minute unless told otherwise: one that is lost or late is no alarm, five are. */
const provedMs = 5 * 60_000;

interface SystemCard {
    readonly key: string;
    readonly isAlive: boolean;
    readonly badge: string;
    readonly badgeClass: string;
    readonly sentence: string;
    readonly lastTest: string;
    readonly took: string;
    readonly waiting: string;
    readonly oldest: string;
    readonly held: string;
    readonly reported: string;
    readonly system: Gangway.SyncSystemView;
}

export default class SapSyncStatus extends LightningElement {
    readonly labels = {
        calls: CALLS,
        callsSpent: CALLS_SPENT,
        held: HELD,
        none: NONE,
        noneText: NONE_TEXT,
        refresh: fill(REFRESH, TITLE),
        refreshes: REFRESHES,
        refreshesSpent: REFRESHES_SPENT,
        title: TITLE,
        waiting: WAITING,
    };
    view?: Gangway.SyncStatusView;
    problem?: Gangway.ProblemView | undefined;
    isBusy = true;
    statusText = '';
    clock = now();
    private question = 0;
    private stopLooking?: () => void;
    private refreshHandler?: number;

    connectedCallback(): void {
        this.read();
        this.stopLooking = every(lookAgainMs, () => {
            this.clock = now();
            if (!document.hidden) this.read();
        });
        this.refreshHandler = registerRefreshHandler(this, () => this.read());
    }
    disconnectedCallback(): void {
        this.question += 1;
        this.stopLooking?.();
        if (this.refreshHandler !== undefined) unregisterRefreshHandler(this.refreshHandler);
    }

    get isEmpty(): boolean {
        return this.view?.systems.length === 0;
    }
    get hasView(): boolean {
        return this.view !== undefined;
    }
    get cards(): SystemCard[] {
        return (this.view?.systems ?? []).map((system) => this.card(system));
    }
    async handleRefresh(): Promise<void> {
        if (this.isBusy) return;
        await this.read();
        this.statusText = this.problem?.title ?? fill(REFRESHED, TITLE);
    }

    /** Without words for a screen reader: it would announce every look. */
    private async read(): Promise<void> {
        this.question += 1;
        const number = this.question;
        this.isBusy = true;
        this.statusText = '';
        try {
            const view = await load();
            if (number !== this.question) return;
            // What was known stays on the screen when it cannot be read again.
            if (view.problem === undefined) this.view = view;
            this.problem = view.problem;
        } catch (thrown) {
            if (number !== this.question) return;
            this.problem = toProblem(thrown);
        }
        this.clock = now();
        this.isBusy = false;
    }
    private card(system: Gangway.SyncSystemView): SystemCard {
        const age = (instant: string): string => formatAge(instant, this.clock);
        const { canaryAt, canaryTookMs, oldestWaitingAt } = system;
        const isAlive = canaryAt !== undefined && this.clock - Date.parse(canaryAt) < provedMs;
        return {
            key: system.sapSystem,
            isAlive,
            badge: isAlive ? ALIVE_SHORT : QUIET_SHORT,
            badgeClass: isAlive ? 'badge badge_alive' : 'badge badge_quiet',
            sentence: canaryAt === undefined ? NEVER : fill(isAlive ? ALIVE : QUIET, age(canaryAt)),
            lastTest: canaryAt === undefined ? '' : fill(LAST_TEST, formatInstant(canaryAt)),
            took: isAlive && canaryTookMs !== undefined ? fill(TOOK, formatCount(canaryTookMs)) : '',
            waiting: formatCount(system.waiting),
            oldest: oldestWaitingAt === undefined ? '' : fill(OLDEST, age(oldestWaitingAt)),
            held: formatCount(system.held),
            reported: fill(REPORTED, age(system.reportedAt)),
            system,
        };
    }
}
