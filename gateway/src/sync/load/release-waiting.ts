/** What waited in the queue for records that a load has brought goes on: the queue itself does not see them come. */
import type { OrgId } from '../../model/index.ts';
import type { ChangeQueue } from '../../ports/index.ts';

/** Names in one question. */
const pageSize = 200;

/** Gives how many were released; what still misses its parent is held again. */
export async function releaseWaiting(queue: Pick<ChangeQueue, 'held' | 'retry'>, org: OrgId): Promise<number> {
  const names: string[] = [];
  for (let after: string | undefined; ;) {
    const page = await queue.held(pageSize, after);
    names.push(...page.filter((each) => each.org === org && each.waitsFor !== undefined).map(({ name }) => name));
    after = page.at(-1)?.name;
    if (page.length < pageSize) break;
  }
  let released = 0;
  for (let start = 0; start < names.length; start += pageSize)
    released += (await queue.retry(names.slice(start, start + pageSize))).length;
  return released;
}
