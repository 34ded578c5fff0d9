import LinkCustomer from 'c/linkCustomer';
import { button, clearPage, mount, one } from 'test/page';
import type { Loose } from 'test/page';

afterEach(clearPage);

function enter(number: string, more: object = {}): { element: Loose; linked: jest.Mock } {
    const element = mount('c-link-customer', LinkCustomer, more);
    const linked = jest.fn();
    element.addEventListener('link', (event: CustomEvent) => linked(event.detail));
    one(element, 'lightning-input').dispatchEvent(new CustomEvent('change', { detail: { value: number } }));
    return { element, linked };
}

describe('c-link-customer', () => {
    it.each(['104711', '0000104711', 'WEB4711', ' 104711 '])('hands over %p', async (number) => {
        const { element, linked } = enter(number);
        button(element, 'Link existing customer').click();
        expect(linked).toHaveBeenCalledWith({ number: number.trim() });
        await expect(element).toBeAccessible();
    });
    it.each(['', '0', '0000000000', '12345678901', '104711;', '10 47'])('refuses %p and says why', (number) => {
        const { element, linked } = enter(number);
        button(element, 'Link existing customer').click();
        expect(linked).not.toHaveBeenCalled();
        expect(one(element, 'lightning-input').customValidity).toMatch(/one to ten letters and digits/);
    });
    it('takes Enter for the button, and nothing while it works', () => {
        const press = (element: Loose): void =>
            one(element, 'lightning-input').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
        const free = enter('104711');
        press(free.element);
        expect(free.linked).toHaveBeenCalledTimes(1);
        const busy = enter('104711', { isBusy: true });
        press(busy.element);
        expect(busy.linked).not.toHaveBeenCalled();
    });
});
