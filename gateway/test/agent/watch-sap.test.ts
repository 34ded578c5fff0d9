/** What the agent makes of SAP naming itself and of functions that have changed, over days of a clock of its own. */
import { expect, test } from '@jest/globals';
import { GatewayError } from '../../src/errors/index.ts';
import type { InspectOptions, InterfaceFinding, SapIdentity, SapInspection } from '../../src/ports/index.ts';
import { sapSystemId } from '../../src/model/index.ts';
import { createMetrics } from '../../src/telemetry/index.ts';
import type { Log } from '../../src/telemetry/index.ts';
import { watchSap } from '../../src/agent/watch-sap.ts';
import { ManualClock } from './execute/manual-clock.ts';

const minuteMs = 60_000;
const system = sapSystemId.parse('ERPCLNT100');

interface World {
  identity: SapIdentity | GatewayError;
  readonly differing: Set<string>;
  /** Of each inspection, what it was asked to look at. */
  readonly looks: (readonly string[] | 'all')[];
}

function start(world: Partial<World> = {}) {
  const clock = new ManualClock();
  const state: World = { identity: { logicalSystem: 'ERPCLNT100' }, differing: new Set(), looks: [], ...world };
  const lines: string[] = [];
  const note = (level: string) => (fields: Readonly<Record<string, unknown>>, sentence: string) =>
    void lines.push([level, fields['code'] ?? '', fields['functionName'] ?? '', sentence].join(' '));
  const log: Log = {
    debug: note('debug'),
    info: note('info'),
    warn: note('warn'),
    error: note('error'),
    child: () => log,
  };
  const inspection: SapInspection = {
    identify: async () => {
      if (state.identity instanceof GatewayError) throw state.identity;
      return state.identity;
    },
    async *inspect(_deadline, { only }: InspectOptions = {}) {
      state.looks.push(only === undefined ? 'all' : [...only]);
      for (const functionName of ['BAPI_A', 'BAPI_B']) {
        if (only?.has(functionName) === false) continue;
        const code = 'SAP_INTERFACE_CHANGED';
        const differs = state.differing.has(functionName);
        const differences = differs ? ['X: expected 1 character, SAP has no such field.'] : [];
        yield {
          functionName,
          features: [],
          state: differs ? 'differs' : 'as-expected',
          differences,
          ...(differs && { code }),
        } satisfies InterfaceFinding;
      }
    },
  };
  const metrics = createMetrics('test');
  const watch = watchSap(inspection, system, { clock, log, metrics });
  return { watch, clock, state, lines, metrics };
}

test('looks at everything at once, and again after a day', async () => {
  const { watch, clock, state } = start();
  await clock.pass(0);
  expect(state.looks).toEqual(['all']);
  await clock.pass(23 * 60 * minuteMs);
  expect(state.looks).toEqual(['all']);
  await clock.pass(61 * minuteMs);
  expect(state.looks).toEqual(['all', 'all']);
  await watch.stop();
});

test('says once that a function differs, counts it, and sees its repair within minutes', async () => {
  const { watch, clock, state, lines, metrics } = start({ differing: new Set(['BAPI_B']) });
  await clock.pass(0);
  const differs =
    'error SAP_INTERFACE_CHANGED BAPI_B A function in SAP is not as expected; it is not called until it is';
  expect(lines).toEqual([differs]);
  expect(await metrics.registry.metrics()).toContain(
    'gangway_sap_function_differs{function="BAPI_B",program="test"} 1',
  );
  await clock.pass(5 * minuteMs);
  expect([state.looks, lines]).toEqual([['all', ['BAPI_B']], [differs]]);
  state.differing.clear();
  await clock.pass(5 * minuteMs);
  expect(lines).toEqual([differs, 'info  BAPI_B A function in SAP may be called again']);
  expect(await metrics.registry.metrics()).toContain(
    'gangway_sap_function_differs{function="BAPI_B",program="test"} 0',
  );
  await watch.stop();
});

test('is not ready while another system answers, says so once, and does not inspect it', async () => {
  const { watch, clock, state, lines } = start({ identity: { logicalSystem: 'QASCLNT100' } });
  await clock.pass(5 * minuteMs);
  expect(watch.isRightSystem).toBe(false);
  expect(lines).toEqual(['error SAP_SYSTEM_MISMATCH  Another SAP system answers; nothing is called there']);
  expect(state.looks).toEqual([]);
  state.identity = { logicalSystem: 'ERPCLNT100' };
  await clock.pass(5 * minuteMs);
  expect([watch.isRightSystem, state.looks]).toEqual([true, ['all']]);
  await watch.stop();
});

test('guesses nothing of a system that does not name itself', async () => {
  const { watch, clock, state } = start({ identity: { systemId: 'QAS' } });
  await clock.pass(0);
  expect([watch.isRightSystem, state.looks]).toEqual([true, ['all']]);
  await watch.stop();
});

test('tries again each minute while SAP is away, and says it once', async () => {
  const { watch, clock, state, lines } = start({ identity: new GatewayError('SAP_UNREACHABLE') });
  await clock.pass(5 * minuteMs);
  expect([lines, watch.isRightSystem]).toEqual([['warn SAP_UNREACHABLE  SAP could not be inspected'], true]);
  state.identity = {};
  await clock.pass(minuteMs);
  expect(state.looks).toEqual(['all']);
  await watch.stop();
});

test('asks no more after a refused logon', async () => {
  const { watch, clock, state, lines } = start({ identity: new GatewayError('SAP_LOGON_REFUSED') });
  await clock.pass(0);
  state.identity = {};
  await clock.pass(60 * minuteMs);
  expect([state.looks, lines.length]).toEqual([[], 1]);
  await watch.stop();
});
