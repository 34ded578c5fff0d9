/** What Apex was recorded to send and to receive is what the gateway's model allows. */
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { catalogue } from '../../gateway/src/errors/index.ts';
import { operations, problem } from '../../gateway/src/model/index.ts';
import type { Operation } from '../../gateway/src/model/index.ts';
import { readFiles } from '../project.ts';

const recording = z.object({
  story: z.string().min(1),
  request: z
    .object({
      method: z.enum(['GET', 'POST', 'PATCH']),
      path: z.string(),
      headers: z.record(z.string(), z.string()).optional(),
      body: z.unknown().optional(),
    })
    .nullable(),
  answer: z.object({ status: z.int(), body: z.unknown() }).nullable(),
  controller: z.record(z.string(), z.unknown()),
});

const files = readFiles(/^force-app\/tests\/.*\/Contract_(?!Mailbox_|Arrivals_)\w+\.json$/).map((file) => {
  const text = file.text.replaceAll('{accountId}', '001xx000003DGbQAAW');
  return { name: file.path.slice(file.path.lastIndexOf('/') + 1), content: recording.parse(JSON.parse(text)) };
});
const calls = files.flatMap(({ name, content }) =>
  content.request === null || content.answer === null
    ? []
    : [{ name, request: content.request, answer: content.answer }],
);

/** The operation of an address, with its parameters; a word of its own goes before a parameter. */
function operationOf(method: string, path: string): { operation: Operation; params: Record<string, string> } {
  const found = Object.values<Operation>(operations)
    .filter((operation) => operation.method === method)
    .toSorted((a, b) => a.path.split(':').length - b.path.split(':').length)
    .flatMap((operation) => {
      const pattern = new RegExp(`^${operation.path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
      const groups = pattern.exec(path);
      return groups === null ? [] : [{ operation, params: decodeAll({ ...groups.groups }) }];
    });
  const [first] = found;
  if (first === undefined) throw new Error(`no operation ${method} ${path}`);
  return first;
}

const decodeAll = (params: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decodeURIComponent(value)]));

describe('the recorded contract', () => {
  test('holds every operation that Apex uses', () => {
    const used = new Set(
      calls.map(({ request }) => operationOf(request.method, request.path.split('?')[0] ?? '').operation.name),
    );
    expect([...used].toSorted()).toEqual([
      'createCustomer',
      'findMatches',
      'listInvoices',
      'listOrders',
      'readCredit',
      'readCustomer',
      'readOperation',
      'readOrder',
    ]);
  });

  test.each(calls)('$name asks what the model allows', ({ request }) => {
    const address = new URL(request.path, 'https://relay.example');
    const { operation, params } = operationOf(request.method, address.pathname);
    expect(operation.params.safeParse(params).error).toBeUndefined();
    expect(operation.query.safeParse(Object.fromEntries(address.searchParams)).error).toBeUndefined();
    expect(operation.body.safeParse(request.body).error).toBeUndefined();
    if (operation.effect === 'write') expect(request.headers?.['Idempotency-Key']).toMatch(/^customer\.create:001/);
  });

  test.each(calls)('$name is answered as the model says', ({ request, answer }) => {
    const { operation } = operationOf(request.method, request.path.split('?')[0] ?? '');
    const shape = answer.status < 300 ? operation.answer : problem;
    expect(shape.safeParse(answer.body).error).toBeUndefined();
  });
});

describe('the problems of Apex', () => {
  const [source] = readFiles(/\/GatewayProblem\.cls$/);
  const entries = [...(source?.text.matchAll(/Code\.(\w+) => new Entry\(\s*'(\w+)'/g) ?? [])];

  test('have one disposition each, the same as in the gateway where both know the code', () => {
    const shared = entries.flatMap(([, code = '', disposition]) => {
      const entry = Object.entries(catalogue).find(([name]) => name === code);
      return entry === undefined ? [] : [{ code, apex: disposition, gateway: entry[1].disposition }];
    });
    expect(shared.map(({ code }) => code)).toContain('REQUEST_INVALID');
    for (const { code, apex, gateway } of shared) expect(`${code} ${apex ?? ''}`).toBe(`${code} ${gateway}`);
  });
});
