/** The queue's file without a thread of its own: for tests that open it hundreds of times. */
import type { FileThread } from '../../src/durable-file/index.ts';
import { openQueueFile, QueueFile } from '../../src/queue/index.ts';
import type { QueueFileSettings, QueueReply, QueueRequest } from '../../src/queue/index.ts';

export function startInPlace(settings: QueueFileSettings): FileThread<QueueRequest, QueueReply> {
  const file = new QueueFile(openQueueFile(settings), settings);
  const exits: (() => void)[] = [];
  let say: Parameters<FileThread<QueueRequest, QueueReply>['onMessage']>[0] = () => undefined;
  return {
    post: (message) => {
      if (message !== 'close') {
        const replies = file.run(message.batch);
        return queueMicrotask(() => say({ kind: 'batch', replies }));
      }
      file.close();
      for (const exit of exits) queueMicrotask(exit);
    },
    onMessage: (listener) => {
      say = listener;
      queueMicrotask(() => listener({ kind: 'open' }));
    },
    onExit: (listener) => void exits.push(() => listener()),
  };
}
