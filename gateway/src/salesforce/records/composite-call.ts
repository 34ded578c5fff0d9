/** Several parts in one call of the API (`composite`), each with its own answer: in order, one failing without the others. */
import { z } from 'zod';
import type { Deadline } from '../../timing/index.ts';
import { unreadable } from '../exchange.ts';
import { apiVersion } from '../rest-client.ts';
import type { RestClient } from '../rest-client.ts';

/** One part. `body` is JSON text. */
export interface Part {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Below `/services/data/vXX.X/`. */
  readonly path: string;
  readonly body?: string;
}

const subAnswer = z.object({ body: z.unknown(), httpStatusCode: z.int() });
export type SubAnswer = z.infer<typeof subAnswer>;
const composite = z.object({ compositeResponse: z.array(subAnswer) });

/** Salesforce takes so many collections and queries in one call (25 parts in all). */
export const maxCollections = 5;

/** Duplicate rules only warn: what SAP has, exists. Assignment rules would give Accounts of SAP to somebody. */
export const writeHeaders = {
  'Sforce-Duplicate-Rule-Header': 'allowSave=true',
  'Sforce-Auto-Assign': 'FALSE',
} as const;

export interface CompositeAnswer {
  /** In the order of the parts. */
  readonly answers: readonly SubAnswer[];
  readonly date: string | undefined;
}

/** Throws where nothing is known of the whole call. */
export async function callComposite(
  client: RestClient,
  parts: readonly Part[],
  deadline: Deadline,
  maxAnswerBytes?: number,
): Promise<CompositeAnswer> {
  const requests = parts.map(partJson).join(',');
  const { body, date } = await client.ask(
    {
      method: 'POST',
      path: `/services/data/v${apiVersion}/composite`,
      json: `{"allOrNone":false,"compositeRequest":[${requests}]}`,
      headers: writeHeaders,
      ...(maxAnswerBytes === undefined ? {} : { maxAnswerBytes }),
    },
    deadline,
  );
  const parsed = composite.safeParse(body);
  if (!parsed.success || parsed.data.compositeResponse.length !== parts.length) throw unreadable('a composite answer');
  return { answers: parsed.data.compositeResponse, date };
}

/** One part as a call of its own, answered as if it were part of several. */
export async function callAlone(client: RestClient, part: Part, deadline: Deadline): Promise<CompositeAnswer> {
  const path = `/services/data/v${apiVersion}/${part.path}`;
  const json = part.body === undefined ? {} : { json: part.body };
  const { body, date } = await client.ask({ method: part.method, path, headers: writeHeaders, ...json }, deadline);
  return { answers: [{ body, httpStatusCode: 200 }], date };
}

function partJson({ method, path, body }: Part, index: number): string {
  const head = `"method":"${method}","url":${JSON.stringify(`/services/data/v${apiVersion}/${path}`)},"referenceId":"part${index}"`;
  if (body === undefined) return `{${head}}`;
  // Parts inherit nothing but who asks.
  return `{${head},"httpHeaders":${JSON.stringify(writeHeaders)},"body":${body}}`;
}

const restErrors = z
  .array(
    z.object({ errorCode: z.string().max(120), message: z.string().catch(''), fields: z.array(z.string()).catch([]) }),
  )
  .min(1);

/** The errors of a part that failed as a whole. */
export function partErrors({ body, httpStatusCode }: SubAnswer) {
  const parsed = restErrors.safeParse(body);
  if (!parsed.success) return [{ code: `HTTP ${httpStatusCode}`, message: '', fields: [] }];
  return parsed.data.map(({ errorCode, message, fields }) => ({ code: errorCode, message, fields }));
}
