import EmptyState from 'c/emptyState';
import { clearPage, mount, words } from 'test/page';

afterEach(clearPage);

it('says what is missing and why', async () => {
    const element = mount('c-empty-state', EmptyState, {
        heading: 'No sales orders in SAP',
        text: 'They appear here.',
    });
    expect(words(element)).toBe('No sales orders in SAP They appear here.');
    await expect(element).toBeAccessible();
});
