/** The gate: so many run, so many wait, the rest are told. */
import { describe, expect, it } from '@jest/globals';
import { CallGate } from '../../src/agent/call-gate.ts';
import { Deadline, systemClock } from '../../src/timing/index.ts';
import { createMoment } from '../relay/moment.ts';

const soon = (): Deadline => Deadline.in(systemClock, 10_000);

describe('the gate', () => {
  it('lets waiting calls in by order of arrival, never more at once than granted', async () => {
    const gate = new CallGate({ calls: 2, waiting: 10 }, systemClock);
    const order: number[] = [];
    let running = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 8 }, (_unused, index) =>
        gate.run(soon(), async () => {
          running += 1;
          most = Math.max(most, running);
          order.push(index);
          await new Promise((resolve) => setImmediate(resolve));
          running -= 1;
        }),
      ),
    );
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(2);
  });

  it('refuses one more than may wait, and takes calls again when there is room', async () => {
    const gate = new CallGate({ calls: 1, waiting: 1 }, systemClock);
    const held = createMoment();
    const running = gate.run(soon(), () => held.promise);
    const waiting = gate.run(soon(), () => Promise.resolve('waited'));
    await expect(gate.run(soon(), () => Promise.resolve())).rejects.toMatchObject({ code: 'AGENT_BUSY' });
    held.resolve();
    await running;
    expect(await waiting).toBe('waited');
    expect(await gate.run(soon(), () => Promise.resolve('again'))).toBe('again');
  });

  it('never begins a call whose deadline passed while it waited', async () => {
    const gate = new CallGate({ calls: 1, waiting: 1 }, systemClock);
    const held = createMoment();
    const running = gate.run(soon(), () => held.promise);
    let isBegun = false;
    const late = gate.run(Deadline.in(systemClock, 5), () => {
      isBegun = true;
      return Promise.resolve();
    });
    await expect(late).rejects.toMatchObject({ code: 'DEADLINE_PASSED' });
    held.resolve();
    await running;
    await gate.run(soon(), () => Promise.resolve());
    expect(isBegun).toBe(false);
  });

  it('gives the place of a failed call to the next', async () => {
    const gate = new CallGate({ calls: 1, waiting: 2 }, systemClock);
    const failing = gate.run(soon(), () => Promise.reject(new Error('broken')));
    const next = gate.run(soon(), () => Promise.resolve('next'));
    await expect(failing).rejects.toThrow('broken');
    expect(await next).toBe('next');
  });
});
