/** One status: word, icon and colour together, so that none of them has to be understood alone. */
import { LightningElement, api } from 'lwc';
import type { StatusWord } from 'c/sapWords';

export default class StatusBadge extends LightningElement {
    @api word?: StatusWord;
}
