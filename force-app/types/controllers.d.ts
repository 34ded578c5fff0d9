/**
 * The Apex controllers as the components see them: the contract between force-app's Apex, its LWC and the local
 * org. Apex leaves out nulls, so what may be null there is optional here. Recorded examples, which all three must
 * match, are the static resources Contract_* in force-app/tests.
 */
declare namespace Gangway {
    type Panel = 'credit' | 'orders' | 'invoices';
    type Disposition = 'retry' | 'reject' | 'hold' | 'verify' | 'stop';

    interface CustomerView {
        system: string;
        /** Ten digits inside; `display` has no leading zeros. */
        number: string;
        display: string;
    }

    interface SapMessageView {
        type: string;
        id: string;
        number: string;
        text: string;
        field?: string;
    }

    interface ProblemView {
        code: string;
        disposition: Disposition;
        /** What happened. */
        title: string;
        /** What to do. */
        advice: string;
        correlationId?: string;
        sapMessages: SapMessageView[];
        /** `path` is the name of a CustomerDraft field, or of a parameter. */
        issues: { path: string; message: string }[];
    }

    /** What a panel paints. `load` never calls out; `refresh` does, and falls back to the snapshot. */
    interface PanelView {
        /** Empty when the user may not see the record. */
        accountId: string;
        /** Absent while the Account has no SAP number. */
        customer?: CustomerView;
        canSeeAmounts: boolean;
        canCreate: boolean;
        /** The relay's answer as JSON (gateway/src/model); amounts are null without the permission. */
        body?: string;
        /** ISO instant of `body`. */
        asOf?: string;
        /** True when `body` was read from SAP just now, false when it is the snapshot. */
        isLive: boolean;
        problem?: ProblemView;
        /** Without a customer: the request that is making one. Its words are for those who may create. */
        request?: RequestView;
    }

    interface CustomerDraft {
        name?: string;
        street?: string;
        houseNumber?: string;
        postalCode?: string;
        city?: string;
        region?: string;
        country?: string;
        language?: string;
        phone?: string;
        email?: string;
        vatNumber?: string;
        /** Developer name of a SAP_Sales_Area__mdt record. */
        salesArea?: string;
        companyCode?: string;
        paymentTerms?: string;
        currencyCode?: string;
    }

    interface SalesAreaOption {
        value: string;
        label: string;
        companyCode: string;
        paymentTerms?: string;
        currencyCode: string;
    }

    interface FormView {
        /** Empty when the user may not see the record. */
        accountId: string;
        canCreate: boolean;
        customer?: CustomerView;
        draft: CustomerDraft;
        salesAreas: SalesAreaOption[];
        paymentTerms: { value: string; label: string }[];
        /** An earlier request for this Account that has not ended, or ended in refusal. */
        request?: RequestView;
        problem?: ProblemView;
    }

    interface MatchView {
        customer: CustomerView;
        name: string;
        street: string;
        postalCode: string;
        city: string;
        country: string;
        score: number;
        reasons: { field: string; kind: 'same' | 'similar' }[];
        isBlocked: boolean;
    }

    interface MatchesView {
        matches: MatchView[];
        problem?: ProblemView;
    }

    type RequestStatus = 'ready' | 'sent' | 'verifying' | 'held' | 'done' | 'refused';

    /** Where nothing was committed: `id` is empty, `status` is `refused`, `problem` says why. */
    interface RequestView {
        id: string;
        name: string;
        status: RequestStatus;
        customer?: CustomerView;
        problem?: ProblemView;
        sapMessages: SapMessageView[];
        attempts: number;
    }

    type SyncIssueState = 'Held' | 'Waiting' | 'Solved' | 'Discarded';

    /** What a person looks for; everything is optional. `state` is Held where it is absent. */
    interface SyncIssueFilter {
        state?: SyncIssueState;
        kind?: string;
        /** Who can do it, as in SyncIssueView. */
        responsible?: string;
        /** Part of SAP's keys, of the document that brought them, or of the issue's name. */
        search?: string;
        /** Begins with 0. */
        page?: number;
    }

    /** A change of SAP that could not be written, in words. */
    interface SyncIssueView {
        id: string;
        /** `SC-000123`; the command line of the agent knows it too. */
        name: string;
        state: SyncIssueState;
        stateLabel: string;
        sapSystem?: string;
        /** `customer`, `order`, `invoice-item`, ...; `document` for one that could not be understood. */
        kind?: string;
        /** SAP's own keys; absent for a `document`. */
        record?: string;
        accountId?: string;
        accountName?: string;
        code?: string;
        whatHappened?: string;
        nextStep?: string;
        /** Who can do it. */
        responsible?: string;
        /** Words of SAP or Salesforce themselves. */
        messages?: string;
        document?: string;
        /** ISO instants. */
        documentTime?: string;
        heldAt?: string;
        attempts: number;
        /** What a person wants, while the agent has not done it yet. */
        wish?: 'Retry' | 'Discard';
        wishReason?: string;
        wishBy?: string;
        canAct: boolean;
        /** Never for a `document`, which SAP has to send again; it can still be discarded. */
        canRetry: boolean;
    }

