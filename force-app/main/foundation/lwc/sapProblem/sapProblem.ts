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

/** Codes that say: this user may not, whatever SAP would answer. */
const noAccessCodes: readonly string[] = ['NO_ACCESS', 'ACCESS_DENIED', 'RECORD_NOT_VISIBLE', 'SALESFORCE_NO_ACCESS'];

/** Whether the user lacks a right, so that trying again is of no use. */
export const isNoAccess = (view: Gangway.ProblemView | undefined): boolean =>
    view !== undefined && noAccessCodes.includes(view.code);

/**
 * What Apex or the platform threw. The platform answers 403 or 404 (and never names the reason) where the user may not
 * run the class or see the record; without a status the browser did not reach Salesforce at all.
 */
export function toProblem(thrown: unknown): Gangway.ProblemView {
    const status = isRecord(thrown) ? thrown.status : undefined;
    const body = isRecord(thrown) ? thrown.body : undefined;
    if (status === 401 || status === 403 || status === 404) {
        return problem('NO_ACCESS', 'hold', NO_ACCESS_TITLE, NO_ACCESS_ADVICE);
    }
    const message = textOf(body, 'message');
    if (message !== undefined) return problem('UNEXPECTED', 'hold', message, UNEXPECTED_ADVICE);
    const isOffline = thrown instanceof TypeError || (isRecord(thrown) && thrown.ok === false && status === undefined);
    if (isOffline) return problem('SALESFORCE_UNREACHABLE', 'retry', OFFLINE_TITLE, OFFLINE_ADVICE);
    return problem('UNEXPECTED', 'hold', UNEXPECTED_TITLE, UNEXPECTED_ADVICE);
}
