/** How much of a day's budget is used: a picture, and the same in words. */
import { LightningElement, api } from 'lwc';
import { fill, formatCount, formatPercent } from 'c/sapFormat';
import NO_BUDGET from '@salesforce/label/c.Sync_Budget_None';
import OF_BUDGET from '@salesforce/label/c.Sync_Of_Budget';

/** From here on a budget is worth a look. */
const tightPercent = 80;

export default class BudgetBar extends LightningElement {
    @api name = '';
    @api used = 0;
    @api budget = 0;
    /** What it means when nothing is left. */
    @api spentText = '';

    private get percent(): number {
        return this.budget > 0 ? Math.min(100, Math.floor((this.used / this.budget) * 100)) : 0;
    }
    get isSpent(): boolean {
        return this.budget > 0 && this.used >= this.budget;
    }
    get words(): string {
        const used = formatCount(this.used);
        if (this.budget <= 0) return fill(NO_BUDGET, used);
        return fill(OF_BUDGET, used, formatCount(this.budget), formatPercent(String(this.percent)));
    }
    get width(): number {
        return this.percent * 10;
    }
    get fillClass(): string {
        if (this.isSpent) return 'fill fill_spent';
        return this.percent >= tightPercent ? 'fill fill_tight' : 'fill';
    }
}
