/** The model's schemas as JSON Schema, for documents that other programs read. */
import { z } from 'zod';

/** `input`: what a caller may send, before defaults and padding; `output`: what it gets. */
export function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _dialect, '~standard': _standard, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
