import { describe, expect, test } from '@jest/globals';
import { Calendar } from '../../../src/sap/governor/calendar.ts';
import type { CalendarRule, GovernorSettings } from '../../../src/sap/index.ts';
import { chance } from '../../protocol/chance.ts';

const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const minuteMs = 60_000;
const dayMs = 86_400_000;

const settings = (calendar: readonly CalendarRule[]): GovernorSettings => ({
  ...{ workProcesses: 8, callsPerMinute: 1_200, bulkWorkProcesses: 4, waiting: 64, slowAboveMs: 3_000 },
  calendar,
});
const rule = (name: string, when: Partial<CalendarRule>): CalendarRule => ({
  ...{ name, days, from: '00:00', to: '00:00' },
  ...{ workProcesses: 2, callsPerMinute: 60, bulkWorkProcesses: 1 },
  ...when,
});
const nameAt = (calendar: readonly CalendarRule[], timeZone: string, atMs: number): string =>
  new Calendar(settings(calendar), timeZone, 256).at(atMs).name;
const berlin = (text: string): number => Date.parse(text);

describe('the calendar', () => {
  const night = rule('night', { days: ['fri'], from: '22:00', to: '06:00' });

  test.each([
    ['2026-11-20T20:59:00Z', ''],
    ['2026-11-20T21:00:00Z', 'night'],
    ['2026-11-21T04:59:59Z', 'night'],
    ['2026-11-21T05:00:00Z', ''],
    ['2026-11-21T21:00:00Z', ''],
    ['2026-11-19T22:00:00Z', ''],
  ])("a rule over midnight counts for the day on which it begins, in SAP's time zone: %s", (at, name) => {
    expect(nameAt([night], 'Europe/Berlin', berlin(at))).toBe(name);
  });

  test('the first rule that matches holds, and the general figures where none does', () => {
    const calendar = [rule('noon', { from: '12:00', to: '13:00' }), rule('day', { from: '08:00', to: '18:00' })];
    expect(nameAt(calendar, 'UTC', Date.parse('2026-11-20T12:30:00Z'))).toBe('noon');
    expect(nameAt(calendar, 'UTC', Date.parse('2026-11-20T13:00:00Z'))).toBe('day');
    const none = new Calendar(settings(calendar), 'UTC', 256).at(Date.parse('2026-11-20T18:00:00Z'));
    expect(none).toEqual({ name: '', workProcesses: 8, callsPerMinute: 1_200, bulkWorkProcesses: 4 });
  });

  test('a rule whose end is its begin lasts a day', () => {
    const calendar = [rule('saturday', { days: ['sat'], from: '07:00', to: '07:00' })];
    expect(nameAt(calendar, 'UTC', Date.parse('2026-11-21T07:00:00Z'))).toBe('saturday');
    expect(nameAt(calendar, 'UTC', Date.parse('2026-11-22T06:59:00Z'))).toBe('saturday');
    expect(nameAt(calendar, 'UTC', Date.parse('2026-11-22T07:00:00Z'))).toBe('');
  });

  test('a begin that daylight saving leaves out is the moment of the change', () => {
    const calendar = [rule('gap', { from: '02:30', to: '04:00' })];
    expect(nameAt(calendar, 'Europe/Berlin', Date.parse('2026-03-29T00:59:00Z'))).toBe('');
    expect(nameAt(calendar, 'Europe/Berlin', Date.parse('2026-03-29T01:00:00Z'))).toBe('gap');
    expect(nameAt(calendar, 'Europe/Berlin', Date.parse('2026-03-29T02:00:00Z'))).toBe('');
  });

  test('in the hour that comes twice a rule neither flickers nor begins again', () => {
    const calendar = [rule('early', { from: '01:00', to: '02:30' }), rule('late', { from: '02:30', to: '05:00' })];
    const at = (time: string): string => nameAt(calendar, 'Europe/Berlin', Date.parse(`2026-10-25T${time}:00Z`));
    expect([at('00:29'), at('00:30'), at('00:59'), at('01:00'), at('01:29'), at('01:30'), at('03:59')]).toEqual([
      'early',
      ...Array<string>(6).fill('late'),
    ]);
    expect(at('04:00')).toBe('');
  });

  test('never grants more than there are connections', () => {
    const granted = new Calendar(settings([]), 'UTC', 3).at(0);
    expect(granted).toMatchObject({ workProcesses: 3, bulkWorkProcesses: 3 });
  });
});

