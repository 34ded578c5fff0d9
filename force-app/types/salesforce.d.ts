/** Platform modules the components import, as far as they use them; Salesforce ships no types for most of them. */
declare module '@salesforce/label/*' {
    const label: string;
    export default label;
}
declare module '@salesforce/i18n/locale' {
    const locale: string;
    export default locale;
}
declare module '@salesforce/i18n/timeZone' {
    const timeZone: string;
    export default timeZone;
}
declare module '@salesforce/schema/*' {
    const field: { fieldApiName: string; objectApiName: string };
    export default field;
}
declare module 'lightning/empApi' {
    export function subscribe(
        channel: string,
        replayId: number,
        onMessage: (message: unknown) => void,
    ): Promise<object>;
    export function unsubscribe(subscription: object, onAnswer: (answer: unknown) => void): Promise<unknown>;
}
declare module 'lightning/navigation' {
    interface PageReference {
        type: string;
        attributes?: Record<string, string | undefined>;
    }
    type Navigating = {
        [NavigationMixin.Navigate](reference: PageReference): void;
        [NavigationMixin.GenerateUrl](reference: PageReference): Promise<string>;
    };
    export function NavigationMixin<Base extends new (...parameters: any[]) => object>(
        base: Base,
    ): Base & (new (...parameters: any[]) => Navigating);
    export namespace NavigationMixin {
        const Navigate: unique symbol;
        const GenerateUrl: unique symbol;
    }
}
declare module 'lightning/uiRecordApi' {
    type FieldToken = { fieldApiName: string; objectApiName: string };
    export const getRecord: any;
    export function getFieldValue(record: unknown, field: FieldToken): unknown;
    export function notifyRecordUpdateAvailable(records: { recordId: string }[]): Promise<void>;
}
declare module 'lightning/refresh' {
    export class RefreshEvent extends CustomEvent<void> {
        constructor();
    }
    export function registerRefreshHandler(context: object, handler: () => Promise<unknown>): number;
    export function unregisterRefreshHandler(id: number): void;
}
declare module 'lightning/actions' {
    export class CloseActionScreenEvent extends CustomEvent<void> {
        constructor();
    }
}
declare module 'lightning/modal' {
    import { LightningElement } from 'lwc';
    export default class LightningModal extends LightningElement {
        static open(options: Record<string, unknown>): Promise<unknown>;
        label: string;
        size: 'small' | 'medium' | 'large' | 'full';
        disableClose: boolean;
        close(result?: unknown): void;
    }
}
