/** What SAP needs of a new customer, checked before anything is sent, so that all gaps are named at once. */
import { fill } from 'c/sapFormat';
import CITY from '@salesforce/label/c.Field_City';
import COMPANY_CODE from '@salesforce/label/c.Field_Company_Code';
import COUNTRY from '@salesforce/label/c.Field_Country';
import CURRENCY from '@salesforce/label/c.Field_Currency';
import EMAIL from '@salesforce/label/c.Field_Email';
import HOUSE_NUMBER from '@salesforce/label/c.Field_House_Number';
import LANGUAGE from '@salesforce/label/c.Field_Language';
import NAME from '@salesforce/label/c.Field_Name';
import PAYMENT_TERMS from '@salesforce/label/c.Field_Payment_Terms';
import PHONE from '@salesforce/label/c.Field_Phone';
import POSTAL_CODE from '@salesforce/label/c.Field_Postal_Code';
import REGION from '@salesforce/label/c.Field_Region';
import SALES_AREA from '@salesforce/label/c.Field_Sales_Area';
import STREET from '@salesforce/label/c.Field_Street';
import VAT_NUMBER from '@salesforce/label/c.Field_Vat_Number';
import CONTROL_CHARACTERS from '@salesforce/label/c.Draft_Control_Characters';
import MISSING from '@salesforce/label/c.Draft_Missing';
import NOT_A_CODE from '@salesforce/label/c.Draft_Not_A_Code';
import NOT_AN_EMAIL from '@salesforce/label/c.Draft_Not_An_Email';
import TOO_LONG from '@salesforce/label/c.Draft_Too_Long';

export type DraftField = keyof Gangway.CustomerDraft;

/** One field of the draft. Lengths and codes are those of the gateway's own schema, which checks again. */
export interface DraftRule {
    readonly field: DraftField;
    readonly label: string;
    readonly maxLength: number;
    readonly isRequired: boolean;
    /** Capital letters and digits of exactly this shape. */
    readonly code?: RegExp;
    readonly example?: string;
    readonly autocomplete?: string;
    readonly type?: 'email' | 'tel';
}

const required = { isRequired: true };
const optional = { isRequired: false };

/** Every field in the order a person reads them. */
export const draftRules: readonly DraftRule[] = [
    { field: 'name', label: NAME, maxLength: 35, ...required },
    { field: 'street', label: STREET, maxLength: 60, ...optional },
    { field: 'houseNumber', label: HOUSE_NUMBER, maxLength: 10, ...optional },
    { field: 'postalCode', label: POSTAL_CODE, maxLength: 10, ...optional },
    { field: 'city', label: CITY, maxLength: 40, ...required },
    { field: 'region', label: REGION, maxLength: 3, ...optional },
    { field: 'country', label: COUNTRY, maxLength: 2, code: /^[A-Z]{2}$/, example: 'DE', ...required },
    { field: 'language', label: LANGUAGE, maxLength: 2, code: /^[A-Z]{2}$/, example: 'EN', ...required },
    { field: 'phone', label: PHONE, maxLength: 30, type: 'tel', ...optional },
    { field: 'email', label: EMAIL, maxLength: 241, type: 'email', ...optional },
    { field: 'vatNumber', label: VAT_NUMBER, maxLength: 20, ...optional },
    { field: 'salesArea', label: SALES_AREA, maxLength: 80, ...required },
    { field: 'companyCode', label: COMPANY_CODE, maxLength: 4, code: /^[A-Z0-9]{1,4}$/, example: '1000', ...required },
    {
        field: 'paymentTerms',
        label: PAYMENT_TERMS,
        maxLength: 4,
        code: /^[A-Z0-9]{1,4}$/,
        example: '0001',
        ...required,
    },
    { field: 'currencyCode', label: CURRENCY, maxLength: 5, code: /^[A-Z0-9]{2,5}$/, example: 'EUR', ...required },
];

/** One thing to correct. */
export interface DraftIssue {
    readonly field: DraftField;
    readonly text: string;
}

// eslint-disable-next-line no-control-regex -- control characters are exactly what SAP must not get
const controlCharacters = /[\u0000-\u001f\u007f-\u009f]/;
const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);

function issueText(rule: DraftRule, value: string): string | undefined {
    if (value === '') return rule.isRequired ? fill(MISSING, rule.label) : undefined;
    if (controlCharacters.test(value)) return fill(CONTROL_CHARACTERS, rule.label);
    if (value.length > rule.maxLength) return fill(TOO_LONG, rule.label, value.length, rule.maxLength);
    if (rule.code !== undefined && !rule.code.test(value)) return fill(NOT_A_CODE, rule.label, rule.example ?? '');
    if (rule.field === 'email' && !isEmail(value)) return fill(NOT_AN_EMAIL, rule.label);
    return undefined;
}

/** The draft as it is sent: trimmed, codes in capitals, empty fields left out. */
export function cleanDraft(draft: Gangway.CustomerDraft): Gangway.CustomerDraft {
    const entries = draftRules.flatMap((rule): [DraftField, string][] => {
        const value = (draft[rule.field] ?? '').trim();
        if (value === '') return [];
        return [[rule.field, rule.code === undefined ? value : value.toUpperCase()]];
    });
    return Object.fromEntries(entries);
}

/** Everything that is missing or wrong, in the order of the fields; empty when it may be sent. */
export function draftIssues(draft: Gangway.CustomerDraft): DraftIssue[] {
    const clean = cleanDraft(draft);
    return draftRules.flatMap((rule) => {
        const text = issueText(rule, clean[rule.field] ?? '');
        return text === undefined ? [] : [{ field: rule.field, text }];
    });
}

/** What the server found wrong with fields of the form. */
export function issuesOf(problem: Gangway.ProblemView | undefined): DraftIssue[] {
    return (problem?.issues ?? []).flatMap(({ path, message }) => {
        const rule = draftRules.find(({ field }) => field === path);
        return rule === undefined ? [] : [{ field: rule.field, text: `${rule.label}: ${message}` }];
    });
}

/** The draft with what a sales area brings along. */
export function withSalesArea(
    draft: Gangway.CustomerDraft,
    option: Gangway.SalesAreaOption | undefined,
): Gangway.CustomerDraft {
    if (option === undefined) return draft;
    return {
        ...draft,
        salesArea: option.value,
        companyCode: option.companyCode,
        currencyCode: option.currencyCode,
        ...(option.paymentTerms === undefined ? {} : { paymentTerms: option.paymentTerms }),
    };
}
