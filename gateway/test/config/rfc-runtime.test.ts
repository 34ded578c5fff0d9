/** Threads and library folders for the RFC driver, as the environment gives them. */
import { describe, expect, test } from '@jest/globals';
import { rfcRuntime, rfcWarnings } from '../../src/config/rfc-runtime.ts';

type Sap = NonNullable<Parameters<typeof rfcWarnings>[0]>;
// Only these two settings are looked at.
const sap = { driver: 'node-rfc', maxConnections: 8 } as Sap;

describe('what the RFC driver may take of its process', () => {
  test.each([
    [{}, 2],
    [{ UV_THREADPOOL_SIZE: '12' }, 10],
    [{ UV_THREADPOOL_SIZE: '1' }, 1],
    [{ UV_THREADPOOL_SIZE: 'many' }, 2],
    [{ UV_THREADPOOL_SIZE: '99999' }, 1022],
  ])('%j leaves %i calls at once, and two threads for files and names', (environment, threads) => {
    expect(rfcRuntime(environment).threads).toBe(threads);
  });

  test('more connections than threads is a warning that names the figure to set', () => {
    const [warning] = rfcWarnings(sap, {});
    expect(JSON.stringify(warning)).toContain('UV_THREADPOOL_SIZE=10');
    expect(JSON.stringify(warning)).toContain('only 2 will be used');
    expect(rfcWarnings(sap, { UV_THREADPOOL_SIZE: '10' })).toEqual([]);
    expect(rfcWarnings({ ...sap, driver: 'soap' }, {})).toEqual([]);
  });
});
