import { cleanDraft, draftIssues, draftRules, issuesOf, withSalesArea } from 'c/customerDraft';
import { contract } from 'test/contract';

const whole = {
    name: 'Fjordlys Energi AS',
    city: 'Bergen',
    country: 'NO',
    language: 'EN',
    salesArea: 'Germany_Export',
    companyCode: '1000',
    paymentTerms: 'NT30',
    currencyCode: 'EUR',
};
const texts = (draft: object): string[] => draftIssues(draft).map((issue) => issue.text);

describe('what is missing or wrong', () => {
    it('is nothing where everything that SAP needs is there', () => {
        expect(draftIssues(whole)).toEqual([]);
    });
    it('is named all at once, in the order of the fields', () => {
        expect(draftIssues({}).map((issue) => issue.field)).toEqual([
            'name',
            'city',
            'country',
            'language',
            'salesArea',
            'companyCode',
            'paymentTerms',
            'currencyCode',
        ]);
        expect(texts({ ...whole, city: '   ' })).toEqual(['City is missing.']);
    });
    it.each(draftRules.filter((rule) => rule.code === undefined && rule.field !== 'email'))(
        'is a $field longer than SAP keeps, never cut silently',
        ({ field, maxLength }) => {
            expect(texts({ ...whole, [field]: 'x'.repeat(maxLength) })).toEqual([]);
            expect(texts({ ...whole, [field]: 'x'.repeat(maxLength + 1) })[0]).toMatch(
                new RegExp(`has ${maxLength + 1} characters; SAP keeps at most ${maxLength}`),
            );
        },
    );
    it.each([
        ['country', 'Norway'],
        ['language', 'E'],
        ['companyCode', '10-0'],
        ['paymentTerms', 'NT 3'],
        ['currencyCode', '€'],
    ])('is a %s that is no code: %s', (field, value) => {
        expect(draftIssues({ ...whole, [field]: value }).map((issue) => issue.field)).toEqual([field]);
    });
    it('is an e-mail address that is incomplete, and a character nobody sees', () => {
        expect(texts({ ...whole, email: 'nobody' })).toEqual(['E-mail is not a complete e-mail address.']);
        expect(texts({ ...whole, email: 'a@b.example' })).toEqual([]);
        expect(texts({ ...whole, street: 'Bryggen\u0000 7' })[0]).toMatch(/cannot be seen/);
    });
});

describe('the draft', () => {
    it('is sent trimmed, codes in capitals, without empty fields', () => {
        expect(cleanDraft({ name: '  Fjordlys ', country: 'no', region: '', phone: ' ' })).toEqual({
            name: 'Fjordlys',
            country: 'NO',
        });
        expect(draftIssues({ ...whole, country: 'no', currencyCode: 'eur' })).toEqual([]);
    });
    it('takes company code, currency and terms from the sales area', () => {
        const [option] = contract('Form', 'customer').salesAreas;
        expect(withSalesArea({ name: 'A', paymentTerms: 'NT30' }, option)).toEqual({
            name: 'A',
            salesArea: option.value,
            companyCode: option.companyCode,
            currencyCode: option.currencyCode,
            paymentTerms: option.paymentTerms,
        });
        const { paymentTerms: _terms, ...without } = option;
        expect(withSalesArea({ paymentTerms: 'NT30' }, without).paymentTerms).toBe('NT30');
        expect(withSalesArea({ name: 'A' }, undefined)).toEqual({ name: 'A' });
    });
    it("leads the server's findings to the fields they concern", () => {
        const { problem } = contract('Create_Invalid_At_Relay', 'customer');
        expect(issuesOf(problem)).toEqual([
            { field: 'postalCode', text: 'Postal code: SAP keeps at most 10 characters here' },
        ]);
        expect(issuesOf({ ...problem, issues: [{ path: 'unknown', message: 'x' }] })).toEqual([]);
        expect(issuesOf(undefined)).toEqual([]);
    });
});
