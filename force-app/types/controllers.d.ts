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
