/** Names the figures this SAP system cannot give, with the reason, so that nobody takes a gap for a zero. */
import { LightningElement, api } from 'lwc';
import { fill } from 'c/sapFormat';
import HEADING from '@salesforce/label/c.Unavailable_Heading';
import FIGURE_AND_REASON from '@salesforce/label/c.Unavailable_Figure_And_Reason';
import ABAP_PACK_MISSING from '@salesforce/label/c.Unavailable_Abap_Pack_Missing';
import NOT_AUTHORIZED from '@salesforce/label/c.Unavailable_Not_Authorized';
import NOT_MAINTAINED from '@salesforce/label/c.Unavailable_Not_Maintained';
import AGING from '@salesforce/label/c.Figure_Aging';
import AVAILABLE from '@salesforce/label/c.Figure_Available';
import BLOCKS from '@salesforce/label/c.Figure_Blocks';
import CANCELLATIONS from '@salesforce/label/c.Figure_Cancellations';
import COMPANY_CODES from '@salesforce/label/c.Figure_Company_Codes';
import CREDIT_ACCOUNT from '@salesforce/label/c.Figure_Credit_Account';
import EXPOSURE from '@salesforce/label/c.Figure_Exposure';
import LIMIT from '@salesforce/label/c.Figure_Limit';
import OF_PART from '@salesforce/label/c.Figure_Of_Part';
import OPEN_BILLING from '@salesforce/label/c.Figure_Open_Billing';
import OPEN_DELIVERIES from '@salesforce/label/c.Figure_Open_Deliveries';
import OPEN_ORDERS from '@salesforce/label/c.Figure_Open_Orders';
import OVERDUE from '@salesforce/label/c.Figure_Overdue';
import RECEIVABLES from '@salesforce/label/c.Figure_Receivables';
import RISK_CLASS from '@salesforce/label/c.Figure_Risk_Class';
import SALES_AREAS from '@salesforce/label/c.Figure_Sales_Areas';
import SHARED_WITH from '@salesforce/label/c.Figure_Shared_With';
import SPECIAL_LIABILITIES from '@salesforce/label/c.Figure_Special_Liabilities';
import TERMS from '@salesforce/label/c.Figure_Payment_Terms';
import UTILISATION from '@salesforce/label/c.Figure_Utilisation';

const reasonWords: Readonly<Record<Gangway.UnavailableFigure['reason'], string>> = {
    ABAP_PACK_MISSING,
    NOT_AUTHORIZED,
    NOT_MAINTAINED_IN_SAP: NOT_MAINTAINED,
};

const figureWords: ReadonlyMap<string, string> = new Map([
    ['accounts', CREDIT_ACCOUNT],
    ['aging', AGING],
    ['available', AVAILABLE],
    ['blocks', BLOCKS],
    ['cancellations', CANCELLATIONS],
    ['exposure', EXPOSURE],
    ['total', EXPOSURE],
    ['limit', LIMIT],
    ['openBilling', OPEN_BILLING],
    ['openDeliveries', OPEN_DELIVERIES],
    ['openOrders', OPEN_ORDERS],
    ['overdue', OVERDUE],
    ['receivables', RECEIVABLES],
    ['riskClass', RISK_CLASS],
    ['sharedWith', SHARED_WITH],
    ['specialLiabilities', SPECIAL_LIABILITIES],
    ['paymentTerms', TERMS],
    ['utilisationPercent', UTILISATION],
]);

const partWords: ReadonlyMap<string, string> = new Map([
    ['companyCode', COMPANY_CODES],
    ['salesArea', SALES_AREAS],
]);

/** `exposure.openOrders` is the open orders; a name that is new to us is shown as it is rather than kept quiet. */
function figureName(figure: string): string {
    const [first = '', last] = figure.split('.');
    if (last === undefined) return figureWords.get(first) ?? figure;
    const words = figureWords.get(last);
    if (words !== undefined) return words;
    // `receivables.1000`: of one company code only.
    const whole = figureWords.get(first);
    return whole === undefined ? figure : fill(OF_PART, whole, partWords.get(last) ?? last);
}

export default class UnavailableNote extends LightningElement {
    @api figures: readonly Gangway.UnavailableFigure[] = [];
    readonly heading = HEADING;

    get isShown(): boolean {
        return this.figures.length > 0;
    }
    /** One line per reason: without the ABAP pack six figures are missing for one and the same cause. */
    get lines(): { key: string; text: string }[] {
        const reasons = [...new Set(this.figures.map((figure) => figure.reason))];
        return reasons.map((reason) => {
            const names = this.figures
                .filter((figure) => figure.reason === reason)
                .map((entry) => figureName(entry.figure));
            const text = fill(FIGURE_AND_REASON, [...new Set(names)].join(', '), reasonWords[reason] ?? reason);
            return { key: reason, text };
        });
    }
}
