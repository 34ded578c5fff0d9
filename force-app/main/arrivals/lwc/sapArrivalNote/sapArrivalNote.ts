/** Beside an Account: which document of SAP brought its values, and how old they are by SAP's own time. */
import { LightningElement, api, wire } from 'lwc';
import { getFieldValue, getRecord } from 'lightning/uiRecordApi';
import ARRIVAL from '@salesforce/schema/Account.SAP_Arrival__c';
import AS_OF from '@salesforce/schema/Account.SAP_As_Of__c';
import DOCUMENT from '@salesforce/schema/Account.SAP_Document__c';
import NUMBER from '@salesforce/schema/Account.SAP_Customer_Number__c';
import REMOVED from '@salesforce/schema/Account.SAP_Removed__c';
import SYSTEM from '@salesforce/schema/Account.SAP_System__c';
import { ChangeWatch } from 'c/dataChanges';
import { now } from 'c/pageTimer';
import { fill, formatAge, formatInstant } from 'c/sapFormat';
import { facetWord } from 'c/syncWords';
import BY_DOCUMENT from '@salesforce/label/c.Arrival_Note_Document';
import FACET from '@salesforce/label/c.Arrival_Note_Facet';
import NONE from '@salesforce/label/c.Arrival_Note_None';
import IS_REMOVED from '@salesforce/label/c.Arrival_Note_Removed';
import TIME from '@salesforce/label/c.Arrival_Note_Time';
import TITLE from '@salesforce/label/c.Arrival_Note_Title';

const fields = [AS_OF, DOCUMENT, REMOVED, ARRIVAL, SYSTEM, NUMBER];

export default class SapArrivalNote extends LightningElement {
    @api recordId?: string;
    readonly fields = fields;
    readonly labels = { none: NONE, removed: IS_REMOVED, title: TITLE };
    clock = now();
    private record?: unknown;
    private readonly watch = new ChangeWatch({
        customer: () => {
            const [system, number] = [this.text(SYSTEM), this.text(NUMBER)];
            return system === '' || number === '' ? undefined : { system, number };
        },
        accountId: () => this.recordId,
        // The record itself is read again by whoever shows it, this one included.
        onChange: () => undefined,
        onTick: () => {
            this.clock = now();
        },
    });

    /** Optional ones: who may not see a field sees the rest. */
    @wire(getRecord, { recordId: '$recordId', optionalFields: fields })
    takeRecord({ data }: { data?: unknown }): void {
        this.record = data;
        this.clock = now();
    }
    connectedCallback(): void {
        this.watch.start(this.template?.host);
    }
    disconnectedCallback(): void {
        this.watch.stop();
    }

    private text(field: { fieldApiName: string; objectApiName: string }): string {
        const value: unknown = this.record === undefined ? undefined : getFieldValue(this.record, field);
        return typeof value === 'string' ? value : '';
    }
    get isCustomer(): boolean {
        return this.text(NUMBER) !== '';
    }
    get asOf(): string {
        return this.text(AS_OF);
    }
    get timeText(): string {
        return fill(TIME, formatInstant(this.asOf), formatAge(this.asOf, Math.max(this.clock, now())));
    }
    get documentText(): string {
        const document = this.text(DOCUMENT);
        return document === '' ? '' : fill(BY_DOCUMENT, document);
    }
    get isRemoved(): boolean {
        return this.record !== undefined && getFieldValue(this.record, REMOVED) === true;
    }
    /** `master=2026-11-21T10:15:00.000Z#00000000000000001234;credit=...`: each group of values has its own age. */
    get facets(): { key: string; text: string; exactTime: string }[] {
        const clock = Math.max(this.clock, now());
        const found = [...this.text(ARRIVAL).matchAll(/(?:^|;)(\w+)=([^#;]+)#\d+/g)];
        const known = found.flatMap(([, facet = '', at = '']) => (Number.isNaN(Date.parse(at)) ? [] : [{ facet, at }]));
        if (known.length < 2) return [];
        return known.map(({ facet, at }) => ({
            key: facet,
            text: fill(FACET, facetWord(facet), formatAge(at, clock)),
            exactTime: formatInstant(at),
        }));
    }
}
