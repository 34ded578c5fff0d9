/** Random arrivals, failures, crashes: whatever happens, the org ends with the newest, and every change ends exactly once. */
import { describe, expect, test } from '@jest/globals';
import { GatewayError } from '../../src/errors/index.ts';
import { keyText } from '../../src/model/index.ts';
import type { FieldValue, RecordChange, RecordKey } from '../../src/model/index.ts';
import type { RecordOutcome } from '../../src/ports/index.ts';
import { chance, pick } from '../protocol/chance.ts';
import { Bench, change, customer, key } from './fakes/bench.ts';

const paths = ['name', 'name2', 'industry', 'credit.limit', 'credit.riskClass', 'address.city'];

/** A queue or sink of one run of the program: after its death nothing it asks is ever answered. */
function mortal<Thing extends object>(thing: Thing): { readonly thing: Thing; readonly die: () => void } {
  let isDead = false;
  const get = (target: Thing, name: string | symbol): unknown => {
    const value: unknown = Reflect.get(target, name, target);
    if (typeof value !== 'function') return value;
    return (...given: unknown[]): unknown => (isDead ? new Promise(() => undefined) : value.apply(target, given));
  };
  return { thing: new Proxy(thing, { get }), die: () => (isDead = true) };
}

interface Said {
  readonly position: number;
  readonly change: RecordChange;
}

class Chaos {
  readonly random: () => number;
  readonly bench = new Bench(50);
  /** Per record, in the order of arrival. */
  readonly said = new Map<string, Said[]>();
  readonly rowPoison = customer(3);
  readonly callPoison: RecordKey;
  readonly isShuffled: boolean;
  failing = 0.2;
  #at = 1;
  #run: { die: () => void } = { die: () => undefined };

  constructor(seed: number) {
    this.random = chance(seed);
    this.isShuffled = seed % 2 === 1;
    this.callPoison = seed % 3 === 0 ? customer(5) : customer(500);
    this.bench.sink.tookMs = 40;
    this.bench.sink.failCall = (records) => {
      if (this.random() < this.failing)
        throw new GatewayError(this.random() < 0.7 ? 'SALESFORCE_UNREACHABLE' : 'SALESFORCE_FAILED');
      if (records.some((record) => keyText(record.key) === keyText(this.callPoison))) throw new TypeError('A bug');
    };
    this.bench.sink.refuse = (write) => this.#refuse(keyText(write.key));
  }

