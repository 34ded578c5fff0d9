import CardFrame from 'c/cardFrame';
import { button, clearPage, mount, one, words } from 'test/page';
import type { Loose } from 'test/page';

const problem: Gangway.ProblemView = {
    code: 'SALESFORCE_QUEUE_NOT_PERMITTED',
    disposition: 'hold',
    title: 'You may not see it.',
    advice: 'Ask your admin.',
    sapMessages: [],
    issues: [],
};
const frame = (properties: object): Loose =>
    mount('c-card-frame', CardFrame, { heading: 'Figures', iconName: 'standard:orders', ...properties });
const slots = (element: Loose): string[] =>
    ['slot:not([name])', 'slot[name="age"]', 'slot[name="controls"]'].filter((slot) => one(element, slot));

afterEach(clearPage);

describe('c-card-frame', () => {
    it('has no room for content that is not there', async () => {
        const element = frame({ isBusy: true, hasControls: true });
        expect(slots(element)).toEqual(['slot[name="controls"]']);
        expect(one(element, 'c-loading-skeleton')).toBeDefined();
        expect(slots(frame({ hasContent: true, hasAge: true }))).toEqual(['slot:not([name])', 'slot[name="age"]']);
        await expect(element).toBeAccessible();
    });
    it('shows a problem in place of the content or above it, with a way to try again', () => {
        const refreshed = jest.fn();
        const element = frame({ problem, hasControls: true, hasContent: true });
        element.addEventListener('refresh', refreshed);
        expect(words(element)).toContain('You may not see it. Below is the last known state.');
        button(element, 'Try again').click();
        expect(refreshed).toHaveBeenCalledTimes(1);
        expect(words(frame({ problem }))).not.toContain('last known');
    });
    it('shows who has no right to it why, and nothing to press but the refresh', () => {
        const element = frame({ problem, isForbidden: true, hasControls: true });
        expect(words(element)).toContain('Ask your admin.');
        expect(button(element, 'Try again')).toBeUndefined();
        expect(slots(element)).not.toContain('slot[name="controls"]');
    });
    it('says to all what is done, and the rest only to those who listen', () => {
        const hidden = 'slds-assistive-text';
        expect(one(frame({ statusText: 'Up to date' }), '[role="status"]').className).toBe(hidden);
        const shown = one(frame({ statusText: 'Noted for 1', isStatusShown: true }), '[role="status"]');
        expect(shown.className).not.toBe(hidden);
        expect(words(shown)).toBe('Noted for 1');
    });
});
