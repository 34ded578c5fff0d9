/** Customers SAP already has that look like this one, each with why, to link instead of creating a second. */
import { LightningElement, api } from 'lwc';
import { displayNumber, fill } from 'c/sapFormat';
import BLOCKED from '@salesforce/label/c.Match_Blocked';
import LINK from '@salesforce/label/c.Match_Link';
import LINK_LABEL from '@salesforce/label/c.Match_Link_Label';
import SAME from '@salesforce/label/c.Match_Same';
import SCORE from '@salesforce/label/c.Match_Score';
import SIMILAR from '@salesforce/label/c.Match_Similar';
import SYSTEM from '@salesforce/label/c.Match_System';
import CITY from '@salesforce/label/c.Field_City';
import NAME from '@salesforce/label/c.Field_Name';
import PHONE from '@salesforce/label/c.Field_Phone';
import POSTAL_CODE from '@salesforce/label/c.Field_Postal_Code';
import STREET from '@salesforce/label/c.Field_Street';
import VAT_NUMBER from '@salesforce/label/c.Field_Vat_Number';

const fieldWords: ReadonlyMap<string, string> = new Map([
    ['name', NAME],
    ['street', STREET],
    ['postal-code', POSTAL_CODE],
    ['city', CITY],
    ['phone', PHONE],
    ['vat-number', VAT_NUMBER],
]);

export default class MatchList extends LightningElement {
    /** Not called `matches`: that is a method every element has. */
    @api candidates: readonly Gangway.MatchView[] = [];
    @api isDisabled = false;
    readonly labels = { blocked: BLOCKED, link: LINK };

    get rows(): object[] {
        return [...this.candidates]
            .sort((a, b) => b.score - a.score)
            .map((match) => ({
                key: match.customer.number,
                number: match.customer.number,
                name: match.name,
                system: fill(SYSTEM, displayNumber(match.customer.number), match.customer.system),
                address: [match.street, `${match.postalCode} ${match.city}`.trim(), match.country]
                    .filter((part) => part !== '')
                    .join(', '),
                score: match.score,
                scoreText: fill(SCORE, match.score),
                reasons: match.reasons.map((reason) => ({
                    key: reason.field,
                    text: fill(reason.kind === 'same' ? SAME : SIMILAR, fieldWords.get(reason.field) ?? reason.field),
                })),
                isBlocked: match.isBlocked,
                linkLabel: fill(LINK_LABEL, match.name, displayNumber(match.customer.number)),
            }));
    }
    handleLink(event: Event): void {
        const { currentTarget } = event;
        const number = currentTarget instanceof HTMLElement ? currentTarget.dataset.number : undefined;
        if (number !== undefined) this.dispatchEvent(new CustomEvent('link', { detail: { number } }));
    }
}
