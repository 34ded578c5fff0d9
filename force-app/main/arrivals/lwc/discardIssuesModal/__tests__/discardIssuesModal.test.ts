import DiscardIssuesModal from 'c/discardIssuesModal';
import { all, button, clearPage, mount, one, settled, words } from 'test/page';
import type { Loose } from 'test/page';

afterEach(clearPage);

const closedWith = jest.fn();

async function dialog(): Promise<Loose> {
    closedWith.mockReset();
    const element = mount('c-discard-issues-modal', DiscardIssuesModal, { label: 'Discard', names: ['SC-1', 'SC-2'] });
    element.addEventListener('closed', ({ detail }: CustomEvent) => closedWith(detail));
    await settled();
    const [field] = all(element, '[data-field="reason"]');
    Object.assign(field, { setCustomValidity: jest.fn(), reportValidity: jest.fn() });
    return element;
}
const type = (element: Loose, value: string): void =>
    one(element, '[data-field="reason"]').dispatchEvent(new CustomEvent('change', { detail: { value } }));

describe('c-discard-issues-modal', () => {
    it('names what is thrown away and closes with the reason', async () => {
        const element = await dialog();
        expect(words(one(element, '[data-part="names"]'))).toBe('SC-1, SC-2');
        type(element, '  Test data of March ');
        button(element, 'Discard').click();
        expect(closedWith).toHaveBeenCalledWith('Test data of March');
        await expect(element).toBeAccessible();
    });
    it('says what each of them is about', async () => {
        const element = await dialog();
        element.subjects = ['Order 4523', 'Invoice 90000321'];
        await settled();
        expect(words(one(element, '[data-part="names"]'))).toBe('Order 4523 (SC-1), Invoice 90000321 (SC-2)');
    });
    it.each(['', '   '])('does not go on with the reason %p', async (reason) => {
        const element = await dialog();
        type(element, reason);
        button(element, 'Discard').click();
        expect(closedWith).not.toHaveBeenCalled();
        expect(one(element, '[data-field="reason"]').reportValidity).toHaveBeenCalled();
    });
    it('closes with nothing when it is cancelled', async () => {
        const element = await dialog();
        type(element, 'a reason');
        button(element, 'Cancel').click();
        expect(closedWith).toHaveBeenCalledWith(null);
    });
});
