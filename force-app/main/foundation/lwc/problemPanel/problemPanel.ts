/** Shows a problem: what happened, what to do, SAP's own words, and behind a disclosure what support asks for. */
import { LightningElement, api } from 'lwc';
import CODE from '@salesforce/label/c.Problem_Code';
import CORRELATION from '@salesforce/label/c.Problem_Correlation';
import DETAILS from '@salesforce/label/c.Problem_Details';
import LAST_KNOWN from '@salesforce/label/c.Problem_Last_Known';
import SAP_SAYS from '@salesforce/label/c.Problem_Sap_Says';
import FIELDS from '@salesforce/label/c.Problem_Fields';
import TRY_AGAIN from '@salesforce/label/c.Problem_Try_Again';
import WHAT_TO_DO from '@salesforce/label/c.Problem_What_To_Do';
import SEVERITY_WARNING from '@salesforce/label/c.Severity_Warning';
import SEVERITY_ERROR from '@salesforce/label/c.Severity_Error';

export default class ProblemPanel extends LightningElement {
    @api problem?: Gangway.ProblemView;
    /** True while older data is shown beneath. */
    @api hasData = false;
    @api canRetry = false;

    readonly labels = {
        code: CODE,
        correlation: CORRELATION,
        details: DETAILS,
        fields: FIELDS,
        lastKnown: LAST_KNOWN,
        sapSays: SAP_SAYS,
        tryAgain: TRY_AGAIN,
        whatToDo: WHAT_TO_DO,
    };

    /** What passes by itself is a warning; what needs a person is an error. */
    private get isPassing(): boolean {
        return this.problem?.disposition === 'retry' || this.problem?.disposition === 'verify';
    }
    get frameClass(): string {
        return this.isPassing ? 'problem problem_passing' : 'problem problem_lasting';
    }
    get iconName(): string {
        return this.isPassing ? 'utility:warning' : 'utility:error';
    }
    get iconVariant(): string {
        return this.isPassing ? 'warning' : 'error';
    }
    get severity(): string {
        return this.isPassing ? SEVERITY_WARNING : SEVERITY_ERROR;
    }
    get sapMessages(): { key: string; text: string; source: string }[] {
        return (this.problem?.sapMessages ?? []).map((message, index) => ({
            key: String(index),
            text: message.text,
            source: `${message.type} ${message.id} ${message.number}`,
        }));
    }
    get hasSapMessages(): boolean {
        return this.sapMessages.length > 0;
    }
    get issues(): { key: string; text: string }[] {
        return (this.problem?.issues ?? []).map((issue, index) => ({
            key: String(index),
            text: issue.path === '' ? issue.message : `${issue.path}: ${issue.message}`,
        }));
    }
    get hasIssues(): boolean {
        return this.issues.length > 0;
    }
    handleRetry(): void {
        this.dispatchEvent(new CustomEvent('retry'));
    }
}
