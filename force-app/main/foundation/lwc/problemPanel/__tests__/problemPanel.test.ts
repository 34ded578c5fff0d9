import ProblemPanel from 'c/problemPanel';
import { all, button, clearPage, mount, one, words } from 'test/page';
import { contract } from 'test/contract';

afterEach(clearPage);

const refused = contract('Create_Refused', 'customer').problem;
const away = contract('Credit_Sap_Away').problem;

describe('c-problem-panel', () => {
    it("shows title, SAP's own message with its number, and what to do", async () => {
        const element = mount('c-problem-panel', ProblemPanel, { problem: refused });
        const text = words(element);
        expect(text).toContain('SAP refused the data.');
        expect(text).toContain('Enter a postal code of 4 digits for country NO');
        expect(text).toContain('E AM 124');
        expect(text).toContain(refused.advice);
        await expect(element).toBeAccessible();
    });
    it('keeps code and correlation id behind a disclosure', () => {
        const element = mount('c-problem-panel', ProblemPanel, { problem: refused });
        const details = one(element, 'details');
        expect(details.open).toBe(false);
        expect(words(details)).toContain('SAP_REFUSED');
        expect(words(details)).toContain(refused.correlationId);
    });
    it('says that older data is shown beneath, and only then', () => {
        expect(words(mount('c-problem-panel', ProblemPanel, { problem: away, hasData: true }))).toContain('last known');
        expect(words(mount('c-problem-panel', ProblemPanel, { problem: away }))).not.toContain('last known');
    });
    it('names its severity in words, not in colour alone', () => {
        const severities = [away, refused].map((problem) => {
            const element = mount('c-problem-panel', ProblemPanel, { problem });
            return one(element, 'lightning-icon').alternativeText;
        });
        expect(severities).toEqual(['Warning', 'Error']);
    });
    it('offers another try where the caller can give one', () => {
        const element = mount('c-problem-panel', ProblemPanel, { problem: away, canRetry: true });
        const retry = jest.fn();
        element.addEventListener('retry', retry);
        button(element, 'Try again').click();
        expect(retry).toHaveBeenCalledTimes(1);
        expect(button(mount('c-problem-panel', ProblemPanel, { problem: away }), 'Try again')).toBeUndefined();
    });
    it('lists what is wrong with the request', () => {
        const { problem } = contract('Create_Invalid_At_Relay', 'customer');
        const element = mount('c-problem-panel', ProblemPanel, { problem });
        expect(all(element, 'li').map(words)).toEqual(['postalCode: SAP keeps at most 10 characters here']);
    });
    it('shows nothing without a problem', () => {
        expect(words(mount('c-problem-panel', ProblemPanel))).toBe('');
    });
});
