/** The outline of what is about to appear, so that nothing jumps when it does. */
import { LightningElement, api } from 'lwc';
import LOADING from '@salesforce/label/c.Loading';

const widths = ['w70', 'w90', 'w50', 'w80', 'w60'];

export default class LoadingSkeleton extends LightningElement {
    @api lines = 4;
    readonly loading = LOADING;

    get bars(): { key: number; barClass: string }[] {
        return Array.from({ length: this.lines }, (_, key) => ({
            key,
            barClass: `bar ${widths[key % widths.length] ?? ''}`,
        }));
    }
}
