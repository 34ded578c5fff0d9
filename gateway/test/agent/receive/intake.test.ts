/** From what arrives to what is on disk: in batches, one after the other, and nothing acknowledged that is not kept. */
import { describe, expect, test } from '@jest/globals';
import { createReceiveMetrics, Intake } from '../../../src/agent/receive/index.ts';
import { GatewayError } from '../../../src/errors/index.ts';
import { recordKey, sapSystemId } from '../../../src/model/index.ts';
import type { ArrivedDocument } from '../../../src/model/index.ts';
import type { Arrival } from '../../../src/ports/index.ts';
import { createMetrics } from '../../../src/telemetry/index.ts';
import { settle } from '../execute/manual-clock.ts';
import { QueueInMemory } from './queue-in-memory.ts';

const system = sapSystemId.parse('ERPCLNT100');
const key = recordKey.parse({ system, kind: 'customer', id: '0000104711' });
const order = '2026-11-21T10:15:00.000Z#00000000000000000001' as ArrivedDocument['changes'][number]['order'];
const sourceOf = (number: number) => ({
  ...{ kind: 'idoc' as const, sender: system, number: String(number), type: 'DEBMAS' },
  createdAt: '2026-11-21T10:15:00Z',
});

/** A document with so many changes, each with a name of so many characters. */
function documentOf(number: number, changes = 0, characters = 0): Arrival {
  const fields = { name: 'x'.repeat(characters) };
  const change = { key, facet: 'master' as const, order, fields, isRemoved: false, parents: [] };
  const contentHash = String(number).padStart(64, '0');
  return { document: { source: sourceOf(number), contentHash, changes: Array(changes).fill(change) } };
}
const refusalOf = (number: number): Arrival => ({
  refused: { source: sourceOf(number), contentHash: '0'.repeat(64), error: new GatewayError('IDOC_VALUE_INVALID') },
});
const range = <T>(count: number, make: (number: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index + 1));

const checkpoint = { name: 'position', value: 'after all' };
function open() {
  const queue = new QueueInMemory();
  const metrics = createMetrics('agent');
  return { queue, metrics, intake: new Intake({ queue, measure: createReceiveMetrics(metrics) }) };
}

/** The first call fails, the others do not. */
function failOnce(queue: QueueInMemory, error: GatewayError): void {
  queue.gate = () => {
    queue.gate = () => Promise.resolve();
    return Promise.reject(error);
  };
}

describe('a batch', () => {
  test('that cannot be kept ends the whole, though the next ones could be', async () => {
    const { queue, intake } = open();
    failOnce(queue, new GatewayError('QUEUE_FULL'));
    const taking = intake.take(
      'http',
      range(250, (number) => documentOf(number)),
      checkpoint,
    );
    await expect(taking).rejects.toMatchObject({ code: 'QUEUE_FULL' });
    expect(queue.numbers).toEqual([]);
    expect(queue.checkpoints.size).toBe(0);
  });

  test('is read while the one before is written, and then nothing more: memory stays as it is', async () => {
    const { queue, intake } = open();
    const disk = Promise.withResolvers<void>();
    queue.gate = () => disk.promise;
    let read = 0;
    function* counted(): Generator<Arrival> {
      for (const arrival of range(450, (number) => documentOf(number))) {
        read += 1;
        yield arrival;
      }
    }
    const taking = intake.take('http', counted());
    await settle();
    expect(read).toBe(200);
    disk.resolve();
    expect(await taking).toEqual({ new: 450, repeated: 0, conflict: 0, refused: 0 });
    expect(queue.batches).toEqual([100, 100, 100, 100, 50]);
  });

  test('has about a million characters at most, and the next one begins anew', async () => {
    const { queue, intake } = open();
    await intake.take(
      'http',
      range(5, (number) => documentOf(number, 1, 600_000)),
    );
    expect(queue.batches).toEqual([2, 2, 1]);
  });

  test('counts changes, too, which cost memory without any text', async () => {
    const { queue, intake } = open();
    await intake.take(
      'http',
      range(4, (number) => documentOf(number, 3_000)),
    );
    expect(queue.batches).toEqual([2, 2]);
  });

  test('has its refusals, each kept once, and no more of them at a time than documents', async () => {
    const { queue, intake } = open();
    let underWay = 0;
    let most = 0;
    queue.gate = async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await settle();
      underWay -= 1;
    };
    const taken = await intake.take('folder', [...range(250, refusalOf), documentOf(1)]);
    expect(taken).toMatchObject({ refused: 250, new: 1 });
    expect(queue.refusals).toHaveLength(250);
    expect(most).toBeLessThanOrEqual(100);
  });
});

