/** Says that there is nothing to show, why, and what can be done about it (in the slot). */
import { LightningElement, api } from 'lwc';

export default class EmptyState extends LightningElement {
    @api heading = '';
    @api text = '';
    @api iconName = 'utility:info_alt';
}
