/** All of a customer's credit: blocks, each credit account, what is unpaid, the terms. */
import { LightningElement, api } from 'lwc';
import { signOf } from 'c/decimalAmount';
import { codedWords, displayNumber, fill, formatSalesArea } from 'c/sapFormat';
import { isUnknown, moneyWords } from 'c/sapWords';
import COMPANY_CODE from '@salesforce/label/c.Scope_Company_Code';
import CONTROL_AREA from '@salesforce/label/c.Scope_Credit_Control_Area';
import CUSTOMER_AND_NUMBER from '@salesforce/label/c.Credit_Customer_And_Number';
import AVAILABLE from '@salesforce/label/c.Figure_Available';
import NO_ACCOUNT from '@salesforce/label/c.Credit_No_Account';
import NO_TERMS from '@salesforce/label/c.Credit_No_Terms';
import OTHER_ACCOUNT from '@salesforce/label/c.Credit_Other_Account';
import RISK_CLASS from '@salesforce/label/c.Figure_Risk_Class';
import SALES_AREA from '@salesforce/label/c.Scope_Sales_Area';
import SHARED from '@salesforce/label/c.Credit_Shared';
import TERMS from '@salesforce/label/c.Figure_Payment_Terms';

interface AccountRow {
    readonly key: string;
    readonly heading: string;
    readonly account: Gangway.CreditAccount;
    readonly available: string;
    readonly availableClass: string;
    readonly riskClass: string;
    readonly shared: string;
    readonly otherAccount: string;
}

function termsScope(scope: Gangway.CreditBody['paymentTerms'][number]['scope']): string {
    if ('companyCode' in scope) return fill(COMPANY_CODE, scope.companyCode);
    return fill(SALES_AREA, formatSalesArea(scope.salesArea));
}

/** Coloured only where there is an amount; the minus sign says the same. */
function availableClass(available: Gangway.ShownMoney | null): string {
    const amount = available?.amount ?? null;
    if (amount === null) return 'available';
    return signOf(amount) < 0 ? 'available available_negative' : 'available available_positive';
}

export default class CreditSummary extends LightningElement {
    @api credit?: Gangway.CreditBody;
    @api canSeeAmounts = false;

    readonly labels = {
        available: AVAILABLE,
        noAccount: NO_ACCOUNT,
        noTerms: NO_TERMS,
        riskClass: RISK_CLASS,
        terms: TERMS,
    };

    get accounts(): AccountRow[] {
        return (this.credit?.accounts ?? []).map((account) => this.accountRow(account));
    }
    get hasNoAccount(): boolean {
        return this.accounts.length === 0 && !this.isUnknown('accounts');
    }
    get hasNoTerms(): boolean {
        return this.terms.length === 0 && !this.isUnknown('paymentTerms');
    }
    get areReceivablesKnown(): boolean {
        return !this.isUnknown('receivables');
    }
    get terms(): { key: string; scope: string; text: string }[] {
        return (this.credit?.paymentTerms ?? []).map((entry, index) => ({
            key: String(index),
            scope: termsScope(entry.scope),
            text: codedWords(entry.terms),
        }));
    }
    /** "No blocks" may only be said where all could be read. */
    get areBlocksShown(): boolean {
        return (this.credit?.blocks.length ?? 0) > 0 || !this.isUnknown('blocks');
    }
    /** "There is none" may only be said of what could be read; the note below names what could not. */
    private isUnknown(figure: string): boolean {
        return isUnknown(this.credit?.unavailable ?? [], figure);
    }
    private accountRow(account: Gangway.CreditAccount): AccountRow {
        const others = account.sharedWith.map((other) =>
            fill(CUSTOMER_AND_NUMBER, other.name, displayNumber(other.number)),
        );
        const isOther = account.creditAccount !== this.credit?.customer.number;
        return {
            key: `${account.creditControlArea.code} ${account.currency}`,
            heading: account.creditControlArea.text ?? fill(CONTROL_AREA, account.creditControlArea.code),
            account,
            available: moneyWords(account.available, this.canSeeAmounts),
            availableClass: availableClass(account.available),
            riskClass: account.riskClass === null ? '' : codedWords(account.riskClass),
            shared: others.length === 0 ? '' : fill(SHARED, others.join(', ')),
            otherAccount: isOther ? fill(OTHER_ACCOUNT, displayNumber(account.creditAccount)) : '',
        };
    }
}
