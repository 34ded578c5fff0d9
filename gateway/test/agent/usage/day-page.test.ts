import { describe, expect, test } from '@jest/globals';
import { renderDay } from '../../../src/agent/usage/index.ts';
import type { UsageDay } from '../../../src/agent/usage/index.ts';

const morning = Date.parse('2026-11-21T08:00:00Z');
const hours = (calls: Readonly<Record<number, number>>): UsageDay['hours'] =>
  Array.from({ length: 24 }, (_, hour) => ({
    ...{ calls: calls[hour] ?? 0, failures: hour === 9 ? 2 : 0 },
    ...{ mostRunning: hour === 9 ? 5 : 0, mostWaiting: 0 },
  }));
const functionDay = {
  ...{ purpose: 'credit & blocks', calls: 1_200, failures: 2, durationMs: 240_000, rowsRead: 8_000, rowsWritten: 0 },
  ...{ mostRunning: 5, failuresByCode: { SAP_OBJECT_LOCKED: 2 } },
};
const day: UsageDay = {
  ...{ format: 1, system: 'ERPCLNT100', date: '2026-11-21', timeZone: 'Europe/Berlin', updatedAtMs: morning },
  functions: { Z_GANGWAY_CREDIT_READ: functionDay },
  ...{ hours: hours({ 9: 1_150, 10: 50 }), busiestMinute: 90, turnedAway: { AGENT_BUSY: 7 } },
  grants: [{ name: 'night', workProcesses: 12, callsPerMinute: 3_000, bulkWorkProcesses: 10, minutes: 480 }],
  throttled: [{ fromMs: morning, toMs: morning + 60_000, workProcesses: 3, because: 'SAP was slow' }],
  pauses: [{ fromMs: morning, toMs: morning + 90_000, reason: '<img src=x onerror="alert(1)">' }],
};
const empty: UsageDay = {
  ...day,
  ...{ functions: {}, hours: hours({}), busiestMinute: 0, turnedAway: {}, grants: [], throttled: [], pauses: [] },
};

/** As somebody reads it, cell by cell. */
const textOf = (page: string): string =>
  page
    .replace(/<style>[^]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, '|')
    .replace(/\|+/g, '|');

describe('the page of a day', () => {
  const page = renderDay(day);

  test('says what was called, what for, how long, and how many rows', () => {
    expect(textOf(page)).toContain('Z_GANGWAY_CREDIT_READ|credit &amp; blocks|1,200|2|4 min|200 ms|5|8,000|0|');
  });

  test('sets what was used beside what was granted', () => {
    expect(page).toContain('Used at most: 5 work processes at once, and 90 calls in a minute.');
    expect(textOf(page)).toContain('night|8.0 h|12|10|3,000|');
  });

  test("names failures, turned away calls, throttling and pauses, in SAP's time", () => {
    expect(textOf(page)).toContain('SAP_OBJECT_LOCKED|2|Someone else is changing this record in SAP.|');
    expect(textOf(page)).toContain('AGENT_BUSY|7|');
    expect(textOf(page)).toContain('09:00:00|09:01:00|3|SAP was slow|');
    expect(textOf(page)).toContain('09:00:00|09:01:30|&lt;img');
  });

  test('shows the calls by hour in a drawing, and in words for those who do not see it', () => {
    expect(page.match(/<rect class="calls"/g)).toHaveLength(24);
    expect(page).toContain('Most calls, 1150, in the hour from 09:00. By hour: 9 h: 1150, 10 h: 50.');
    expect(page).toMatch(/<svg [^>]*role="img" aria-labelledby="chart-title chart-words">/);
    const heights = [...page.matchAll(/<rect class="calls"[^>]* height="(\d+)"/g)].map(([, height]) => Number(height));
    expect(heights[9]).toBeGreaterThan((heights[10] ?? 0) * 10);
    expect(heights[8]).toBe(0);
  });

  test('needs nothing from elsewhere, runs nothing, and takes what people typed as text', () => {
    expect(page).not.toMatch(/<script|<img|<link|https?:|\son\w+="/);
    expect(page).toContain("default-src 'none'");
  });

  test('of a day without calls says so', () => {
    const nothing = renderDay(empty);
    expect(nothing).toContain('Nothing was called.');
    expect(nothing).toContain('There were no calls.');
    expect(nothing.match(/<p>None\.<\/p>/g)).toHaveLength(4);
    expect(nothing).not.toContain('NaN');
  });
});
