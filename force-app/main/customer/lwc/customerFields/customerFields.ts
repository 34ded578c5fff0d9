/** The fields of a new customer. Shows and reports; what is right or missing is decided elsewhere. */
import { LightningElement, api } from 'lwc';
import { draftRules } from 'c/customerDraft';
import type { DraftField, DraftIssue, DraftRule } from 'c/customerDraft';
import ADDRESS from '@salesforce/label/c.Section_Address';
import CONTACT from '@salesforce/label/c.Section_Contact';
import SALES from '@salesforce/label/c.Section_Sales';
import CHOOSE from '@salesforce/label/c.Choose';

interface FieldElement extends HTMLElement {
    setCustomValidity(message: string): void;
    reportValidity(): boolean;
}
interface FieldRow extends Omit<DraftRule, 'type'> {
    readonly value: string;
    readonly type: 'email' | 'tel' | 'text';
    readonly options: { value: string; label: string }[] | undefined;
    readonly sizeClass: string;
}
interface Section {
    readonly key: string;
    readonly heading: string;
    readonly rows: FieldRow[];
}

const sections: readonly { key: string; heading: string; fields: readonly DraftField[] }[] = [
    { key: 'sales', heading: SALES, fields: ['salesArea', 'companyCode', 'paymentTerms', 'currencyCode'] },
    {
        key: 'address',
        heading: ADDRESS,
        fields: ['name', 'street', 'houseNumber', 'postalCode', 'city', 'region', 'country', 'language'],
    },
    { key: 'contact', heading: CONTACT, fields: ['phone', 'email', 'vatNumber'] },
];
const wideFields: readonly DraftField[] = ['name', 'street', 'salesArea', 'paymentTerms', 'email', 'city'];

export default class CustomerFields extends LightningElement {
    @api draft: Gangway.CustomerDraft = {};
    @api salesAreas: readonly Gangway.SalesAreaOption[] = [];
    @api paymentTerms: readonly { value: string; label: string }[] = [];
    @api isDisabled = false;

    readonly choose = CHOOSE;

    get sections(): Section[] {
        return sections.map(({ key, heading, fields }) => ({
            key,
            heading,
            rows: fields.flatMap((field) => this.row(field)),
        }));
    }
    /** Marks each field with its issue and clears the others. */
    @api showIssues(issues: readonly DraftIssue[]): void {
        this.elements.forEach((element) => {
            const issue = issues.find((candidate) => candidate.field === element.dataset.field);
            element.setCustomValidity(issue?.text ?? '');
            element.reportValidity();
        });
    }
    @api focusField(field: DraftField): void {
        this.elements.find((element) => element.dataset.field === field)?.focus();
    }
    handleChange(event: CustomEvent<{ value: string }>): void {
        const { currentTarget } = event;
        const field = currentTarget instanceof HTMLElement ? currentTarget.dataset.field : undefined;
        this.dispatchEvent(new CustomEvent('draftchange', { detail: { field, value: event.detail.value } }));
    }
    private get elements(): FieldElement[] {
        return [...(this.template?.querySelectorAll<FieldElement>('[data-field]') ?? [])];
    }
    private row(field: DraftField): FieldRow[] {
        const rule = draftRules.find((candidate) => candidate.field === field);
        if (rule === undefined) return [];
        const sizeClass = wideFields.includes(field) ? 'field field_wide' : 'field';
        return [
            {
                ...rule,
                value: this.draft[field] ?? '',
                type: rule.type ?? 'text',
                options: this.optionsOf(field),
                sizeClass,
            },
        ];
    }
    private optionsOf(field: DraftField): { value: string; label: string }[] | undefined {
        if (field === 'salesArea') return this.salesAreas.map(({ value, label }) => ({ value, label }));
        // Without a list in the settings the code is typed.
        if (field === 'paymentTerms' && this.paymentTerms.length > 0) return [...this.paymentTerms];
        return undefined;
    }
}
