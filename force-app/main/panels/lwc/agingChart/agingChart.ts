/** Receivables by how long they are overdue, as bars that are also a table. */
import { LightningElement, api } from 'lwc';
import { largestOf, permille } from 'c/decimalAmount';
import { fill } from 'c/sapFormat';
import { moneyWords } from 'c/sapWords';
import AMOUNT from '@salesforce/label/c.Column_Amount';
import CAPTION from '@salesforce/label/c.Aging_Caption';
import DAYS_OVERDUE from '@salesforce/label/c.Aging_Days_Overdue';
import NOT_DUE from '@salesforce/label/c.Aging_Not_Due';
import RANGE from '@salesforce/label/c.Aging_Range';
import OVER from '@salesforce/label/c.Aging_Over';

type Bucket = Gangway.Receivables['aging'][number];

function bucketWords({ fromDays, toDays }: Bucket): string {
    if (toDays !== null && toDays <= 0) return NOT_DUE;
    return toDays === null ? fill(OVER, fromDays - 1) : fill(RANGE, fromDays, toDays);
}

/** The longer overdue, the darker; the row says the days in words as well. */
function barClass({ fromDays, toDays }: Bucket): string {
    if (toDays !== null && toDays <= 0) return 'bar bar_due';
    if (fromDays > 60) return 'bar bar_late';
    return fromDays > 30 ? 'bar bar_middle' : 'bar bar_early';
}

export default class AgingChart extends LightningElement {
    @api buckets: readonly Bucket[] = [];
    @api canSeeAmounts = false;

    readonly labels = { amount: AMOUNT, caption: CAPTION, daysOverdue: DAYS_OVERDUE };

    get rows(): { key: string; name: string; amount: string; width: number; barClass: string }[] {
        const largest = largestOf(this.buckets.map((bucket) => bucket.amount?.amount ?? '0'));
        return this.buckets.map((bucket) => ({
            key: `${bucket.fromDays}`,
            name: bucketWords(bucket),
            amount: moneyWords(bucket.amount, this.canSeeAmounts),
            width: permille(bucket.amount?.amount ?? '0', largest),
            barClass: barClass(bucket),
        }));
    }
}
