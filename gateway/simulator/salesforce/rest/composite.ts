/** `POST /composite`: up to 25 calls in one, later ones referring to the answers of earlier ones. */
import { z } from 'zod';
import type { HttpAnswer, HttpCall } from '../http.ts';
import { parseJson } from '../http.ts';
import { SalesforceError } from '../org/errors.ts';
import type { Org, OrgUser } from '../org/org.ts';
import type { Handler } from './api-call.ts';

const maxParts = 25;
const maxHeavyParts = 5;
/** Collections and queries, of which a call takes fewer. */
const heavy = /\/(?:composite\/sobjects|query|queryAll)\b/;

const part = z.object({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  url: z.string(),
  referenceId: z.string().regex(/^\w+$/),
  body: z.unknown().optional(),
  httpHeaders: z.record(z.string(), z.string()).optional(),
});
type Part = z.infer<typeof part>;
const compositeBody = z.object({
  allOrNone: z.boolean().default(false),
  collateSubrequests: z.boolean().optional(),
  compositeRequest: z.array(part).min(1),
});

/** The answer of one part. */
interface PartAnswer {
  readonly body: unknown;
  readonly httpHeaders: object;
  readonly httpStatusCode: number;
  readonly referenceId: string;
}

/** Finds what answers a part, as it would a call of its own. */
export type FindHandler = (
  method: string,
  path: string,
) => { readonly handle: Handler; readonly parts: HttpCall['parts'] } | undefined;

const refuse = (message: string): never => {
  throw new SalesforceError('INVALID_INPUT', message);
};

function readParts(call: HttpCall): z.infer<typeof compositeBody> {
  const parsed = compositeBody.safeParse(parseJson(call));
  if (!parsed.success) return refuse(parsed.error.issues[0]?.message ?? 'The composite request cannot be read');
  const { compositeRequest } = parsed.data;
  if (compositeRequest.length > maxParts)
    refuse(`The number of subrequests exceeds the limit: ${compositeRequest.length}, max is ${maxParts}`);
  if (compositeRequest.filter(({ url }) => heavy.test(url)).length > maxHeavyParts)
    refuse(`Only ${maxHeavyParts} subrequests can be sObject Collections or query operations`);
  const names = new Set(compositeRequest.map(({ referenceId }) => referenceId));
  if (names.size < compositeRequest.length) refuse('Duplicate ReferenceId provided in the request');
  return parsed.data;
}

const halted = (message: string): SalesforceError => new SalesforceError('PROCESSING_HALTED', message);

/** The value of `@{ref.id}` or `@{ref[0].id}` in the answers so far. */
function referredValue(answers: readonly PartAnswer[], reference: string): unknown {
  const [name = '', ...steps] = reference.split(/[.[\]]+/).filter((step) => step !== '');
  let value: unknown = answers.find(({ referenceId }) => referenceId === name)?.body;
  for (const step of steps) value = Object.entries(value ?? {}).find(([key]) => key === step)?.[1];
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw halted(`Invalid reference specified. No value for ${reference} found in ${name}`);
}

function withReferences(value: unknown, answers: readonly PartAnswer[]): unknown {
  if (typeof value === 'string')
    return value.includes('@{')
      ? value.replace(/@\{([^}]*)\}/g, (_, reference: string) => String(referredValue(answers, reference)))
      : value;
  if (Array.isArray(value)) return value.map((one) => withReferences(one, answers));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withReferences(one, answers)]));
}

const lowerCased = (headers: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** The handler, which answers parts by what `find` finds. */
export function compositeHandler(find: FindHandler): Handler {
  const answerPart = (org: Org, user: OrgUser, sent: Part, answers: readonly PartAnswer[]): PartAnswer => {
    const { referenceId } = sent;
    try {
      const url = new URL(String(withReferences(sent.url, answers)), 'http://org.invalid');
      const found = find(sent.method, url.pathname);
      if (found === undefined) return refuse(`The url of subrequest ${referenceId} is not supported: ${url.pathname}`);
      const parsedBody = withReferences(sent.body ?? {}, answers);
      const headers = lowerCased(sent.httpHeaders);
      const call: HttpCall = { method: sent.method, url, parts: found.parts, headers, body: '', parsedBody };
      const { status, body = null } = found.handle(org, user, call);
      return { body, httpHeaders: {}, httpStatusCode: status, referenceId };
    } catch (error) {
      if (!(error instanceof SalesforceError)) throw error;
      return { body: [error.entry], httpHeaders: {}, httpStatusCode: error.status, referenceId };
    }
  };
  return (org, user, call) => {
    const { allOrNone, compositeRequest } = readParts(call);
    const answerAll = (): PartAnswer[] => {
      const answers: PartAnswer[] = [];
      for (const sent of compositeRequest) answers.push(answerPart(org, user, sent, answers));
      return answers;
    };
    return answered(allOrNone ? allOrNothing(org, answerAll) : answerAll());
  };
}

const answered = (compositeResponse: readonly PartAnswer[]): HttpAnswer => ({
  status: 200,
  body: { compositeResponse },
});

const allOrNothing = (org: Org, answerAll: () => PartAnswer[]): PartAnswer[] =>
  org.store.together(() => {
    const answers = answerAll();
    if (answers.every(({ httpStatusCode }) => httpStatusCode < 300)) return { result: answers, isGood: true };
    const rolledBack = halted(
      'The transaction was rolled back since another operation in the same transaction failed.',
    ).entry;
    const result = answers.map((one) =>
      one.httpStatusCode < 300 ? { ...one, body: [rolledBack], httpStatusCode: 400 } : one,
    );
    return { result, isGood: false };
  });
