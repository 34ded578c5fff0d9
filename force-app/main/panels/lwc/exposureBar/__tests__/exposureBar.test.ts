import ExposureBar from 'c/exposureBar';
import { withoutAmounts } from 'test/contract';
import { all, clearPage, mount, one } from 'test/page';
import type { Loose } from 'test/page';
import nearLimit from '../../creditSummary/__tests__/data/credit.near-limit.json';
import overdrawn from '../../creditSummary/__tests__/data/credit.shared-and-overdrawn.json';
import withoutPack from '../../creditSummary/__tests__/data/credit.without-pack.json';

afterEach(clearPage);

const bar = (account: object): Loose => mount('c-exposure-bar', ExposureBar, { account, canSeeAmounts: true });
const segments = (element: Loose): [number, number][] =>
    all(element, 'rect:not(.track)').map((rect) => [
        Number(rect.getAttribute('x')),
        Number(rect.getAttribute('width')),
    ]);

describe('the picture of c-exposure-bar', () => {
    it('stacks the parts to scale of the limit', () => {
        expect(segments(bar(nearLimit.accounts[0] ?? {}))).toEqual([
            [0, 458],
            [458, 345],
            [803, 125],
            [928, 16],
            [944, 10],
        ]);
    });
    it('scales to the exposure where it exceeds the limit, and marks the limit', async () => {
        const element = bar(overdrawn.accounts[0] ?? {});
        const drawn = segments(element);
        expect(drawn.reduce((sum, [, width]) => sum + width, 0)).toBeLessThanOrEqual(1000);
        expect(drawn[2]).toEqual([914, 0]);
        expect(one(element, 'line').getAttribute('x1')).toBe('704');
        await expect(element).toBeAccessible();
    });
    it('draws the percentage alone where amounts are hidden', () => {
        expect(segments(bar(withoutAmounts(nearLimit).accounts[0]))).toEqual([[0, 956]]);
    });
    it('draws what is known where parts are not', () => {
        expect(segments(bar(withoutPack.accounts[0] ?? {})).map(([, width]) => width)).toEqual([164, 0, 0, 0, 0]);
    });
});
