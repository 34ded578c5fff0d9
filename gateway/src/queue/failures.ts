/** The error of a refused document as the file keeps it, and back. */
import { z } from 'zod';
import { catalogue, GatewayError } from '../errors/index.ts';
import type { ErrorCode } from '../errors/index.ts';
import { sapMessage } from '../model/index.ts';
import type { Problem } from '../model/index.ts';
import { problemBytes } from './room.ts';

const failure = z.object({
  code: z.string(),
  context: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  sapMessages: z.array(sapMessage),
  issues: z.array(z.object({ path: z.string(), message: z.string() })),
});

/** More than these say nothing that the first ones did not. */
const maxMessages = 20;

/** The text of an error. Its cause stays in the log, where somebody saw it. */
export function toFailure({ code, context, sapMessages, issues }: GatewayError): string {
  const some = { sapMessages: sapMessages.slice(0, maxMessages), issues: issues.slice(0, maxMessages) };
  return JSON.stringify({ code, context, ...some });
}

const isCode = (code: string): code is ErrorCode => Object.hasOwn(catalogue, code);

/** The error of such a text; a code that only another version knew is said as it is. */
export function fromFailure(text: string): GatewayError {
  const { code, context, sapMessages, issues } = failure.parse(JSON.parse(text));
  if (isCode(code)) return new GatewayError(code, context, undefined, { sapMessages, issues });
  return new GatewayError('INTERNAL', { code }, undefined, { sapMessages, issues });
}

/** A problem that fits into the room that is kept for it: the messages go first, and then the ends of sentences. */
export function shortProblem(problem: Problem): string {
  const whole = JSON.stringify(problem);
  if (Buffer.byteLength(whole) <= problemBytes) return whole;
  const { title, advice } = problem;
  // A character has up to four bytes, or six as an escape: a hundred of each sentence fit with all the rest.
  const cut = {
    title: title.slice(0, 120),
    advice: advice.slice(0, 120),
    correlationId: problem.correlationId.slice(0, 64),
  };
  const first = problem.sapMessages
    .slice(0, 1)
    .map(({ text, field: _, ...rest }) => ({ ...rest, text: text.slice(0, 60) }));
  return JSON.stringify({ ...problem, ...cut, sapMessages: first, issues: [] });
}