/** Walks through the minutes of some days and writes down what the clock on the wall shows. */
class Wall {
  readonly dates: readonly string[];
  readonly #firsts = new Map<string, number>();
  readonly #shown: { readonly atMs: number; readonly date: string; readonly time: string }[] = [];

  constructor(timeZone: string, fromMs: number, toMs: number) {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
    for (let atMs = fromMs; atMs < toMs; atMs += minuteMs) {
      const [date = '', time = ''] = format.format(atMs).split(' ');
      this.#shown.push({ atMs, date, time });
    }
    this.dates = [...new Set(this.#shown.map(({ date }) => date))];
  }

  first(date: string, time: string): number {
    const wanted = `${date} ${time}`;
    const known = this.#firsts.get(wanted);
    if (known !== undefined) return known;
    const found = this.#shown.find((each) => `${each.date} ${each.time}` >= wanted)?.atMs ?? Infinity;
    this.#firsts.set(wanted, found);
    return found;
  }
}

function slowly(calendar: readonly CalendarRule[], wall: Wall, atMs: number): string {
  for (const { name, days: on, from, to } of calendar) {
    for (const date of wall.dates) {
      const weekday = days[new Date(date).getUTCDay()];
      const after = new Date(Date.parse(date) + dayMs).toISOString().slice(0, 10);
      const isOn = weekday !== undefined && on.includes(weekday);
      if (isOn && wall.first(date, from) <= atMs && atMs < wall.first(to > from ? date : after, to)) return name;
    }
  }
  return '';
}

/** Days around which the clock changes, forward and back, by an hour, by half of one, by two, at midnight; and a day without. */
const changes: readonly (readonly [string, string])[] = [
  ['Europe/Berlin', '2026-03-29'],
  ['Europe/Berlin', '2026-10-25'],
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Antarctica/Troll', '2026-03-29'],
  ['Antarctica/Troll', '2026-10-25'],
  ['America/Santiago', '2026-04-04'],
  ['America/Santiago', '2026-09-06'],
  ['Africa/Cairo', '2026-04-24'],
  ['Africa/Cairo', '2026-10-30'],
  ['Africa/Casablanca', '2026-02-15'],
  ['America/Havana', '2026-03-08'],
  ['America/Havana', '2026-11-01'],
  ['Asia/Kathmandu', '2026-06-01'],
  ['Pacific/Apia', '2026-06-01'],
];

describe('the calendar says what a slow walk through the minutes says', () => {
  test.each(changes)('in %s around %s', (timeZone, date) => {
    const next = chance(Date.parse(date) + timeZone.length);
    const noon = Date.parse(`${date}T12:00:00Z`);
    const wall = new Wall(timeZone, noon - 4 * dayMs, noon + 4 * dayMs);
    const time = (): string => {
      const [hour, minute] = [Math.floor(next() * 24), Math.floor(next() * 4) * 15];
      return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
    };
    for (let round = 0; round < 40; round += 1) {
      const calendar = ['a', 'b', 'c'].map((name) =>
        rule(name, { days: days.filter(() => next() < 0.6), from: time(), to: time() }),
      );
      for (let look = 0; look < 10; look += 1) {
        // Every second look is within hours of the change.
        const reach = look % 2 === 0 ? dayMs : 1.5 * dayMs;
        const atMs =
          noon + Math.floor(((next() - 0.5) * 2 * reach) / minuteMs) * minuteMs + Math.floor(next() * minuteMs);
        const said = nameAt(calendar, timeZone, atMs);
        const told = { timeZone, at: new Date(atMs).toISOString(), calendar, said };
        expect(told).toEqual({ ...told, said: slowly(calendar, wall, atMs) });
      }
    }
  });
});
