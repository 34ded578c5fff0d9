/** What is unpaid per company code: overdue amount, oldest item, ageing. */
import { LightningElement, api } from 'lwc';
import { signOf } from 'c/decimalAmount';
import { fill } from 'c/sapFormat';
import { moneyWords } from 'c/sapWords';
import HEADING from '@salesforce/label/c.Receivables_Heading';
import NONE from '@salesforce/label/c.Receivables_None';
import COMPANY_CODE from '@salesforce/label/c.Scope_Company_Code';
import NOTHING_OVERDUE from '@salesforce/label/c.Receivables_Nothing_Overdue';
import OLDEST from '@salesforce/label/c.Receivables_Oldest';
import OLDEST_ONE from '@salesforce/label/c.Receivables_Oldest_One';
import OVERDUE from '@salesforce/label/c.Figure_Overdue';

interface Row {
    readonly key: string;
    readonly heading: string;
    readonly overdue: string;
    readonly isOverdue: boolean;
    readonly oldest: string;
    readonly aging: Gangway.Receivables['aging'];
}

const oldestWords = (days: number): string => (days === 1 ? OLDEST_ONE : fill(OLDEST, days));

export default class ReceivablesSummary extends LightningElement {
    @api receivables: readonly Gangway.Receivables[] = [];
    /** False where some could not be read: an empty list then says nothing. */
    @api isComplete = false;
    @api canSeeAmounts = false;

    readonly labels = { heading: HEADING, none: NONE, nothingOverdue: NOTHING_OVERDUE, overdue: OVERDUE };

    get isEmpty(): boolean {
        return this.receivables.length === 0 && this.isComplete;
    }
    get rows(): Row[] {
        return this.receivables.map((entry, index) => ({
            key: String(index),
            heading: fill(COMPANY_CODE, entry.companyCode),
            overdue: moneyWords(entry.overdue, this.canSeeAmounts),
            // Hidden amounts must not read as "nothing overdue": the days still tell.
            isOverdue: entry.oldestDaysOverdue > 0 || signOf(entry.overdue?.amount ?? '0') > 0,
            oldest: oldestWords(entry.oldestDaysOverdue),
            aging: entry.aging,
        }));
    }
}
