import CustomerFields from 'c/customerFields';
import { draftRules } from 'c/customerDraft';
import { contract } from 'test/contract';
import { all, clearPage, mount, one } from 'test/page';

afterEach(clearPage);

const form = contract('Form', 'customer');
const fields = (
    more: object = {},
): HTMLElement & { showIssues(issues: object[]): void; focusField(field: string): void } =>
    mount('c-customer-fields', CustomerFields, { ...form, ...more });

describe('c-customer-fields', () => {
    it('shows every field once, filled from the Account, and marks what SAP needs', async () => {
        const element = fields();
        const shown = all(element, '[data-field]');
        expect(shown.map((field) => field.dataset.field).sort()).toEqual(draftRules.map((rule) => rule.field).sort());
        expect(one(element, '[data-field="name"]').value).toBe(form.draft.name);
        const required = shown.filter((field) => field.required).map((field) => field.dataset.field);
        expect(required.sort()).toEqual(
            draftRules
                .filter((rule) => rule.isRequired)
                .map((rule) => rule.field)
                .sort(),
        );
        await expect(element).toBeAccessible();
    });
    it('offers the sales areas and terms of the settings, and lets terms be typed where there are none', () => {
        const options = one(fields(), '[data-field="salesArea"]').options;
        expect(options).toEqual(
            form.salesAreas.map(({ value, label }: { value: string; label: string }) => ({ value, label })),
        );
        expect(one(fields(), 'lightning-combobox[data-field="paymentTerms"]')).toBeDefined();
        expect(one(fields({ paymentTerms: [] }), 'lightning-input[data-field="paymentTerms"]')).toBeDefined();
    });
    it('tells which field changed to what', () => {
        const element = fields();
        const changed = jest.fn();
        element.addEventListener('draftchange', (event) => changed((event as CustomEvent).detail));
        one(element, '[data-field="city"]').dispatchEvent(new CustomEvent('change', { detail: { value: 'Oslo' } }));
        expect(changed).toHaveBeenCalledWith({ field: 'city', value: 'Oslo' });
    });
    it('marks the fields with an issue and clears them again', () => {
        const element = fields();
        element.showIssues([{ field: 'city', text: 'City is missing.' }]);
        const validity = (): string[] => all(element, '[data-field]').map((field) => field.customValidity);
        expect(validity().filter((text) => text !== '')).toEqual(['City is missing.']);
        element.showIssues([]);
        expect(validity().every((text) => text === '')).toBe(true);
    });
    it('puts the focus into a field', () => {
        const element = fields();
        const focus = jest.spyOn(one(element, '[data-field="city"]'), 'focus');
        element.focusField('city');
        expect(focus).toHaveBeenCalledTimes(1);
    });
});
