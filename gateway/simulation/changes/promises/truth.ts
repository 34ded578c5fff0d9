/** At rest each copy has, per path, what the newest document says that its queue did not hold. */
import type { FieldValue } from '../../../src/model/index.ts';
import type { Verdict } from '../../invariants/invariant.ts';
import type { ChangesWorld } from '../changes-world.ts';
import { mayMixPaths } from '../changes-mix.ts';
import { isBudgetSpent } from './rest.ts';
import { echoWindowMs, instantOf } from './echo.ts';
import { firstOf } from './receipts.ts';
import type { Promised } from './promise.ts';

interface Said {
  readonly order: string;
  readonly facet: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly state: string;
}

const selectSaid = `SELECT c.kind, c.key_id, c.facet, c.change_order, c.fields, c.state FROM change c
  WHERE c.kind <> 'canary' ORDER BY c.change_order, c.position`;

/** Within so long before it what it repeats was delivered (sync/plan.ts). */
const isWithinEcho = (one: Said, echo: Said): boolean => instantOf(echo.order) - instantOf(one.order) <= echoWindowMs;

/** Written, or so old or so well known that it needs no writing. */
const arrived = new Set(['delivered', 'echo', 'older']);

export function truthArrives(world: ChangesWorld): Promised {
  const { machines, org, mix } = world;
  const isMixed = mayMixPaths(mix);
  // A queue knows in which order it has said each path; of another agent's paths it knows nothing.
  const isMine = machines.length === 1;

  const allSaid = (): Map<string, Said[]> => {
    const said = new Map<string, Said[]>();
    for (const { disk } of machines)
      for (const row of disk.list(selectSaid)) {
        const text = `ERPCLNT100:${String(row['kind'])}:${String(row['key_id'])}`;
        const list = said.get(text) ?? [];
        said.set(text, list);
        list.push({
          order: String(row['change_order']),
          facet: String(row['facet']),
          fields: JSON.parse(String(row['fields'] ?? '{}')) as Record<string, FieldValue>,
          state: String(row['state']),
        });
      }
    for (const list of said.values())
      list.sort((one, other) => (one.order < other.order ? -1 : Number(one.order > other.order)));
    return said;
  };

  /** What may stand there: of the newest that arrived, or of a newer one that did not, whose call may have happened. */
  const mayStand = (said: readonly Said[], path: string): readonly (FieldValue | undefined)[] | undefined => {
    const speaking = said.filter(({ fields }) => Object.hasOwn(fields, path));
    const last = speaking.findLastIndex(({ state }) => arrived.has(state));
    const newest = speaking[last];
    if (newest === undefined) return undefined;
    const same = speaking.filter(({ order }) => order === newest.order);
    const newer = speaking.filter(({ order }) => order >= newest.order).map(({ fields }) => fields[path]);
    const isDelivered = same.some(({ state }) => state !== 'older');
    const isShadowed = said.some(({ facet, order }) => facet === newest.facet && order > newest.order);
    // Dropped as a whole, because something newer of its group had come before.
    if (!isDelivered && isShadowed && !isMine) return [...speaking.map(({ fields }) => fields[path]), undefined];
    // An echo of what this agent wrote, and perhaps not of what the other one has written since.
    if (!isMine && same.every(({ state }) => state === 'echo'))
      return [...newer, ...speaking.filter((one) => isWithinEcho(one, newest)).map(({ fields }) => fields[path])];
    return newer;
  };

  const judgePath = (text: string, said: readonly Said[], path: string): Verdict => {
    const record = org.records.get(text);
    const allowed = mayStand(said, path);
    if (isMixed || allowed === undefined || world.watch.damaged.has(`${text} ${path}`)) return undefined;
    if (mix.ownsNames && path === 'name' && text.includes(':customer:')) return undefined;
    if (record === undefined) return `${text} has arrived, and the org does not have it`;
    const value = path === 'isRemoved' ? record.isRemoved : record.fields.get(path);
    return allowed.includes(value)
      ? undefined
      : `${text} has ${path} "${String(value)}", and the newest that SAP said is "${String(allowed[0])}"`;
  };

  const judge = (text: string, said: readonly Said[]): Verdict => {
    if (org.deleted.has(text)) return undefined;
    const paths = new Set(said.flatMap(({ fields }) => Object.keys(fields)));
    return firstOf(paths, (path) => judgePath(text, said, path));
  };

  return {
    name: 'what SAP said last is there',
    atEnd() {
      if (isBudgetSpent(world)) return undefined;
      return firstOf(allSaid(), ([text, said]) => judge(text, said));
    },
  };
}
