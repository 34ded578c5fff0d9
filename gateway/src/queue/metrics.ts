/** How many documents the queue took, and how long it took to have them on the disk. */
import type { Accepted } from '../ports/index.ts';
import type { Metrics } from '../telemetry/index.ts';
import type { Clock } from '../timing/index.ts';

interface AcceptReply {
  readonly accepted: readonly Accepted[];
}

/** Runs an accept and measures it. */
export type MeasureAccepts = <Reply extends AcceptReply>(accept: () => Promise<Reply>) => Promise<Reply>;

export function measureAccepts(metrics: Metrics | undefined, clock: Clock): MeasureAccepts {
  if (metrics === undefined) return (accept) => accept();
  const documents = metrics.counter({
    name: 'queue_documents_total',
    help: 'Documents of SAP that were accepted, by what they turned out to be',
    labels: ['result'],
  });
  const seconds = metrics.duration({
    name: 'queue_accept_seconds',
    help: 'Time until accepted documents were on the disk',
  });
  return async (accept) => {
    const startedMs = clock.monotonic();
    const reply = await accept();
    seconds.observe((clock.monotonic() - startedMs) / 1000);
    for (const { result } of reply.accepted) documents.add({ result });
    return reply;
  };
}
