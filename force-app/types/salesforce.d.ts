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
declare module 'lightning/uiRecordApi' {
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
