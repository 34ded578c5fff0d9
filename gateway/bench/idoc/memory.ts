/** A process that reads one document of the size it is told, made on the fly, and says how much memory it took at most. */
import { documentOf } from './documents.ts';
import type { Form } from './documents.ts';
import { readIdocs } from './yardsticks.ts';

export interface MemoryOrder {
  readonly form: Form;
  readonly bytes: number;
}

export interface MemoryTaken {
  readonly peakRssBytes: number;
  readonly seconds: number;
  readonly segments: number;
}

process.once('message', (order: MemoryOrder) => {
  const startedMs = performance.now();
  void readIdocs(order.form, documentOf(order.form, order.bytes)).then((segments) => {
    const seconds = (performance.now() - startedMs) / 1000;
    const taken: MemoryTaken = { peakRssBytes: process.resourceUsage().maxRSS * 1024, seconds, segments };
    process.send?.(taken, () => process.disconnect());
  });
});
