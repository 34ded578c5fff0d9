import { isAbove, largestOf, permille, signOf, sumOf, withoutSign } from 'c/decimalAmount';

describe('decimal amounts', () => {
    it('adds exactly where floats do not', () => {
        expect(sumOf(['0.1', '0.2'])).toBe('0.3');
        expect(sumOf(['9007199254740993.01', '0.01'])).toBe('9007199254740993.02');
        expect(sumOf(['-1.005', '1'])).toBe('-0.005');
        expect(sumOf(['1000', '2000'])).toBe('3000');
        expect(sumOf([])).toBe('0');
    });
    it('knows the sign, also of zero in any writing', () => {
        expect(['-0.01', '0.00', '-0.00', '0.001'].map(signOf)).toEqual([-1, 0, 0, 1]);
        expect(withoutSign('-41000.00')).toBe('41000.00');
    });
    it('compares numbers, not texts', () => {
        expect(isAbove('10', '9')).toBe(true);
        expect(isAbove('9.90', '9.9')).toBe(false);
        expect(isAbove('-1', '-2')).toBe(true);
        expect(largestOf(['9', '10.5', '-20'])).toBe('10.5');
        expect(largestOf(['-5'])).toBe('0');
    });
    it('draws nothing below zero and nothing wider than the whole', () => {
        expect(permille('50.00', '100')).toBe(500);
        expect(permille('150', '100')).toBe(1000);
        expect(permille('-1', '100')).toBe(0);
        expect(permille('1', '0')).toBe(0);
        expect(permille('not a number', '100')).toBe(0);
    });
});
