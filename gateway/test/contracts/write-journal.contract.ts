/** What every journal must promise, as the port's comments state it. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { correlationId, idempotencyKey, orgId, sapSystemId } from '../../src/model/index.ts';
import type { WriteOperation } from '../../src/model/index.ts';
import type { JournalEntry, WriteIntent, WriteJournal } from '../../src/ports/index.ts';

/** One place where a journal lives: opened, closed, and opened again as after a restart. */
export interface JournalPlace {
  open(): Promise<WriteJournal>;
  remove(): Promise<void>;
}

export const exampleIntent: WriteIntent = {
  org: orgId.parse('00D5g000004GANG'),
  system: sapSystemId.parse('ERPCLNT100'),
  id: idempotencyKey.parse('customer.create:0015g00000NORD1'),
  kind: 'customer.create',
  contentHash: 'a'.repeat(64),
  content: '{"draft":{"name":"Fjordlys Energi AS"}}',
  correlationId: correlationId.parse('0b9f2d1c-0001'),
};

const serviceIntent: WriteIntent = {
  ...exampleIntent,
  id: idempotencyKey.parse('thing-0001'),
  kind: 'service.call',
  content: '{"inputs":{"name":"Anchor"},"service":"CreateThing","version":"v1"}',
};

const ended = (entry: JournalEntry, state: WriteOperation['state']): WriteOperation => ({
  ...entry.operation,
  state,
  attempts: 1,
});

const numbered = (index: number): WriteIntent => ({
  ...exampleIntent,
  id: idempotencyKey.parse(`customer.create:${String(index).padStart(6, '0')}`),
});