describe('the checkpoint', () => {
  test('comes with the last batch and not before', async () => {
    const { queue, intake } = open();
    const seen: (string | undefined)[] = [];
    queue.gate = () => {
      seen.push(queue.checkpoints.get('position'));
      return seen.length === 3 ? Promise.reject(new GatewayError('QUEUE_FULL')) : Promise.resolve();
    };
    const taking = intake.take(
      'poll',
      range(250, (number) => documentOf(number)),
      checkpoint,
    );
    await expect(taking).rejects.toMatchObject({ code: 'QUEUE_FULL' });
    expect(seen).toEqual([undefined, undefined, undefined]);
    expect(queue.checkpoints.size).toBe(0);
    expect(queue.numbers).toHaveLength(200);
  });

  test('does not go past a refusal that is not kept', async () => {
    const { queue, intake } = open();
    failOnce(queue, new GatewayError('QUEUE_FULL'));
    await expect(intake.take('poll', [refusalOf(1)], checkpoint)).rejects.toMatchObject({ code: 'QUEUE_FULL' });
    expect(queue.checkpoints.size).toBe(0);
  });

  test('is not kept where reading failed', async () => {
    const { queue, intake } = open();
    function* cut(): Generator<Arrival> {
      yield documentOf(1);
      throw new GatewayError('IDOC_TRUNCATED');
    }
    await expect(intake.take('poll', cut(), checkpoint)).rejects.toMatchObject({ code: 'IDOC_TRUNCATED' });
    expect(queue.checkpoints.size).toBe(0);
  });
});

describe('when reading fails', () => {
  async function* cut(): AsyncGenerator<Arrival> {
    yield documentOf(1);
    yield refusalOf(2);
    throw new GatewayError('IDOC_TRUNCATED');
  }

  test('what came before is on disk before that is told', async () => {
    const { queue, intake } = open();
    const disk = Promise.withResolvers<void>();
    queue.gate = () => disk.promise;
    let isTold = false;
    const told = intake.take('http', cut()).catch((error: unknown) => {
      isTold = true;
      return error;
    });
    await settle();
    expect(isTold).toBe(false);
    disk.resolve();
    expect(await told).toMatchObject({ code: 'IDOC_TRUNCATED' });
    expect(queue.numbers).toEqual(['1']);
    expect(queue.refusals).toHaveLength(1);
  });

  test('and the queue too, the queue is told: the document may be as it should be', async () => {
    const { queue, intake } = open();
    queue.gate = () => Promise.reject(new GatewayError('QUEUE_FULL'));
    await expect(intake.take('http', cut())).rejects.toMatchObject({ code: 'QUEUE_FULL' });
  });
});

test('types of messages are labels up to fifty, because strangers may send any', async () => {
  const { intake, metrics } = open();
  const typed = (number: number): Arrival => ({
    refused: {
      source: { ...sourceOf(number), type: `TYPE${number}` },
      contentHash: '0'.repeat(64),
      error: new GatewayError('IDOC_VALUE_INVALID'),
    },
  });
  await intake.take('http', range(60, typed));
  const text = await metrics.registry.metrics();
  expect(text).toContain('type="TYPE50"');
  expect(text).not.toContain('type="TYPE51"');
  expect(text).toMatch(/type="other",result="refused",program="agent"\} 10/);
});