  #refuse(text: string): RecordOutcome | undefined {
    if (text === keyText(this.rowPoison))
      return { ended: 'failed', error: new GatewayError('SALESFORCE_VALUE_REFUSED', { field: 'Name' }) };
    if (this.random() >= this.failing / 2) return undefined;
    return { ended: 'failed', error: new GatewayError('SALESFORCE_ROW_LOCKED') };
  }

  start(): void {
    const [queue, sink] = [mortal(this.bench.queue), mortal(this.bench.sink)];
    this.bench.start({ queue: queue.thing, sink: sink.thing, settings: { canarySeconds: 20 } });
    this.#run = {
      die: () => {
        queue.die();
        sink.die();
      },
    };
  }

  crash(): void {
    this.#run.die();
    this.bench.queue.restart();
    this.start();
  }

  async arrive(): Promise<void> {
    const count = 1 + pick(this.random, 4);
    const changes = Array.from({ length: count }, () => this.#change());
    const before = this.#lastPosition();
    await this.bench.arrive(...changes);
    changes.forEach((one, index) => {
      const text = keyText(one.key);
      this.said.set(text, [...(this.said.get(text) ?? []), { position: before + index + 1, change: one }]);
    });
  }

  #lastPosition(): number {
    return Math.max(
      0,
      ...[...this.bench.queue.rows.values()].flatMap((row) => row.waiting.map(({ position }) => position)),
      ...this.bench.queue.ended.map(({ position }) => position),
    );
  }

  #change(): RecordChange {
    this.#at += 1;
    const at = this.isShuffled ? this.#at - pick(this.random, 20) : this.#at;
    const options = { at: Math.max(0, at), number: this.#at };
    const of = customer(1 + pick(this.random, 8));
    if (this.random() < 0.25)
      return change(
        key('order', `O${pick(this.random, 6)}`),
        { customer: of.id, net: String(this.#at) },
        { ...options, parents: [of] },
      );
    const first = paths[pick(this.random, paths.length)] ?? 'name';
    const group = paths.filter(
      (path) => path.split('.')[0] === first.split('.')[0] || (!first.includes('.') && !path.includes('.')),
    );
    const fields = Object.fromEntries(
      group.filter((path) => path === first || this.random() < 0.4).map((path) => [path, this.#value(path)]),
    );
    return change(of, { [first]: this.#value(first), ...fields }, options);
  }

  #value = (path: string): FieldValue => (this.random() < 0.1 ? null : `${path} ${this.#at}`);

  isPoison(text: string): boolean {
    return text === keyText(this.rowPoison) || text === keyText(this.callPoison);
  }
}

/** What is wrong at the end; empty when every promise was kept. */
function broken(chaos: Chaos): readonly string[] {
  const { sink, queue } = chaos.bench;
  const faults = [...sink.broken];
  const positions = queue.ended.map(({ position }) => position);
  if (new Set(positions).size !== positions.length) faults.push('a change ended twice');
  for (const [text, said] of chaos.said) {
    const held = queue.rows.get(text)?.held;
    const isOrphan = held?.waitsFor !== undefined && chaos.isPoison(keyText(held.waitsFor));
    if (chaos.isPoison(text) !== (held !== undefined && !isOrphan))
      faults.push(`${text} is ${held === undefined ? 'not ' : ''}held`);
    if (held === undefined) faults.push(...brokenRecord(chaos, text, said, new Set(positions)));
  }
  return faults;
}

function brokenRecord(
  chaos: Chaos,
  text: string,
  said: readonly Said[],
  ended: ReadonlySet<number>,
): readonly string[] {
  const stored = chaos.bench.sink.stored.get(text);
  const faults = said
    .filter(({ position }) => !ended.has(position))
    .map(({ position }) => `${text} ${position} never ended`);
  const sorted = said.toSorted(
    (a, b) =>
      (a.change.order < b.change.order ? -1 : Number(a.change.order > b.change.order)) || a.position - b.position,
  );
  for (const [facet, ofFacet] of Map.groupBy(sorted, (one) => one.change.facet)) {
    const newest = ofFacet.at(-1)?.change;
    for (const [path, value] of Object.entries(newest?.fields ?? {}))
      if (stored?.fields[path]?.value !== value)
        faults.push(`${text} ${path} of ${facet} is ${String(stored?.fields[path]?.value)}, not ${String(value)}`);
    // Also where documents came late: every path has what was said of it last.
    for (const path of new Set(ofFacet.flatMap((one) => Object.keys(one.change.fields)))) {
      const last = ofFacet.findLast((one) => Object.hasOwn(one.change.fields, path))?.change.fields[path];
      if (stored?.fields[path]?.value !== last) faults.push(`${text} ${path} is stale`);
    }
  }
  return faults;
}

describe('deliveries under chaos', () => {
  test('keep every promise in 150 histories', async () => {
    const seen = { calls: 0, crashes: 0, older: 0, held: 0 };
    for (let seed = 1; seed <= 150; seed += 1) {
      const chaos = new Chaos(seed);
      chaos.start();
      for (let turn = 0; turn < 60; turn += 1) {
        await chaos.arrive();
        await chaos.bench.clock.pass(pick(chaos.random, 400));
        if (chaos.random() < 0.05) {
          chaos.crash();
          seen.crashes += 1;
        }
      }
      chaos.failing = 0;
      await chaos.bench.clock.pass(10 * 60_000);
      expect({ seed, faults: broken(chaos) }).toEqual({ seed, faults: [] });
      seen.calls += chaos.bench.sink.calls.length;
      seen.older += chaos.bench.queue.ended.filter(({ how }) => how === 'older').length;
      seen.held += (await chaos.bench.queue.held(100)).length;
    }
    // A history without them would prove nothing.
    for (const [what, count] of Object.entries(seen)) expect([what, count > 50]).toEqual([what, true]);
  }, 120_000);
});
