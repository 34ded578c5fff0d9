/** Where Chromium is looked for. */
import { describe, expect, test } from '@jest/globals';
import { findChromium } from '../chromium.ts';

const find = (environment: Record<string, string>, ...present: string[]): string | undefined =>
  findChromium({ environment, exists: (path) => present.includes(path) });

describe('the search for Chromium', () => {
  test('takes what CHROMIUM_PATH names', () => {
    expect(find({ CHROMIUM_PATH: '/opt/c', PATH: '/usr/bin' }, '/opt/c', '/usr/bin/chromium')).toBe('/opt/c');
  });

  test('does not silently take another one when CHROMIUM_PATH is wrong', () => {
    expect(find({ CHROMIUM_PATH: '/opt/c', PATH: '/usr/bin' }, '/usr/bin/chromium')).toBeUndefined();
  });

  test('walks the PATH, and knows that Chrome will do', () => {
    expect(find({ PATH: '/a:/b' }, '/b/google-chrome')).toBe('/b/google-chrome');
    expect(find({ PATH: '/a' }, '/usr/bin/chromium')).toBe('/usr/bin/chromium');
  });

  test('finds nothing where there is nothing', () => {
    expect(find({})).toBeUndefined();
  });
});
