/** A process that reads one document of the size it is told to the model, made on the fly, and says how much memory it took at most. */
import { documentOf } from './documents.ts';
import type { Form, Template } from './templates.ts';
import { toModel } from './yardsticks.ts';

export interface MemoryOrder {
  readonly form: Form;
  readonly template: Template;
  readonly bytes: number;
}

export interface MemoryTaken {
  readonly peakRssBytes: number;
  readonly seconds: number;
  readonly changes: number;
}

// Begun by an event of its own, as documents are: inside of the message's event even the bare parser keeps what it has parsed
// until the next full collection, which is V8's doing and some 60 MB.
process.once('message', (order: MemoryOrder) => setImmediate(measure, order));

function measure(order: MemoryOrder): void {
  const startedMs = performance.now();
  void toModel(order.form, documentOf(order.form, order.template, order.bytes)).then((changes) => {
    const seconds = (performance.now() - startedMs) / 1000;
    const taken: MemoryTaken = { peakRssBytes: process.resourceUsage().maxRSS * 1024, seconds, changes };
    process.send?.(taken, () => process.disconnect());
  });
}
