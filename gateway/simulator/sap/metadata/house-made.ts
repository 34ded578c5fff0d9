/** Function modules that a data file brings along: customers' own ones, which nobody foresaw. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { functionNotation, structureNotation } from './notation.ts';
import type { FunctionNotation } from './notation.ts';

const row = z.record(z.string(), z.union([z.string(), z.number()]));
const value = z.union([z.string(), z.number(), row, z.array(row)]);

/** What it does in one case; the first case whose `when` fits is taken. */
const answer = z.strictObject({
  /** Values that single parameters must have, in internal form; every call fits without it. */
  when: z.record(z.string(), z.string()).optional(),
  /** Exporting, changing and table parameters by name. */
  give: z.record(z.string(), value).optional(),
  /** A classic ABAP exception. */
  exception: z.string().optional(),
  /** MESSAGE; with an `exception` it is raised with the message, without one nobody catches it. */
  message: z
    .strictObject({
      type: z.enum(['E', 'A', 'X']),
      class: z.string().max(20),
      number: z.string().regex(/^\d{3}$/),
      text: z.string(),
      variables: z.array(z.string().max(50)).max(4).default([]),
    })
    .optional(),
  /** A short dump: the runtime error. */
  dump: z.string().optional(),
  delayMs: z.int().min(0).max(600_000).optional(),
});

/** A row that a call inserts; `{ "from": "I_KEY" }` takes the value of a parameter. */
const insert = z.strictObject({
  table: z.string(),
  row: z.record(z.string(), z.union([z.string(), z.strictObject({ from: z.string() })])),
});

const definition = z.strictObject({
  ...functionNotation.shape,
  structures: structureNotation.optional(),
  /** `echo` hands every input back; what `answers` give goes before. */
  behaviour: z.enum(['echo', 'fixed']).default('fixed'),
  answers: z.array(answer).max(100).default([]),
  inserts: z.array(insert).max(20).default([]),
  /** It commits by itself; otherwise its inserts wait for BAPI_TRANSACTION_COMMIT. */
  commits: z.boolean().default(false),
});

export interface HouseMadeFunction {
  readonly interface: FunctionNotation;
  readonly structures: Readonly<Record<string, readonly string[]>> | undefined;
  readonly isEcho: boolean;
  readonly answers: readonly z.infer<typeof answer>[];
  readonly inserts: readonly z.infer<typeof insert>[];
  readonly commits: boolean;
}
export type HouseMadeFunctions = Readonly<Record<string, HouseMadeFunction>>;

/** By name, as `_functions` of a data file holds them. */
export const houseMadeFunctions = z
  .record(z.string().regex(/^(\/[A-Z0-9]+\/|[A-Z])[A-Z0-9_]{0,29}$/), definition)
  .transform((functions): HouseMadeFunctions =>
    Object.fromEntries(
      Object.entries(functions).map(([name, { structures, behaviour, answers, inserts, commits, ...notation }]) => [
        name,
        { interface: notation, structures, isEcho: behaviour === 'echo', answers, inserts, commits },
      ]),
    ),
  );

/** Those that echo every ABAP type. */
export const testFunctions = houseMadeFunctions.parse(
  JSON.parse(readFileSync(new URL('./test-functions.json', import.meta.url), 'utf8')),
);
