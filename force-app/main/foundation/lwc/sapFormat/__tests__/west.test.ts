/** West of Greenwich a midnight in UTC is still the day before. */
import { formatDay, formatInstant } from 'c/sapFormat';

jest.mock('@salesforce/i18n/timeZone', () => ({ __esModule: true, default: 'America/Los_Angeles' }), {
    virtual: true,
});

it('shows the moment by the clock of the user, and the day that SAP said', () => {
    expect(formatInstant('2026-11-21T02:00:00Z')).toContain('Nov 20, 2026');
    expect(formatDay('2026-11-21')).toBe('Nov 21, 2026');
});
