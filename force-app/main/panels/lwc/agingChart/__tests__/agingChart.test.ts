import AgingChart from 'c/agingChart';
import { all, clearPage, mount, words } from 'test/page';

afterEach(clearPage);

const bucket = (fromDays: number, toDays: number | null, amount: string): object => ({
    fromDays,
    toDays,
    amount: { amount, currency: 'EUR' },
});

it('draws each bucket relative to the largest, and nothing for a credit balance', async () => {
    const buckets = [
        bucket(0, 0, '200.00'),
        bucket(1, 30, '50.00'),
        bucket(31, 60, '-10.00'),
        bucket(61, null, '0.00'),
    ];
    const element = mount('c-aging-chart', AgingChart, { buckets, canSeeAmounts: true });
    expect(all(element, 'rect').map((rect) => rect.getAttribute('width'))).toEqual(['1000', '250', '0', '0']);
    expect(all(element, 'tbody tr').map(words)).toEqual([
        'Not due yet €200.00',
        '1 to 30 days €50.00',
        '31 to 60 days -€10.00',
        'Over 60 days €0.00',
    ]);
    await expect(element).toBeAccessible();
});
