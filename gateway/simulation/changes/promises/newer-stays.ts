/** Nothing older overwrites newer: every value is said once in SAP, and those that were said later have larger numbers. */
import { keyText } from '../../../src/model/index.ts';
import type { FieldValue } from '../../../src/model/index.ts';
import { mayMixPaths } from '../changes-mix.ts';
import { facetOf } from '../documents.ts';
import type { ChangesWorld } from '../changes-world.ts';
import type { Promised } from './promise.ts';

/** When a value was said; undefined for none, for a reference, and for what an admin did. */
export function versionOf(value: FieldValue | undefined): number | undefined {
  if (typeof value !== 'string') return undefined;
  const digits = / (\d+)$/.exec(value)?.[1];
  return digits === undefined || digits === '0' ? undefined : Number(digits);
}

export function newerStays({ mix }: ChangesWorld): Promised {
  const newest = new Map<string, { id: string; version: number }>();
  return {
    name: 'nothing older overwrites newer',
    rowEnded({ write: { key, fields }, outcome }) {
      if (outcome.ended !== 'written' || mayMixPaths(mix)) return undefined;
      for (const [path, value] of Object.entries(fields)) {
        if (value === 'never 0') return `${key.kind} ${key.id} got what a reused number says`;
        const version = versionOf(value);
        // Two who ask in the same second are told the same order, and not always the same.
        if (version === undefined || (mix.agents.length > 1 && facetOf(key.kind, path) === 'credit')) continue;
        const place = `${keyText(key)} ${path}`;
        const before = newest.get(place);
        // A record that people have deleted begins anew.
        if (before?.id === outcome.recordId && version < before.version)
          return `${key.kind} ${key.id} gets ${path} "${String(value)}", and had ${before.version} before`;
        newest.set(place, { id: outcome.recordId, version });
      }
      return undefined;
    },
  };
}
