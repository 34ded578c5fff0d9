/** Asking the pack for what changed: when, from where, and what is kept with it. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { Writable } from 'node:stream';
import { createReceiveMetrics, Intake, startChangesPoll } from '../../../src/agent/receive/index.ts';
import type { ChangesPoll } from '../../../src/agent/receive/index.ts';
import { GatewayError } from '../../../src/errors/index.ts';
import type { ErrorCode } from '../../../src/errors/index.ts';
import type { Arrival, ChangesPage } from '../../../src/ports/index.ts';
import { createLog, createMetrics } from '../../../src/telemetry/index.ts';
import { Deadline, systemClock } from '../../../src/timing/index.ts';
import { until } from '../../flows/stack.ts';
import { system } from './plain-changes.ts';
import { QueueInMemory } from './queue-in-memory.ts';

const documentOf = (number: number) => ({
  source: {
    kind: 'change' as const,
    sender: system,
    number: String(number),
    type: 'changes since',
    createdAt: '2026-11-21T10:00:00Z',
  },
  contentHash: String(number).padStart(64, '0'),
  changes: [],
});
const row = (number: number): Arrival => ({ document: documentOf(number) });

/** What SAP is asked, and what it says next; a code is thrown, and the last one goes on. */
function sapSaying(...answers: readonly (Partial<ChangesPage> | ErrorCode)[]) {
  const asked: (string | undefined)[] = [];
  return {
    asked,
    changesSince: (position: string | undefined): Promise<ChangesPage> => {
      const answer = answers[Math.min(asked.length, answers.length - 1)];
      asked.push(position);
      if (typeof answer === 'string') return Promise.reject(new GatewayError(answer));
      return Promise.resolve({ arrivals: [], position: position ?? 'now', hasMore: false, ...answer });
    },
  };
}

let polls: ChangesPoll[] = [];
let lines = '';
function start(sap: ReturnType<typeof sapSaying>, queue: QueueInMemory, isOurs = () => true): ChangesPoll {
  lines = '';
  const sink = new Writable({
    write: (chunk: Buffer, _, done) => {
      lines += chunk.toString();
      done();
    },
  });
  const measure = createReceiveMetrics(createMetrics('agent'));
  const log = createLog('agent', { level: 'info' }, sink);
  const parts = { system, changes: sap, queue, isOurs, measure, log, clock: systemClock };
  const poll = startChangesPoll({ pollMs: 5 }, { ...parts, intake: new Intake({ queue, measure }) });
  polls.push(poll);
  return poll;
}
afterEach(async () => {
  for (const poll of polls) await poll.drain(Deadline.in(systemClock, 1_000));
  polls = [];
});
const kept = (queue: QueueInMemory): string | undefined => queue.checkpoints.get('changes-since:ERPCLNT100');
const when = <T>(look: () => T, isSo: (seen: T) => boolean): Promise<T> => until(() => Promise.resolve(look()), isSo);

describe('the position', () => {
  test('is kept with the last of the changes before it, and asked from next', async () => {
    const queue = new QueueInMemory();
    const sap = sapSaying(
      { arrivals: [row(1), row(2)], position: 'a', hasMore: true },
      { arrivals: [row(3)], position: 'b' },
      {},
    );
    start(sap, queue);
    await when(
      () => sap.asked.length,
      (count) => count >= 3,
    );
    expect(sap.asked.slice(0, 3)).toEqual([undefined, 'a', 'b']);
    expect(queue.numbers).toEqual(['1', '2', '3']);
    expect(kept(queue)).toBe('b');
  });

  test('goes no further while the queue keeps nothing', async () => {
    const queue = new QueueInMemory();
    queue.gate = () => Promise.reject(new GatewayError('QUEUE_FULL'));
    const sap = sapSaying({ arrivals: [row(1)], position: 'a' });
    const poll = start(sap, queue);
    await when(
      () => lines,
      (said) => said.includes('QUEUE_FULL'),
    );
    queue.gate = () => Promise.resolve();
    poll.goOn();
    await when(
      () => kept(queue),
      (position) => position === 'a',
    );
    expect(sap.asked.slice(0, 2)).toEqual([undefined, undefined]);
  });

  test('goes on over a row that cannot be understood, which is kept aside', async () => {
    const queue = new QueueInMemory();
    const { source, contentHash } = documentOf(1);
    const refused = { source, contentHash, error: new GatewayError('IDOC_VALUE_INVALID') };
    start(sapSaying({ arrivals: [{ refused }, row(2)], position: 'a' }, {}), queue);
    await when(
      () => kept(queue),
      (position) => position === 'a',
    );
    expect(queue.refusals).toHaveLength(1);
    expect(queue.numbers).toEqual(['2']);
  });

  test('is kept when nothing changed but the time', async () => {
    const queue = new QueueInMemory();
    start(sapSaying({ position: 'later' }, {}), queue);
    await when(
      () => kept(queue),
      (position) => position === 'later',
    );
  });
});

describe('an agent without the lease', () => {
  test('brings nothing, and notes where SAP stands for the time when it takes over', async () => {
    const queue = new QueueInMemory();
    let isOurs = false;
    const sap = sapSaying({ position: 'start', arrivals: [row(1)] }, { position: 'then', arrivals: [row(2)] }, {});
    const poll = start(sap, queue, () => isOurs);
    await poll.ready();
    expect(kept(queue)).toBe('start');
    expect(queue.numbers).toEqual([]);
    isOurs = true;
    await when(
      () => kept(queue),
      (position) => position === 'then',
    );
    expect(sap.asked.slice(0, 2)).toEqual([undefined, 'start']);
    expect(queue.numbers).toEqual(['2']);
  });

  test('that has asked before keeps its own last position', async () => {
    const queue = new QueueInMemory();
    await queue.remember({ name: 'changes-since:ERPCLNT100', value: 'mine' });
    const poll = start(sapSaying({ position: 'now' }), queue, () => false);
    await poll.ready();
    expect(kept(queue)).toBe('mine');
  });
});

describe('SAP that gives no answer', () => {
  test.each(['SAP_UNREACHABLE', 'SAP_PACK_MISSING', 'SAP_NOT_AUTHORIZED', 'SAP_LOGON_REFUSED'] as const)(
    'is told once, and asked again when an operator says so: %s',
    async (code) => {
      const queue = new QueueInMemory();
      const sap = sapSaying(code, code, { position: 'a' });
      const poll = start(sap, queue);
      await when(
        () => lines,
        (said) => said.includes(code),
      );
      expect(poll.isOpen).toBe(false);
      poll.goOn();
      await when(
        () => sap.asked.length,
        (count) => count >= 2,
      );
      poll.goOn();
      await when(
        () => kept(queue),
        (position) => position === 'a',
      );
      expect(lines.match(new RegExp(code, 'g'))).toHaveLength(1);
      expect(lines).toContain('asked for changes again');
    },
  );

  test('because it is paused is asked again by itself', async () => {
    const queue = new QueueInMemory();
    start(sapSaying('SAP_PAUSED', 'SAP_PAUSED', { position: 'a' }), queue);
    await when(
      () => kept(queue),
      (position) => position === 'a',
    );
  });
});
