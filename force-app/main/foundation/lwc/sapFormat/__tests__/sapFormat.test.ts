import {
    codedWords,
    displayNumber,
    fill,
    formatAge,
    formatDay,
    formatInstant,
    formatMoney,
    formatPercent,
    formatQuantity,
} from 'c/sapFormat';

const spaced = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');
const money = (amount: string, currency: string): string => spaced(formatMoney({ amount, currency }));

describe('amounts', () => {
    it.each([
        ['10999.50', 'EUR', '€10,999.50'],
        ['-1190.00', 'EUR', '-€1,190.00'],
        ['0.00', 'USD', '$0.00'],
        ['1000', 'JPY', '¥1,000'],
        ['12.500', 'KWD', 'KWD 12.500'],
        ['250000.00', 'CHF', 'CHF 250,000.00'],
    ])('%s %s reads %s', (amount, currency, expected) => {
        expect(money(amount, currency)).toBe(expected);
    });

    it('keeps every digit where a float would not', () => {
        expect(money('12345678901234567890.12', 'EUR')).toBe('€12,345,678,901,234,567,890.12');
        expect(money('9007199254740993', 'JPY')).toBe('¥9,007,199,254,740,993');
        expect(money('0.1000000000000000055', 'EUR')).toBe('€0.1000000000000000055');
    });

    it('shows more decimals than the currency has rather than rounding', () => {
        expect(money('1.005', 'EUR')).toBe('€1.005');
    });

    it('shows a currency that is not ISO by its code', () => {
        expect(money('12.50', 'EUR4')).toBe('12.50 EUR4');
    });

    it('shows what is no number as it came', () => {
        expect(formatPercent('n/a')).toBe('n/a');
    });
});

describe('quantities and percentages', () => {
    it('drops only the zeros that fill the field', () => {
        expect(formatQuantity({ value: '800.000', unit: 'ST' })).toBe('800 ST');
        expect(formatQuantity({ value: '0.500', unit: 'KG' })).toBe('0.5 KG');
        expect(formatQuantity({ value: '1200', unit: 'ST' })).toBe('1,200 ST');
        expect(formatQuantity({ value: '100', unit: '' })).toBe('100');
    });
    it('shows percentages with their decimals', () => {
        expect(formatPercent('95.6')).toBe('95.6%');
        expect(formatPercent('100')).toBe('100%');
    });
});

describe('days and instants', () => {
    it('shows a calendar day as that day in every zone', () => {
        expect(formatDay('2026-11-21')).toBe('Nov 21, 2026');
        expect(formatDay('2026-01-01')).toBe('Jan 1, 2026');
    });
    it('shows an instant exactly, in the zone of the user', () => {
        expect(spaced(formatInstant('2026-11-21T09:30:12.000Z'))).toBe('Nov 21, 2026, 10:30:12 AM GMT+1');
    });

    const now = Date.parse('2026-11-21T12:00:00Z');
    it.each([
        ['2026-11-21T12:00:30Z', 'just now'],
        ['2026-11-21T11:59:01Z', 'just now'],
        ['2026-11-21T11:59:00Z', '1 minute ago'],
        ['2026-11-21T11:55:00Z', '5 minutes ago'],
        ['2026-11-21T09:00:00Z', '3 hours ago'],
        ['2026-11-20T12:00:00Z', '1 day ago'],
        ['2026-10-12T12:00:00Z', '40 days ago'],
    ])('%s was %s', (instant, expected) => {
        expect(formatAge(instant, now)).toBe(expected);
    });
});

describe('numbers and codes', () => {
    it('drops leading zeros of numbers, and leaves letters and zero alone', () => {
        expect(displayNumber('0000104711')).toBe('104711');
        expect(displayNumber('WEB4711')).toBe('WEB4711');
        expect(displayNumber('0000000000')).toBe('0');
    });
    it('shows a code where SAP has no words', () => {
        expect(codedWords({ code: '01', text: 'Credit limit' })).toBe('Credit limit (01)');
        expect(codedWords({ code: '01', text: null })).toBe('01');
        expect(codedWords({ code: '01', text: '' })).toBe('01');
    });
    it('fills placeholders, and leaves one without a value visible', () => {
        expect(fill('{0} of {1}', 'a$&', 2)).toBe('a$& of 2');
        expect(fill('{0} {1}', 'a')).toBe('a {1}');
    });
});
