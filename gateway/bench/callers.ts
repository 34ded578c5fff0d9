/** Work that many callers do at once, as a rate. */

/** Runs `work` this often, so many at once, each caller again when it has its answer; resolves to how often per second. */
export async function rateOf(times: number, atOnce: number, work: () => Promise<unknown>): Promise<number> {
  let left = times;
  const startedMs = performance.now();
  const caller = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await work();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, caller));
  return (times * 1000) / (performance.now() - startedMs);
}