    interface SyncIssuesView {
        issues: SyncIssueView[];
        counts: Partial<Record<SyncIssueState, number>>;
        page: number;
        hasMore: boolean;
        problem?: ProblemView;
    }

    interface SyncWishesView {
        /** One per issue. */
        results: { id: string; isNoted: boolean; reason?: string }[];
        problem?: ProblemView;
    }

    /** The flow of changes from one SAP system; instants are ISO. */
    interface SyncSystemView {
        sapSystem: string;
        /** The agent's own test change went the whole way then: what it says about being alive is this alone. */
        canaryAt?: string;
        canaryTookMs?: number;
        waiting: number;
        held: number;
        oldestWaitingAt?: string;
        callsToday: number;
        callsBudget: number;
        refreshesToday: number;
        refreshesBudget: number;
        reportedAt: string;
    }

    interface SyncStatusView {
        systems: SyncSystemView[];
        canManage: boolean;
        problem?: ProblemView;
    }

    /**
     * SAP_Data_Changed__e: something of these customers has changed. `Customers__c` has numbers as in CustomerView.number, one a
     * line; with `System__c` a panel compares them with its PanelView.customer.
     */
    interface DataChangedEvent {
        System__c: string;
        Customers__c: string;
    }

    interface LinkView {
        /** Present when the Account now is this customer; `problem` is then a warning (a blocked customer). */
        customer?: CustomerView;
        problem?: ProblemView;
    }
}

declare module '@salesforce/apex/PanelController.load' {
    /** cacheable; usable with @wire. */
    export default function load(params: { recordId: string; panel: Gangway.Panel }): Promise<Gangway.PanelView>;
}
declare module '@salesforce/apex/PanelController.refresh' {
    /** Live. With `cursor`: the next page, which is not kept as snapshot. `state` filters invoices. */
    export default function refresh(params: {
        recordId: string;
        panel: Gangway.Panel;
        cursor?: string;
        state?: 'open' | 'overdue' | 'paid' | 'all';
    }): Promise<Gangway.PanelView>;
}
declare module '@salesforce/apex/PanelController.readOrder' {
    export default function readOrder(params: { recordId: string; orderNumber: string }): Promise<Gangway.PanelView>;
}
declare module '@salesforce/apex/CustomerRequestController.form' {
    export default function form(params: { recordId: string }): Promise<Gangway.FormView>;
}
declare module '@salesforce/apex/CustomerRequestController.matches' {
    export default function matches(params: {
        recordId: string;
        draft: Gangway.CustomerDraft;
    }): Promise<Gangway.MatchesView>;
}
declare module '@salesforce/apex/CustomerRequestController.commitRequest' {
    /** Commits the intent and nothing else; whoever comes second gets the first one's request. */
    export default function commitRequest(params: {
        recordId: string;
        draft: Gangway.CustomerDraft;
    }): Promise<Gangway.RequestView>;
}
declare module '@salesforce/apex/CustomerRequestController.send' {
    /** Calls out. Harmless to repeat: the key makes it one customer. */
    export default function send(params: { requestId: string }): Promise<Gangway.RequestView>;
}
declare module '@salesforce/apex/CustomerRequestController.check' {
    /** Asks where a `sent` or `verifying` request stands. */
    export default function check(params: { requestId: string }): Promise<Gangway.RequestView>;
}
declare module '@salesforce/apex/CustomerRequestController.link' {
    export default function link(params: { recordId: string; customerNumber: string }): Promise<Gangway.LinkView>;
}
declare module '@salesforce/apex/SyncIssueController.load' {
    export default function load(params: { filter?: Gangway.SyncIssueFilter }): Promise<Gangway.SyncIssuesView>;
}
declare module '@salesforce/apex/SyncIssueController.retry' {
    /** At most 200. Noted; the agent does it with its next report. */
    export default function retry(params: { issueIds: string[] }): Promise<Gangway.SyncWishesView>;
}
declare module '@salesforce/apex/SyncIssueController.discard' {
    /** At most 200; the reason is needed. */
    export default function discard(params: { issueIds: string[]; reason: string }): Promise<Gangway.SyncWishesView>;
}
declare module '@salesforce/apex/SyncStatusController.load' {
    export default function load(): Promise<Gangway.SyncStatusView>;
}
