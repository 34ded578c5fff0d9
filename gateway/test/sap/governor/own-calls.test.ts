/** Calls that a driver makes by itself: counted, and within the minute's budget. */
import { expect, test } from '@jest/globals';
import { CallCounter } from '../../../src/sap/governor/counted-connection.ts';
import { defaultGovernorSettings } from '../../../src/sap/governor/default-settings.ts';
import { govern } from '../../../src/sap/governor/governed-connection.ts';
import { Governor } from '../../../src/sap/governor/governor.ts';
import { Deadline } from '../../../src/timing/index.ts';
import { ManualClock, settle } from '../../agent/execute/manual-clock.ts';
import { ScriptedConnection } from './scripted-connection.ts';

test('they ride on the place of the call they are made for, count in the minute, and stand on the day', async () => {
  const [clock, sap] = [new ManualClock(), new ScriptedConnection()];
  const settings = { ...defaultGovernorSettings, workProcesses: 1, callsPerMinute: 60 };
  const governor = new Governor({ settings, timeZone: 'UTC', maxConnections: 8, purposeOf: () => undefined, clock });
  const counter = new CallCounter({ usage: governor.usage, clock, further: () => governor.noteFurtherCall() });
  const connection = govern(counter.count(sap), governor, clock);
  const call = (name: string): Promise<unknown> =>
    connection.call(name, {}, { deadline: Deadline.in(clock, 30_000), effect: 'read' });

  const first = call('READ');
  await settle();
  for (let time = 0; time < 3; time += 1) await counter.ownCall('LEARN', async () => ({ T: [{ A: '1' }] }));
  expect(governor.now.running).toBe(1);
  sap.open[0]?.answer();
  await first;
  const next = call('NEXT');
  await clock.pass(3_500);
  expect(sap.came).toEqual(['READ']);
  await clock.pass(1_000);
  expect(sap.came).toEqual(['READ', 'NEXT']);
  sap.open[0]?.answer();
  await next;
  const learned = governor.takeUsage().find(({ functionName }) => functionName === 'LEARN');
  expect(learned).toMatchObject({ calls: 3, rowsRead: 3, rowsWritten: 0, failures: 0 });
});
