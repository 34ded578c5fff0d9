/** A closed loop of callers: so many at once, each asks again when it has its answer. */
import { Pool } from 'undici';

export interface LoadTarget {
  readonly url: string;
  /** The next request; customers differ from call to call, so that nothing is shared on the way. */
  readonly next: (index: number) => { readonly path: string; readonly method: 'GET' | 'POST'; readonly body?: string };
  readonly headers: Record<string, string>;
}

/** Sends `count` requests, `concurrency` at once; returns each one's milliseconds. Throws for any answer but 200. */
export async function load(target: LoadTarget, count: number, concurrency: number): Promise<number[]> {
  const pool = new Pool(target.url, { connections: concurrency, pipelining: 1 });
  const durations: number[] = [];
  let sent = 0;
  const caller = async (): Promise<void> => {
    while (sent < count) {
      sent += 1;
      const startedMs = performance.now();
      // Each caller waits for its answer: that is what a closed loop is.
      await askOnce(pool, target, sent);
      durations.push(performance.now() - startedMs);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, caller));
  await pool.close();
  return durations;
}

async function askOnce(pool: Pool, target: LoadTarget, index: number): Promise<void> {
  const { path, method, body } = target.next(index);
  const answer = await pool.request({ path, method, headers: target.headers, body: body ?? null });
  if (answer.statusCode !== 200) throw new Error(`${answer.statusCode}: ${await answer.body.text()}`);
  await answer.body.dump();
}
