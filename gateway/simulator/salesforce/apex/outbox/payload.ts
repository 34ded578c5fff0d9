/** The content of a request (RequestPayload, ChangeContent): paths and values, one level deep. */
import { z } from 'zod';

const content = z.record(z.string(), z.unknown());
export type Values = ReadonlyMap<string, string>;

/** The values of a stored payload by path; null for what is no object. */
export function readPayload(json: unknown): Map<string, string> | null {
  if (typeof json !== 'string') return null;
  const parsed = content.safeParse(parse(json));
  if (!parsed.success) return null;
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(parsed.data)) {
    const part = content.safeParse(value);
    if (!part.success) values.set(name, asText(value));
    else for (const [inner, one] of Object.entries(part.data)) values.set(`${name}.${inner}`, asText(one));
  }
  return values;
}

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : value == null ? '' : JSON.stringify(value);

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // Edited by hand to nonsense: it is read as none.
    return null;
  }
}

/** The payload of values by path. */
export function writePayload(values: Values): string {
  const whole: Record<string, unknown> = {};
  for (const [path, value] of values) {
    const [part = '', inner] = path.split('.');
    if (inner === undefined) whole[part] = value;
    else whole[part] = { ...content.safeParse(whole[part]).data, [inner]: value };
  }
  return JSON.stringify(whole);
}
