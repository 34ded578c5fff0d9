/** A failure as every caller sees it: RFC 9457 plus what to do next. */
import { z } from 'zod';
import type { GatewayError } from '../errors/index.ts';

export const sapMessage = z.object({
  type: z.enum(['S', 'I', 'W', 'E', 'A', 'X']),
  id: z.string(),
  number: z.string(),
  text: z.string(),
  field: z.string().optional(),
});

export const problem = z.object({
  /** `https://gangway.example/problems/<code>` in the documentation; an identifier, not to be fetched. */
  type: z.string(),
  /** What happened, in one sentence. */
  title: z.string(),
  status: z.int(),
  code: z.string(),
  disposition: z.enum(['retry', 'reject', 'hold', 'verify', 'stop']),
  /** The next step, and whose it is. */
  advice: z.string(),
  correlationId: z.string(),
  sapMessages: z.array(sapMessage),
  issues: z.array(z.object({ path: z.string(), message: z.string() })),
});
export type Problem = z.infer<typeof problem>;

/** The one way from a failure to what a caller sees; the cause and its stack stay in the log. */
export function toProblem(error: GatewayError, correlationId: string): Problem {
  return {
    type: `https://gangway.example/problems/${error.code}`,
    title: error.message,
    status: error.status,
    code: error.code,
    disposition: error.disposition,
    advice: error.advice,
    correlationId,
    sapMessages: error.sapMessages.map((message) => ({ ...message })),
    issues: error.issues.map((issue) => ({ ...issue })),
  };
}
