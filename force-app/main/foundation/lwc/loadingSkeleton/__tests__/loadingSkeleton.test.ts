import LoadingSkeleton from 'c/loadingSkeleton';
import { all, clearPage, mount, one, words } from 'test/page';

afterEach(clearPage);

it('outlines as many lines as asked for and says that it is loading', async () => {
    const element = mount('c-loading-skeleton', LoadingSkeleton, { lines: 3 });
    expect(all(element, '.bar')).toHaveLength(3);
    expect(words(one(element, '[role="status"]'))).toBe('Loading from SAP');
    await expect(element).toBeAccessible();
});
