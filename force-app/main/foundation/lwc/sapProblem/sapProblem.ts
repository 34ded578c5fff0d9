/** Anything that was thrown, as a problem a person can act on. */
import NO_ACCESS_TITLE from '@salesforce/label/c.Problem_No_Access_Title';
import NO_ACCESS_ADVICE from '@salesforce/label/c.Problem_No_Access_Advice';
import OFFLINE_TITLE from '@salesforce/label/c.Problem_Offline_Title';
import OFFLINE_ADVICE from '@salesforce/label/c.Problem_Offline_Advice';
import UNEXPECTED_TITLE from '@salesforce/label/c.Problem_Unexpected_Title';
import UNEXPECTED_ADVICE from '@salesforce/label/c.Problem_Unexpected_Advice';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const textOf = (value: unknown, key: string): string | undefined => {
    const found = isRecord(value) ? value[key] : undefined;
    return typeof found === 'string' && found !== '' ? found : undefined;
};

const problem = (
    code: string,
    disposition: Gangway.Disposition,
    title: string,
    advice: string,
): Gangway.ProblemView => ({
    code,
    disposition,
    title,
    advice,
    sapMessages: [],
    issues: [],
});

const noAccessCode = 'SALESFORCE_NO_ACCESS';

/** Whether this user may not see it, whatever SAP would answer; trying again is of no use. */
export const isNoAccess = (view: Gangway.ProblemView | undefined): boolean => view?.code === noAccessCode;

/**
 * What Apex or the platform threw. The platform answers 403 or 404 (and never names the reason) where the user may not
 * run the class or see the record; with status 0 the browser did not reach Salesforce at all.
 */
export function toProblem(thrown: unknown): Gangway.ProblemView {
    const status = isRecord(thrown) ? thrown.status : undefined;
    const body = isRecord(thrown) ? thrown.body : undefined;
    if (status === 401 || status === 403 || status === 404) {
        return problem(noAccessCode, 'hold', NO_ACCESS_TITLE, NO_ACCESS_ADVICE);
    }
    if (status === 0 || thrown instanceof TypeError) {
        return problem('SALESFORCE_UNREACHABLE', 'retry', OFFLINE_TITLE, OFFLINE_ADVICE);
    }
    const message = textOf(body, 'message');
    if (message !== undefined) return problem('UNEXPECTED', 'hold', message, UNEXPECTED_ADVICE);
    return problem('UNEXPECTED', 'hold', UNEXPECTED_TITLE, UNEXPECTED_ADVICE);
}
