import { isNoAccess, toProblem } from 'c/sapProblem';

describe('what was thrown', () => {
    it('is a lost connection when the browser did not reach Salesforce', () => {
        const offline = { ok: false, status: 0, body: { message: 'Disconnected' } };
        expect(toProblem(offline)).toMatchObject({ code: 'SALESFORCE_UNREACHABLE', disposition: 'retry' });
        expect(toProblem(new TypeError('Failed to fetch'))).toMatchObject({ code: 'SALESFORCE_UNREACHABLE' });
    });
    it.each([401, 403, 404])('is missing access when the platform answers %s', (status) => {
        const problem = toProblem({ status, body: { message: 'Internal: Account 001 is private' } });
        expect(isNoAccess(problem)).toBe(true);
        expect(problem.title).toBe('You may not see this.');
    });
    it("keeps Apex's own sentence", () => {
        const problem = toProblem({ status: 500, body: { message: 'The request record is locked.' } });
        expect(problem.title).toBe('The request record is locked.');
        expect(problem.advice).not.toBe('');
        expect(isNoAccess(problem)).toBe(false);
    });
    it.each([undefined, null, 'text', new Error('x'), { status: 500 }, { status: 500, body: { message: '' } }])(
        'is never without a title and advice: %p',
        (thrown) => {
            const { title, advice } = toProblem(thrown);
            expect(title).toBe('Something went wrong.');
            expect(advice).toMatch(/Try again/);
        },
    );
});
