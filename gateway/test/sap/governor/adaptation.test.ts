import { describe, expect, test } from '@jest/globals';
import { Adaptation } from '../../../src/sap/governor/adaptation.ts';
import type { CallEnd } from '../../../src/sap/governor/adaptation.ts';
import { ManualClock } from '../../agent/execute/manual-clock.ts';

type TimeOf = (functionName: string, company: number) => number;

/** An SAP under constant demand: whatever may be taken is taken, and each answer takes what `timeOf` says. */
class BusySap {
  readonly clock = new ManualClock();
  readonly adaptation: Adaptation;
  readonly #granted: number;
  readonly #functions: readonly string[];
  timeOf: TimeOf;
  sign: CallEnd['sign'] = 'answered';
  running = 0;
  isAsked = true;
  #calls = 0;

  constructor(granted: number, slowAboveMs: number, functions: readonly string[], timeOf: TimeOf) {
    this.adaptation = new Adaptation(this.clock, slowAboveMs);
    this.#granted = granted;
    this.#functions = functions;
    this.timeOf = timeOf;
  }

  get taken(): number {
    return this.adaptation.take(this.#granted, this.running);
  }

  /** What is taken, second by second. */
  async run(seconds: number): Promise<readonly number[]> {
    const taken: number[] = [];
    for (let second = 0; second < seconds; second += 1) {
      this.#fill();
      await this.clock.pass(1_000);
      taken.push(this.taken);
    }
    return taken;
  }

  #fill(): void {
    while (this.isAsked && this.running < this.taken) {
      this.running += 1;
      const functionName = this.#functions[this.#calls++ % this.#functions.length] ?? '';
      const [beganMs, company] = [this.clock.monotonic(), this.running];
      const durationMs = this.timeOf(functionName, company);
      this.clock.after(durationMs, () => {
        this.running -= 1;
        this.adaptation.note({ functionName, beganMs, durationMs, company, sign: this.sign });
        this.#fill();
      });
    }
  }
}

const last = (numbers: readonly number[], count: number): readonly number[] => numbers.slice(-count);

