/** Looks now and then whether a command beside the agent has changed the queue, so that a retry is noticed within seconds. */
import type { Clock } from '../timing/index.ts';

/** One question to the thread that costs it microseconds; people wait for their retry and not much longer. */
const lookEveryMs = 2_000;

/** `look` answers whether something was changed. The returned function ends it. */
export function watchFile(clock: Clock, look: () => Promise<boolean>, onChange: () => void): () => void {
  let isOver = false;
  let cancel: () => void = () => undefined;
  const later = (): void => {
    if (!isOver) cancel = clock.after(lookEveryMs, () => void once());
  };
  const once = async (): Promise<void> => {
    // A thread that is gone fails everybody who asks it for something; nobody asked for this.
    const hasChanged = await look().catch(() => false);
    if (hasChanged && !isOver) onChange();
    later();
  };
  later();
  return () => {
    isOver = true;
    cancel();
  };
}
