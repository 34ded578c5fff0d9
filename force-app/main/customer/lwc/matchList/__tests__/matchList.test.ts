import MatchList from 'c/matchList';
import { contract } from 'test/contract';
import { all, clearPage, mount, one, words } from 'test/page';

afterEach(clearPage);

const [match] = contract('Matches', 'customer').matches;
const list = (candidates: object[]): HTMLElement => mount('c-match-list', MatchList, { candidates });

describe('c-match-list', () => {
    it('shows who it is, how alike, and why in words', async () => {
        const element = list([match]);
        const text = words(element);
        expect(text).toContain(match.name);
        expect(text).toContain(`SAP customer ${match.customer.display} in ERPCLNT100`);
        expect(text).toContain(`${match.score}% alike`);
        expect(all(element, '.reasons li').map(words)).toHaveLength(match.reasons.length);
        expect(all(element, '.reasons li').map(words)[0]).toMatch(/^(Same|Similar): [A-Z]/);
        await expect(element).toBeAccessible();
    });
    it('puts the likeliest first', () => {
        const element = list([{ ...match, score: 40, customer: { ...match.customer, number: '0000000001' } }, match]);
        expect(all(element, '[data-match]').map((row) => row.dataset.match)).toEqual([
            match.customer.number,
            '0000000001',
        ]);
    });
    it('says that a match is blocked', () => {
        expect(words(list([{ ...match, isBlocked: true }]))).toContain('Blocked in SAP');
        expect(words(list([{ ...match, isBlocked: false }]))).not.toContain('Blocked');
    });
    it('hands over the number of the one that is chosen', () => {
        const element = list([match]);
        const chosen = jest.fn();
        element.addEventListener('link', chosen);
        one(element, 'lightning-button').click();
        expect(chosen.mock.lastCall[0].detail).toEqual({ number: match.customer.number });
    });
    it('leaves out what an address lacks', () => {
        const bare = { ...match, street: '', postalCode: '', country: '' };
        expect(words(one(list([bare]), '.text'))).toContain(` ${match.city} `);
        expect(words(one(list([bare]), '.text'))).not.toContain(',');
    });
});
