import RequestProgress from 'c/requestProgress';
import { contract } from 'test/contract';
import { all, button, clearPage, mount, words } from 'test/page';

afterEach(clearPage);

const verifying = contract('Create_Verifying', 'customer');
const done = contract('Check_Done', 'customer');
const away = contract('Credit_Sap_Away').problem;
const shown = (progress: object): HTMLElement => mount('c-request-progress', RequestProgress, { progress });
const states = (element: HTMLElement): string[] => all(element, '[data-step] .state').map(words);

describe('c-request-progress', () => {
    it('shows what is done, what runs and what follows, and that one need not wait', async () => {
        const element = shown({ request: { ...verifying, status: 'sent', problem: undefined }, isFollowing: true });
        expect(words(element)).toContain(`Request ${verifying.name} is saved`);
        expect(states(element)).toEqual(['Done', 'In progress', 'Waiting']);
        expect(words(element)).toContain('You may close this window at any time');
        await expect(element).toBeAccessible();
    });
    it('explains verifying once, and warns not to create the customer by hand', async () => {
        const element = shown({ request: verifying, isFollowing: true });
        expect(words(element)).toContain('Please do not create it by hand.');
        expect(words(element).match(/was lost/g)).toHaveLength(1);
        await expect(element).toBeAccessible();
    });
    it('shows the number when it is done', () => {
        const element = shown({ request: done, isFollowing: false });
        expect(states(element)).toEqual(['Done', 'Done', 'Done']);
        expect(words(element)).toContain(`Number ${done.customer.display} is written to the Account`);
        expect(button(element, 'Check again')).toBeUndefined();
    });
    it('shows a held request with its reason, and that the customer exists where it does', async () => {
        const held = { ...verifying, status: 'held', problem: away, customer: done.customer };
        const element = shown({ request: held, isFollowing: false });
        expect(states(element)).toEqual(['Done', 'Done', 'Waiting']);
        expect(words(element)).toContain('The request waits for a person.');
        expect(words(element)).toContain(away.advice);
        await expect(element).toBeAccessible();
    });
    it('offers to check again when it has stopped asking, and then shows nothing as running', () => {
        const element = shown({ request: verifying, isFollowing: false });
        const asked = jest.fn();
        element.addEventListener('check', asked);
        expect(words(element)).toContain('This takes longer than usual.');
        expect(states(element)).toEqual(['Done', 'Waiting', 'Waiting']);
        button(element, 'Check again').click();
        expect(asked).toHaveBeenCalledTimes(1);
    });
    it('says that the connection is lost while it goes on', () => {
        const element = shown({ request: verifying, isFollowing: true, problem: away });
        expect(words(element)).toContain(away.title);
    });
});
