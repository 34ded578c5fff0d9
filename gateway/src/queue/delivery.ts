/** The calls of those who bring changes, and of the one who delivers them. */
import type { ChangeQueue } from '../ports/index.ts';
import type { Asking } from './ask.ts';
import { toDocumentsText } from './documents-text.ts';
import type { MeasureAccepts } from './metrics.ts';
import { toDocumentRow, toRefusedRow, weightOfRows } from './to-rows.ts';
import type { OrgsOf } from './to-rows.ts';

type Delivery = Pick<
  ChangeQueue,
  'accept' | 'refuse' | 'take' | 'settle' | 'nextDueAtMs' | 'counts' | 'checkpoint' | 'remember'
>;

export function createDelivery(
  { ask, clock, tell }: Asking,
  { orgsOf, measure }: { readonly orgsOf: OrgsOf; readonly measure: MeasureAccepts },
): Delivery {
  return {
    async accept(documents, checkpoint) {
      const rows = documents.map((document) => toDocumentRow(document, orgsOf));
      const [text, weight] = [toDocumentsText(rows), weightOfRows(rows)];
      const request = { kind: 'accept', documents: text, weight, checkpoint, nowMs: clock.now() } as const;
      const { accepted } = await measure(() => ask(request));
      if (accepted.some(({ result }) => result === 'new')) tell();
      return accepted;
    },
    async refuse(document) {
      const reply = await ask({ kind: 'refuse', document: toRefusedRow(document), nowMs: clock.now() });
      return reply.accepted;
    },
    async take(org, system, limit) {
      const { records } = await ask({ kind: 'take', org, system, limit, nowMs: clock.now() });
      return records;
    },
    async settle(org, settlements) {
      const { isDue } = await ask({ kind: 'settle', org, settlements, nowMs: clock.now() });
      if (isDue) tell();
    },
    async nextDueAtMs(org, system) {
      const { dueAtMs } = await ask({ kind: 'next-due', org, system, nowMs: clock.now() });
      return dueAtMs;
    },
    async counts(org, system) {
      const { counts } = await ask({ kind: 'counts', org, system, nowMs: clock.now() });
      return counts;
    },
    async checkpoint(name) {
      const { value } = await ask({ kind: 'checkpoint', name });
      return value;
    },
    async remember(checkpoint) {
      await ask({ kind: 'remember', checkpoint });
    },
  };
}
