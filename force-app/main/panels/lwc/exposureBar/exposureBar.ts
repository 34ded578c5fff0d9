/** How much of the credit limit is used, by what: a picture, a sentence, and the figures as a table. */
import { LightningElement, api } from 'lwc';
import { isAbove, permille, signOf, sumOf, withoutSign } from 'c/decimalAmount';
import { fill, formatMoney, formatPercent } from 'c/sapFormat';
import { moneyWords } from 'c/sapWords';
import AMOUNT from '@salesforce/label/c.Column_Amount';
import CAPTION from '@salesforce/label/c.Exposure_Caption';
import PART from '@salesforce/label/c.Exposure_Part';
import NO_LIMIT from '@salesforce/label/c.Exposure_No_Limit';
import NOT_AVAILABLE from '@salesforce/label/c.Exposure_Not_Available';
import OVERDRAWN from '@salesforce/label/c.Exposure_Overdrawn';
import USED from '@salesforce/label/c.Exposure_Used';
import EXPOSURE from '@salesforce/label/c.Figure_Exposure';
import LIMIT from '@salesforce/label/c.Figure_Limit';
import OPEN_BILLING from '@salesforce/label/c.Figure_Open_Billing';
import OPEN_DELIVERIES from '@salesforce/label/c.Figure_Open_Deliveries';
import OPEN_ORDERS from '@salesforce/label/c.Figure_Open_Orders';
import RECEIVABLES from '@salesforce/label/c.Figure_Receivables';
import SPECIAL_LIABILITIES from '@salesforce/label/c.Figure_Special_Liabilities';

type Part = Exclude<keyof Gangway.CreditAccount['exposure'], 'total'>;

const parts: readonly { readonly part: Part; readonly name: string }[] = [
    { part: 'receivables', name: RECEIVABLES },
    { part: 'openOrders', name: OPEN_ORDERS },
    { part: 'openDeliveries', name: OPEN_DELIVERIES },
    { part: 'openBilling', name: OPEN_BILLING },
    { part: 'specialLiabilities', name: SPECIAL_LIABILITIES },
];

interface Segment {
    readonly key: string;
    readonly x: number;
    readonly width: number;
    readonly fillClass: string;
}

export default class ExposureBar extends LightningElement {
    @api account?: Gangway.CreditAccount;
    @api canSeeAmounts = false;

    readonly labels = { amount: AMOUNT, caption: CAPTION, exposure: EXPOSURE, limit: LIMIT, part: PART };

    private amountOf(part: Part): string {
        return this.account?.exposure[part]?.amount ?? '0';
    }
    private get limit(): string {
        return this.account?.limit?.amount ?? '0';
    }
    /** The whole width: the limit, or the exposure where it is larger. */
    private get whole(): string {
        const drawn = sumOf(parts.map(({ part }) => this.amountOf(part)).filter((amount) => signOf(amount) > 0));
        return isAbove(drawn, this.limit) ? drawn : this.limit;
    }
    get segments(): Segment[] {
        const percent = this.account?.utilisationPercent ?? '0';
        const known = parts.some(({ part }) => signOf(this.amountOf(part)) > 0);
        // Without the right to see amounts, the percentage alone is drawn.
        if (!known) return [{ key: 'used', x: 0, width: permille(percent, '100'), fillClass: 'fill_used' }];
        let x = 0;
        return parts.map(({ part }) => {
            const width = permille(this.amountOf(part), this.whole);
            const segment = { key: part, x, width, fillClass: `fill_${part}` };
            x += width;
            return segment;
        });
    }
    get isOverdrawn(): boolean {
        return signOf(this.account?.available?.amount ?? '0') < 0;
    }
    get limitMark(): number {
        return permille(this.limit, this.whole);
    }
    get percentText(): string {
        const percent = this.account?.utilisationPercent;
        if (typeof percent === 'string') return fill(USED, formatPercent(percent));
        // Zero or no limit: nothing to compare with. Otherwise the exposure is not known.
        const limit = this.account?.limit ?? { amount: '0' };
        return limit.amount !== null && signOf(limit.amount) === 0 ? NO_LIMIT : NOT_AVAILABLE;
    }
    get overdrawnText(): string {
        const { amount, currency } = this.account?.available ?? { amount: null, currency: '' };
        return amount === null ? '' : fill(OVERDRAWN, formatMoney({ amount: withoutSign(amount), currency }));
    }
    get rows(): { key: string; name: string; amount: string; swatchClass: string }[] {
        return parts.map(({ part, name }) => ({
            key: part,
            name,
            amount: moneyWords(this.account?.exposure[part], this.canSeeAmounts),
            swatchClass: `swatch back_${part}`,
        }));
    }
    get total(): string {
        return moneyWords(this.account?.exposure.total, this.canSeeAmounts);
    }
    get limitText(): string {
        return moneyWords(this.account?.limit, this.canSeeAmounts);
    }
}
