import CreditSummary from 'c/creditSummary';
import { withoutAmounts } from 'test/contract';
import { all, clearPage, mount, one, words } from 'test/page';
import type { Loose } from 'test/page';
import noAccount from './data/credit.no-account.json';
import nearLimit from './data/credit.near-limit.json';
import overdrawn from './data/credit.shared-and-overdrawn.json';
import withoutPack from './data/credit.without-pack.json';

afterEach(clearPage);

const summary = (credit: object, canSeeAmounts = true): Loose =>
    mount('c-credit-summary', CreditSummary, { credit, canSeeAmounts });
const figure = (element: Loose, name: string): string => words(one(element, `[data-figure="${name}"]`));
const part = (element: Loose, name: string): string => words(one(element, `[data-part="${name}"] td`));

describe('c-credit-summary of a customer near the limit', () => {
    const credit = nearLimit;

    it('shows what is left to sell, limit, each part of the exposure, risk class, terms', async () => {
        const element = summary(credit);
        expect(figure(element, 'available')).toBe('€10,999.50');
        expect(figure(element, 'risk-class')).toBe('Medium risk (002)');
        const parts = [
            'receivables',
            'openOrders',
            'openDeliveries',
            'openBilling',
            'specialLiabilities',
            'total',
            'limit',
        ];
        expect(parts.map((name) => part(element, name))).toEqual([
            '€114,730.50',
            '€86,400.00',
            '€31,250.00',
            '€4,120.00',
            '€2,500.00',
            '€239,000.50',
            '€250,000.00',
        ]);
        expect(words(element)).toContain('95.6% of the limit is used.');
        expect(words(one(element, '.terms'))).toContain('14 days 2 %, 30 days net (0002)');
        expect(words(one(element, '.terms'))).toContain('Sales area 1000 / 10 / 00');
        await expect(element).toBeAccessible();
    });
    it('shows the overdue amount, the oldest item and every ageing bucket', () => {
        const element = summary(credit);
        expect(figure(element, 'overdue')).toBe('€18,420.50');
        expect(words(element)).toContain('oldest 47 days');
        const buckets = all(element, '[data-from-days]').map(words);
        expect(buckets).toEqual([
            'Not due yet €96,310.00',
            '1 to 30 days €11,200.00',
            '31 to 60 days €7,220.50',
            '61 to 90 days €0.00',
            'Over 90 days €0.00',
        ]);
    });
    it('does not call an account shared that is not', () => {
        expect(words(summary(credit))).not.toMatch(/shared/);
    });
});

describe('c-credit-summary of a shared, overdrawn account', () => {
    it('names the shared account, the other customers, and by how much the limit is exceeded', async () => {
        const element = summary(overdrawn);
        const text = words(element);
        expect(figure(element, 'available')).toBe('-€41,000.00');
        expect(text).toContain('Over the limit by €41,000.00.');
        expect(text).toContain('The limit belongs to the shared credit account 104720.');
        expect(text).toContain('This limit is shared with Hansa Werft Holding AG (104720).');
        expect(text).toContain('Nothing is overdue');
        expect(text).toContain('No payment terms are maintained in SAP.');
        await expect(element).toBeAccessible();
    });
});

describe('c-credit-summary where figures are missing', () => {
    it('says "not available" and why, never zero', async () => {
        const element = summary(withoutPack);
        expect(figure(element, 'available')).toBe('Not available');
        expect(part(element, 'openOrders')).toBe('Not available');
        expect(part(element, 'specialLiabilities')).toBe('KWD 0.000');
        expect(part(element, 'limit')).toBe('KWD 75,000.000');
        const reasons = all(one(element, 'c-unavailable-note'), 'li').map(words);
        expect(reasons).toEqual([
            expect.stringMatching(/^Open orders, Open deliveries, Left to sell: The Gangway ABAP pack/),
            'Risk class: Not maintained in SAP.',
            expect.stringMatching(/^somethingNew: The service user may not read this/),
        ]);
        await expect(element).toBeAccessible();
    });
    it('says that there is no credit account, and does not claim that there are no blocks', async () => {
        const element = summary(noAccount);
        expect(words(element)).toContain('SAP has no credit account for this customer.');
        expect(words(element)).not.toContain('No blocks');
        expect(words(element)).toContain('SAP has no open items.');
        await expect(element).toBeAccessible();
    });
    it('says "hidden" where the user may not see amounts, and still shows percentage, days and blocks', async () => {
        const element = summary(withoutAmounts(nearLimit), false);
        expect(figure(element, 'available')).toBe('Hidden');
        expect(part(element, 'total')).toBe('Hidden');
        expect(figure(element, 'overdue')).toBe('Hidden');
        expect(words(element)).toContain('95.6% of the limit is used.');
        expect(words(element)).toContain('oldest 47 days');
        expect(words(element)).toContain('Delivery block');
        expect(words(element)).not.toMatch(/€|0\.00/);
        await expect(element).toBeAccessible();
    });
    it('claims nothing about what could not be read', () => {
        const unavailable = ['accounts', 'paymentTerms.salesArea', 'receivables.1000', 'blocks.salesArea'].map(
            (name) => ({
                figure: name,
                reason: 'NOT_AUTHORIZED',
            }),
        );
        const text = words(summary({ ...noAccount, unavailable }));
        expect(text).not.toMatch(/no credit account|No payment terms|no open items|No blocks/);
        expect(text).toContain('Credit account');
    });
    it('does not blame a missing limit where the exposure is missing', () => {
        expect(words(summary(withoutPack))).toContain('Utilisation is not available.');
        const [account] = withoutPack.accounts;
        const unlimited = { ...withoutPack, accounts: [{ ...account, limit: null }] };
        expect(words(summary(unlimited))).toContain('Utilisation cannot be told without a credit limit.');
    });
    it('shows nothing before there is anything', () => {
        expect(words(mount('c-credit-summary', CreditSummary))).toBe('');
    });
});
