/** How far "changes since" has been read: two positions of the pack, which asks for clearings apart from all else. */
import { z } from 'zod';
import { GatewayError } from '../../errors/index.ts';

/** Where one question goes on. */
const place = z.strictObject({
  /** Letters of the kinds asked for: the pack's position belongs to them. */
  kinds: z.string().max(10),
  /** The pack's own, opaque. */
  since: z.string().max(100),
  /** SAP's clock when a walk was last at its end (UTC): from here it is asked where the kinds have changed. */
  reachedAt: z.iso.datetime(),
  hasMore: z.boolean(),
});
export type Place = z.infer<typeof place>;

const position = z.strictObject({
  version: z.literal(1),
  /** Grows with each page, so that no two positions are the same text. */
  turn: z.int().min(0),
  changes: place.optional(),
  clearings: place.optional(),
});
export type ChangePosition = z.infer<typeof position>;

/** As it is kept. */
export const writePosition = (value: ChangePosition): string => JSON.stringify(value);

/** Undefined for the first question; throws for a text that is not ours. */
export function readPosition(text: string | undefined): ChangePosition {
  if (text === undefined) return { version: 1, turn: 0 };
  const parsed = position.safeParse(fromJson(text));
  if (parsed.success) return parsed.data;
  const issues = [{ path: 'position', message: 'Pass the `position` of the page before' }];
  throw new GatewayError('REQUEST_INVALID', {}, undefined, { issues });
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Not JSON is not ours; the schema says so.
    return error instanceof SyntaxError ? undefined : error;
  }
}

/** What the pack is asked with: its position, or the time reached where it belongs to other kinds. */
export function sinceOf(known: Place | undefined, kinds: string): string {
  if (known === undefined) return '';
  return known.kinds === kinds ? known.since : known.reachedAt.replace(/\D/g, '').slice(0, 14);
}