describe('what is taken of what is granted', () => {
  test('is all of it while SAP is quick', async () => {
    const sap = new BusySap(16, 3_000, ['A'], () => 200);
    expect(new Set(await sap.run(120))).toEqual(new Set([16]));
    expect(sap.adaptation.because).toBe('');
  });

  test('falls within seconds when SAP becomes slow, to one at last, and says why', async () => {
    const sap = new BusySap(16, 3_000, ['A', 'B'], () => 200);
    await sap.run(60);
    sap.timeOf = () => 9_000;
    await sap.run(12);
    expect(sap.taken).toBeLessThan(16);
    expect(sap.adaptation.because).toMatch(/answers take 9\.0 s in the middle, and more than 3\.0 s is slow/);
    const taken = await sap.run(300);
    expect(Math.min(...taken)).toBe(1);
  });

  test('rises slowly when SAP is quick again, and never above what is granted', async () => {
    const sap = new BusySap(8, 3_000, ['A'], () => 200);
    await sap.run(60);
    sap.timeOf = () => 9_000;
    const low = (await sap.run(200)).at(-1) ?? 0;
    sap.timeOf = () => 200;
    const taken = await sap.run(400);
    expect(low).toBeLessThanOrEqual(2);
    for (const [index, now] of taken.entries()) expect(now - (taken[index - 1] ?? low)).toBeLessThanOrEqual(1);
    expect(taken.slice(0, 15)).not.toContain(8);
    expect(taken.at(-1)).toBe(8);
    expect(Math.max(...taken)).toBe(8);
  });

  test.each([
    ['grows evenly with the load', (_: string, company: number) => company * 400],
    ['grows with the square of the load', (_: string, company: number) => 100 + company * company * 40],
    ['falls off a cliff at ten', (_: string, company: number) => (company > 10 ? 8_000 : 300)],
  ])('comes to rest when the response time %s', async (_, timeOf) => {
    const sap = new BusySap(16, 3_000, ['A', 'B', 'C'], timeOf);
    const taken = await sap.run(1_200);
    const settled = last(taken, 280);
    expect(Math.max(...settled) - Math.min(...settled)).toBeLessThanOrEqual(1);
    // At rest where SAP is not slow, and not far below.
    const middle = [...settled].sort((a, b) => a - b)[140] ?? 0;
    expect(timeOf('A', middle)).toBeLessThanOrEqual(3_000);
    expect(timeOf('A', middle * 1.6)).toBeGreaterThan(2_100);
  });

  test('stays where it is while answers are near the limit, without trying more again and again', async () => {
    const sap = new BusySap(16, 3_000, ['A', 'B', 'C'], (_, company) => company * 400);
    await sap.run(120);
    expect(new Set(await sap.run(1_500)).size).toBe(1);
  });

  test('is not less because one function of several is always slow', async () => {
    const sap = new BusySap(8, 3_000, ['QUICK', 'QUICKER', 'REPORT'], (name) => (name === 'REPORT' ? 12_000 : 100));
    expect(new Set(await sap.run(300))).toEqual(new Set([8]));
  });

  test('is all of it again once it is known that the only function is always slow', async () => {
    const sap = new BusySap(8, 3_000, ['REPORT'], () => 8_000);
    const taken = await sap.run(1_800);
    expect(taken.at(-1)).toBe(8);
    sap.timeOf = () => 20_000;
    expect(Math.min(...(await sap.run(300)))).toBeLessThan(8);
  });

  test('is half at once when SAP has no free work process, once for all calls that were under way', async () => {
    const sap = new BusySap(16, 3_000, ['A'], () => 500);
    await sap.run(10);
    sap.sign = 'exhausted';
    await sap.clock.pass(500);
    sap.sign = 'answered';
    expect(sap.taken).toBe(8);
    expect(sap.adaptation.because).toMatch(/no free work process/);
  });

  test('is less when locks come in numbers, and not for one', async () => {
    const clock = new ManualClock();
    const adaptation = new Adaptation(clock, 3_000);
    const end = (sign: CallEnd['sign']): void =>
      adaptation.note({ functionName: 'A', beganMs: clock.monotonic(), durationMs: 10, company: 1, sign });
    const passing = async (...signs: readonly CallEnd['sign'][]): Promise<number> => {
      for (const sign of signs) end(sign);
      await clock.pass(1_000);
      return adaptation.take(10, 0);
    };
    const fine = Array<'answered'>(9).fill('answered');
    expect(await passing(...fine, 'locked', ...fine)).toBe(10);
    expect(await passing('locked', 'locked', 'locked', 'locked')).toBe(7);
    expect(adaptation.because).toMatch(/locked by others/);
  });

  test('is less when callers give up before an answer could be slow', async () => {
    const sap = new BusySap(8, 3_000, ['A'], () => 100);
    sap.isAsked = false;
    for (let call = 0; call < 30; call += 1)
      sap.adaptation.note({
        ...{ functionName: 'A', beganMs: sap.clock.monotonic(), durationMs: 100, company: 1, sign: 'answered' },
      });
    sap.isAsked = true;
    sap.timeOf = () => 1_000;
    sap.sign = 'unanswered';
    await sap.run(5);
    expect(sap.taken).toBeLessThan(8);
  });

  test('does not rise while calls hang without an answer', async () => {
    const sap = new BusySap(8, 3_000, ['A'], () => 200);
    await sap.run(30);
    sap.timeOf = () => 9_000;
    await sap.run(20);
    const before = sap.taken;
    sap.timeOf = () => 10_000_000;
    await sap.run(60);
    expect(sap.taken).toBeLessThanOrEqual(before);
  });

  test('rises while nobody asks anything', async () => {
    const sap = new BusySap(8, 3_000, ['A'], () => 9_000);
    await sap.run(60);
    expect(sap.taken).toBeLessThan(8);
    sap.isAsked = false;
    await sap.clock.pass(20_000);
    await sap.run(300);
    expect(sap.taken).toBe(8);
  });
});