export function describeWriteJournal(name: string, createPlace: () => Promise<JournalPlace>): void {
  describe(`the journal promises of ${name}`, () => {
    let place: JournalPlace;
    let journal: WriteJournal;

    beforeEach(async () => {
      place = await createPlace();
      journal = await place.open();
    });
    afterEach(async () => {
      await journal.close();
      await place.remove();
    });

    const restart = async (): Promise<void> => {
      await journal.close();
      journal = await place.open();
    };
    const begin = async (intent: WriteIntent = exampleIntent): Promise<JournalEntry> => {
      const { begun, entry } = await journal.begin(intent);
      expect(begun).toBe(true);
      return entry;
    };

    test('a new key is begun as running, with everything a restart needs', async () => {
      const entry = await begin();
      expect(entry).toMatchObject({ ...exampleIntent });
      expect(entry.operation).toMatchObject({
        id: exampleIntent.id,
        kind: 'customer.create',
        state: 'running',
        attempts: 0,
        isRepeat: false,
        customer: null,
        problem: null,
      });
      await restart();
      expect(await journal.find(exampleIntent.org, exampleIntent.system, exampleIntent.id)).toEqual(entry);
    });

    test('of two begun at once exactly one begins, and both see the same entry', async () => {
      const other = { ...exampleIntent, contentHash: 'b'.repeat(64), content: '{"draft":{}}' };
      const [first, second] = await Promise.all([journal.begin(exampleIntent), journal.begin(other)]);
      expect([first.begun, second.begun]).toEqual([true, false]);
      expect(second.entry).toEqual(first.entry);
    });

    test.each(['running', 'verifying', 'held', 'done'] as const)('a key that is %s stands untouched', async (state) => {
      const entry = await begin();
      await journal.record(exampleIntent, ended(entry, state));
      const again = await journal.begin({ ...exampleIntent, contentHash: 'c'.repeat(64) });
      expect(again.begun).toBe(false);
      expect(again.entry.operation.state).toBe(state);
      expect(again.entry.contentHash).toBe(exampleIntent.contentHash);
    });

    test('a refused key may begin again with other content', async () => {
      const entry = await begin();
      await journal.record(exampleIntent, ended(entry, 'refused'));
      const corrected = { ...exampleIntent, contentHash: 'd'.repeat(64), content: '{"draft":{"name":"Corrected"}}' };
      const again = await begin(corrected);
      expect(again).toMatchObject(corrected);
      expect(again.operation).toMatchObject({ state: 'running', attempts: 0 });
    });

    test('the same key of another org or SAP system is another write', async () => {
      await begin();
      await begin({ ...exampleIntent, org: orgId.parse('00D5g000004gang') });
      await begin({ ...exampleIntent, system: sapSystemId.parse('ERPCLNT200') });
    });

    test('what was recorded survives a restart, letter for letter', async () => {
      const entry = await begin();
      const operation: WriteOperation = {
        ...ended(entry, 'verifying'),
        sapMessages: [{ type: 'E', id: 'F2', number: '042', text: `Lumière "O'Neil" 🚢 \u2028 line` }],
      };
      await journal.record(exampleIntent, operation);
      await restart();
      const found = await journal.find(exampleIntent.org, exampleIntent.system, exampleIntent.id);
      expect(found?.operation).toEqual(operation);
      expect(found?.content).toBe(exampleIntent.content);
    });

    test('an unknown key is not found, and cannot be recorded', async () => {
      expect(await journal.find(exampleIntent.org, exampleIntent.system, exampleIntent.id)).toBeUndefined();
      const entry = await begin();
      const stranger = { ...exampleIntent, id: numbered(1).id };
      await expect(journal.record(stranger, ended(entry, 'done'))).rejects.toMatchObject({ code: 'JOURNAL_FAILED' });
    });

    test('unfinished are the running and the verifying, oldest first, as many as asked for', async () => {
      const states = ['running', 'verifying', 'held', 'done', 'refused'] as const;
      for (const [index, state] of states.entries()) {
        await journal.record(numbered(index), ended(await begin(numbered(index)), state));
      }
      expect(ids(await journal.unfinished(10))).toEqual([numbered(0).id, numbered(1).id]);
      expect(ids(await journal.unfinished(1))).toEqual([numbered(0).id]);
    });

    const ids = (entries: readonly JournalEntry[]): readonly string[] => entries.map((entry) => entry.id);
    const undelivered = (limit = 10) => journal.undelivered(exampleIntent.org, exampleIntent.system, limit);
    /** As the executor does it: each change is later than the one before. */
    const later = (operation: WriteOperation, state: WriteOperation['state']): WriteOperation => ({
      ...operation,
      state,
      asOf: new Date(Date.parse(operation.asOf) + 1).toISOString(),
    });

    test('content can be replaced while a write has not ended, and what happened so far stays', async () => {
      const entry = await begin();
      const held = later(entry.operation, 'held');
      await journal.record(exampleIntent, held);
      const other = { ...exampleIntent, contentHash: 'e'.repeat(64), content: '{"draft":{"name":"Corrected"}}' };
      expect(await journal.replaceContent(other)).toMatchObject({ ...other, operation: held });
      await restart();
      expect(await journal.find(exampleIntent.org, exampleIntent.system, exampleIntent.id)).toMatchObject(other);
    });

    test.each(['done', 'refused'] as const)('content of a write that is %s stays', async (state) => {
      const entry = await begin();
      await journal.record(exampleIntent, later(entry.operation, state));
      const other = { ...exampleIntent, contentHash: 'e'.repeat(64) };
      await expect(journal.replaceContent(other)).rejects.toMatchObject({ code: 'JOURNAL_FAILED' });
      const found = await journal.find(exampleIntent.org, exampleIntent.system, exampleIntent.id);
      expect(found?.contentHash).toBe(exampleIntent.contentHash);
    });

    test('content of an unknown key cannot be replaced, nor can it be confirmed', async () => {
      await expect(journal.replaceContent(exampleIntent)).rejects.toMatchObject({ code: 'JOURNAL_FAILED' });
      const confirmed = journal.confirm(exampleIntent, '2026-11-21T08:00:00.000Z');
      await expect(confirmed).rejects.toMatchObject({ code: 'JOURNAL_FAILED' });
    });

    test('what was only begun is nothing to deliver: the org asked for it', async () => {
      await begin();
      expect(await undelivered()).toEqual([]);
    });

    test('a recorded change is undelivered until it is confirmed, also after a restart', async () => {
      const entry = await begin();
      const done = later(entry.operation, 'done');
      await journal.record(exampleIntent, done);
      await restart();
      expect(await undelivered()).toMatchObject([{ id: exampleIntent.id, operation: done }]);
      await journal.confirm(exampleIntent, done.asOf);
      await restart();
      expect(await undelivered()).toEqual([]);
    });

    test('a change after the one that is confirmed is undelivered again', async () => {
      const entry = await begin();
      const verifying = later(entry.operation, 'verifying');
      const done = later(verifying, 'done');
      await journal.record(exampleIntent, verifying);
      await journal.record(exampleIntent, done);
      await journal.confirm(exampleIntent, verifying.asOf);
      expect(await undelivered()).toMatchObject([{ operation: done }]);
    });

    test('a refused key that begins again has nothing to deliver, and its next end is later than the first', async () => {
      const entry = await begin();
      const refused = later(entry.operation, 'refused');
      await journal.record(exampleIntent, refused);
      const again = await begin({ ...exampleIntent, contentHash: 'd'.repeat(64) });
      expect(again.operation.asOf > refused.asOf).toBe(true);
      expect(await undelivered()).toEqual([]);
    });

    test('undelivered are those of one org and system, least recently changed first, as many as asked for', async () => {
      for (const index of [0, 1, 2]) {
        const entry = await begin(numbered(index));
        await journal.record(numbered(index), later(entry.operation, 'held'));
      }
      const first = await journal.find(exampleIntent.org, exampleIntent.system, numbered(0).id);
      await new Promise((resolve) => setTimeout(resolve, 2));
      if (first !== undefined) await journal.record(numbered(0), later(first.operation, 'done'));
      const stranger = { ...numbered(3), org: orgId.parse('00D5g000004gang') };
      await journal.record(stranger, later((await begin(stranger)).operation, 'done'));
      expect(ids(await undelivered()).at(-1)).toBe(numbered(0).id);
      expect(await undelivered()).toHaveLength(3);
      expect(await undelivered(2)).toHaveLength(2);
    });

    test('a call of a service says which, and survives a restart with its outputs', async () => {
      const entry = await begin(serviceIntent);
      expect(entry.operation).toMatchObject({ kind: 'service.call', service: 'CreateThing', state: 'running' });
      await restart();
      const found = () => journal.find(serviceIntent.org, serviceIntent.system, serviceIntent.id);
      expect(await found()).toEqual(entry);
      const outputs = { number: '0000004711', rows: [{ text: 'Ünï "code" 🚢', amount: '1.50' }], flag: false };
      const done: WriteOperation = { ...ended(entry, 'done'), outputs };
      await journal.record(serviceIntent, done);
      await restart();
      expect((await found())?.operation).toEqual(done);
      expect((await journal.begin(serviceIntent)).begun).toBe(false);
    });

    test.each(['running', 'verifying', 'held', 'done', 'refused'] as const)(
      'a call of a service that is %s is nothing to deliver: the org has no request of it',
      async (state) => {
        const entry = await begin(serviceIntent);
        await journal.record(serviceIntent, later(entry.operation, state));
        expect(await undelivered()).toEqual([]);
      },
    );

    test('a thousand at once are all kept', async () => {
      const intents = Array.from({ length: 1000 }, (_, index) => numbered(index));
      const results = await Promise.all(intents.map((intent) => journal.begin(intent)));
      expect(results.every(({ begun }) => begun)).toBe(true);
      await restart();
      expect(await journal.unfinished(2000)).toHaveLength(1000);
    });

    test('what was asked before closing is kept, what is asked after is refused', async () => {
      const asked = journal.begin(exampleIntent);
      await journal.close();
      expect((await asked).begun).toBe(true);
      await expect(journal.begin(numbered(1))).rejects.toMatchObject({ code: 'JOURNAL_FAILED' });
      journal = await place.open();
      expect(await journal.unfinished(10)).toHaveLength(1);
    });
  });
}
