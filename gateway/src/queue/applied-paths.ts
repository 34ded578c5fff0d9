/**
 * In which order each path of a record was last said, as few bytes: nearly always all paths of a facet have the facet's order, and
 * records of a kind have the same paths. So a record names the facet and the number of a list of paths, `{"master":5}`.
 */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { changeOrder, facet } from '../model/index.ts';
import type { ChangeOrder, Facet } from '../model/index.ts';
import type { PathOrders } from '../ports/index.ts';
import { json, understood } from './rows.ts';

/** Lists that have a number; beyond, records that were changed in most various ways have theirs with them. */
const maxLists = 10_000;

type Applied = Readonly<Partial<Record<Facet, ChangeOrder>>>;

export interface AppliedPaths {
  /** To be called at the begin of each transaction: one that is rolled back would leave numbers here that nobody has. */
  begin(): void;
  /** The text that stands for them beside `applied`. */
  toText(paths: PathOrders, applied: Applied): string;
  /** What such a text beside `applied` stood for. Throws FileRefusal. */
  fromText(text: string, applied: Applied): PathOrders;
}

const pathsRow = z.object({ paths: json(z.array(z.string())) });
const textRow = z.object({ applied_paths: json(z.record(z.string(), z.union([z.number(), z.array(z.string())]))) });
const orderRow = z.object({ order: changeOrder });

export function prepareAppliedPaths(database: DatabaseSync): AppliedPaths {
  const find = database.prepare('SELECT id FROM path_list WHERE paths = ?');
  const read = database.prepare('SELECT paths FROM path_list WHERE id = ?');
  const count = database.prepare('SELECT count(*) AS count FROM path_list');
  const insert = database.prepare('INSERT INTO path_list (paths) VALUES (?)');
  const numbers = new Map<string, number>();
  const lists = new Map<number, readonly string[]>();

  const numberOf = (paths: string): number | undefined => {
    const known = numbers.get(paths) ?? find.get(paths)?.['id'];
    if (known === undefined && Number(count.get()?.['count']) >= maxLists) return undefined;
    const number = Number(known ?? insert.run(paths).lastInsertRowid);
    numbers.set(paths, number);
    return number;
  };
  const listOf = (number: number): readonly string[] => {
    const known = lists.get(number);
    if (known !== undefined) return known;
    const { paths } = understood(pathsRow, read.get(number));
    lists.set(number, paths);
    return paths;
  };

  return {
    begin: () => {
      numbers.clear();
      lists.clear();
    },
    toText: (paths, applied) => {
      const byOrder = Map.groupBy(Object.keys(paths).sort(), (path) => paths[path]);
      const entries = [...byOrder].map(([order, list]) => [
        nameOf(order, applied),
        numberOf(JSON.stringify(list)) ?? list,
      ]);
      return JSON.stringify(Object.fromEntries(entries));
    },
    fromText: (text, applied) => {
      if (text === '{}') return {};
      const { applied_paths } = understood(textRow, { applied_paths: text });
      return Object.fromEntries(
        Object.entries(applied_paths).flatMap(([name, list]) => {
          const { order } = understood(orderRow, { order: orderNamed(name, applied) });
          return (typeof list === 'number' ? listOf(list) : list).map((path) => [path, order] as const);
        }),
      );
    },
  };
}

/** Of each path the greater order. */
export function laterOf(before: PathOrders, more: PathOrders = {}): PathOrders {
  const later: Record<string, ChangeOrder> = { ...before };
  for (const [path, order] of Object.entries(more)) {
    const known = later[path];
    if (known === undefined || known < order) later[path] = order;
  }
  return later;
}

/** The first facet that has just this order, or else the order itself. */
const nameOf = (order: ChangeOrder | undefined, applied: Applied): string =>
  facet.options.find((each) => applied[each] === order) ?? String(order);

function orderNamed(name: string, applied: Applied): string {
  const known = facet.safeParse(name).data;
  return (known === undefined ? undefined : applied[known]) ?? name;
}
