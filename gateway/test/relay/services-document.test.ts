/** The OpenAPI document of services: valid, and within what Salesforce External Services can import, whatever is published. */
import { describe, expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { publishedService, sapSystemId } from '../../src/model/index.ts';
import type { PublishedService, ServiceSchema } from '../../src/model/index.ts';
import { servicesDocument } from '../../src/relay/index.ts';
import { chance, pick } from '../protocol/chance.ts';
import { problemsForSalesforce } from './salesforce-limits.ts';

const system = sapSystemId.parse('ERPCLNT100');
const otherSystem = sapSystemId.parse('ERPCLNT200');
const url = 'https://relay.example.com';

const text = { type: 'string', maxLength: 10 } as const;
const inputs: ServiceSchema = {
  type: 'object',
  description: 'What is wanted',
  required: ['customer'],
  properties: {
    customer: { ...text, description: 'Customer number' },
    date: { type: 'string', format: 'date' },
    at: { type: 'string', format: 'time' },
    amount: { type: 'string', format: 'decimal', pattern: '^-?[0-9]+(\\.[0-9]{1,3})?$' },
    kind: { type: 'string', enum: ['A', 'B'] },
    count: { type: 'integer', minimum: 0, maximum: 99 },
    large: { type: 'integer' },
    flag: { type: 'boolean' },
    items: {
      type: 'array',
      maxItems: 200,
      items: { type: 'object', properties: { material: text, partners: { type: 'array', items: text } } },
    },
  },
};
const outputs: ServiceSchema = {
  type: 'object',
  properties: { number: text, address: { type: 'object', properties: { city: text } } },
};

const make = (name: string, changes: Partial<Record<keyof PublishedService, unknown>> = {}): PublishedService =>
  publishedService.parse({
    ...{ name, summary: `Does ${name}`, effect: 'write', inputs, outputs, callers: [], signature: 'not-required' },
    ...changes,
  });

const documentOf = (services: readonly PublishedService[], systems = [system]): Record<string, unknown> => {
  const listed = services.map((service) => ({ system, service }));
  // As it travels.
  return JSON.parse(JSON.stringify(servicesDocument(listed, { url, systems }))) as Record<string, unknown>;
};

// Compiling the rules of OpenAPI takes longer than checking a document.
const validator = new Validator();

async function expectImportable(document: Record<string, unknown>): Promise<void> {
  const result = await validator.validate(structuredClone(document));
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
  expect(problemsForSalesforce(document)).toEqual([]);
}

describe('a document of services', () => {
  test.each([0, 1, 50, 200])('with %d services is valid and can be imported', async (count) => {
    const services = Array.from({ length: count }, (_, index) =>
      make(`Service${index}`, { effect: index % 2 === 0 ? 'write' : 'read' }),
    );
    const document = documentOf(services);
    await expectImportable(document);
    expect(Object.keys(Object(document['paths']))).toHaveLength(count);
  });

  test('describes a write with its key, its typed outputs and how it can stand', async () => {
    const document = documentOf([make('CreateOrder')]);
    const post = at(document, 'paths', '/v1/services/CreateOrder', 'post');
    expect(post).toMatchObject({
      operationId: 'CreateOrder',
      parameters: [{ name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string' } }],
      requestBody: { content: { 'application/json': { schema: ref('CreateOrder_Inputs') } } },
      responses: {
        200: { content: { 'application/json': { schema: ref('CreateOrder_Result') } } },
        201: { content: { 'application/json': { schema: ref('CreateOrder_Result') } } },
        202: { content: { 'application/json': { schema: ref('CreateOrder_Result') } } },
        default: { content: { 'application/json': { schema: ref('GangwayProblem') } } },
      },
    });
    expect(at(document, 'components', 'schemas', 'CreateOrder_Result')).toMatchObject({
      properties: {
        id: { type: 'string' },
        state: { enum: ['running', 'verifying', 'held', 'done', 'refused'] },
        isRepeat: { type: 'boolean' },
        attempts: { type: 'integer' },
        outputs: ref('CreateOrder_Outputs'),
        sapMessages: { type: 'array', items: ref('GangwaySapMessage') },
        problem: ref('GangwayProblem'),
      },
    });
    expect(at(document, 'components', 'schemas', 'CreateOrder_Inputs')).toMatchObject({
      required: ['customer'],
      properties: { items: { items: ref('CreateOrder_Inputs_items_Item') }, count: { format: 'int32' } },
    });
  });

  test('describes a read with its outputs, and without a key', () => {
    const document = documentOf([make('ReadOrder', { effect: 'read' })]);
    const post = Object(at(document, 'paths', '/v1/services/ReadOrder', 'post'));
    expect(post).not.toHaveProperty('parameters');
    expect(Object.keys(post.responses)).toEqual(['200', 'default']);
    expect(post.responses[200].content['application/json'].schema).toEqual(ref('ReadOrder_Outputs'));
  });

  test('asks for the signature where a service needs it, and for the system where the org has several', () => {
    const document = documentOf([make('CreateOrder', { signature: 'required' })], [system, otherSystem]);
    expect(at(document, 'paths', '/v1/services/CreateOrder', 'post')).toMatchObject({
      parameters: [
        { name: 'system', in: 'query', required: true, schema: { enum: [system] } },
        { name: 'Idempotency-Key' },
        { name: 'X-Gangway-Signature', in: 'header', required: true },
      ],
    });
  });

  test('has one action for a service that two systems publish alike, and names the one that differs', async () => {
    const service = make('CreateOrder');
    const listed = [
      { system, service },
      { system: otherSystem, service },
      { system: sapSystemId.parse('QASCLNT300'), service: make('CreateOrder', { inputs: outputs }) },
    ];
    const document = { ...Object(servicesDocument(listed, { url, systems: [system, otherSystem] })) };
    await expectImportable(JSON.parse(JSON.stringify(document)));
    expect(JSON.stringify(at(document, 'paths'))).toContain('"enum":["ERPCLNT100","ERPCLNT200"]');
    expect(at(document, 'info', 'description')).toContain('Not CreateOrder: it is another one in QASCLNT300');
  });

  test('leaves out what Salesforce could not import, and says so', async () => {
    const odd = { type: 'object', properties: { 'a b; drop': text } };
    const document = documentOf([
      make('CreateOrder'),
      make('CREATEORDER'),
      make('OddInput', { inputs: odd }),
      make('OddOutput', { outputs: { type: 'object', properties: { list: { type: 'array', items: odd } } } }),
    ]);
    await expectImportable(document);
    expect(Object.keys(Object(document['paths']))).toEqual(['/v1/services/CreateOrder']);
    for (const name of ['CREATEORDER', 'OddInput', 'OddOutput'])
      expect(at(document, 'info', 'description')).toContain(`Not ${name}: `);
  });

  test('has no body for a service without inputs, and no schema for one without outputs', async () => {
    const nothing = { type: 'object', properties: {} };
    const deep = { type: 'object', properties: { empty: nothing, list: { type: 'array', items: nothing } } };
    const document = documentOf([
      make('Ping', { effect: 'read', inputs: nothing, outputs: deep }),
      make('Touch', { inputs: deep, outputs: nothing }),
    ]);
    await expectImportable(document);
    expect(at(document, 'paths', '/v1/services/Ping', 'post')).not.toHaveProperty('requestBody');
    expect(at(document, 'components', 'schemas', 'Touch_Result', 'properties')).not.toHaveProperty('outputs');
  });

  test('keeps names apart that look the same when they are put together', async () => {
    const nested = (name: string): ServiceSchema => ({
      type: 'object',
      properties: { [name]: { type: 'object', properties: { value: text } }, other: text },
    });
    const long = 'X'.repeat(60);
    const document = documentOf([
      make('A', { inputs: nested('B_Inputs'), outputs: nested('Item') }),
      make('AInputs', { inputs: nested('Item'), outputs: nested('item') }),
      make(long, { inputs: nested('Y'.repeat(60)), outputs: nested('Y'.repeat(59)) }),
      make(`${long.slice(1)}Z`, { inputs: nested('Y'.repeat(60)), outputs: nested('Z'.repeat(60)) }),
      make('Case', {
        inputs: { type: 'object', properties: { aa: nested('x'), AA: nested('x'), aA: nested('X') } },
      }),
    ]);
    await expectImportable(document);
  });
});

describe('whatever is published', () => {
  const odd = [
    '"',
    '\\',
    '\n',
    '\u0000',
    '\u202e',
    '</script>',
    '$ref',
    '{{x}}',
    '💥',
    '\ud800',
    '../..',
    '%s',
    "'; --",
  ];
  const words = (random: () => number): string =>
    Array.from({ length: 1 + pick(random, 6) }, () => odd[pick(random, odd.length)] ?? 'x').join('');

  function schemaOf(random: () => number, depth: number): ServiceSchema {
    const description = words(random);
    const kind = pick(random, depth === 0 ? 3 : 6);
    if (kind === 0) return { type: 'string', description, pattern: words(random), enum: [words(random), 'a', 'a'] };
    if (kind === 1)
      return { type: 'integer', description, minimum: -pick(random, 9), maximum: 2 ** (10 + pick(random, 40)) };
    if (kind === 2) return { type: 'boolean', description };
    if (kind === 3) return { type: 'array', description, items: schemaOf(random, depth - 1) };
    const names = ['a', 'A', 'a_b', 'Item', 'Inputs', 'Result', 'ref', 'x'.repeat(60)];
    const some = names.filter(() => random() < 0.4);
    return {
      ...{ type: 'object', description, required: [...some, ...some, 'absent'] },
      properties: Object.fromEntries(some.map((name) => [name, schemaOf(random, depth - 1)])),
    };
  }

  test('stays importable: 60 documents with hostile words', async () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = chance(seed);
      const services = ['One', 'Two', 'TwoInputs', 'two', 'Three'].map((name) =>
        make(name, {
          summary: `${words(random)} ${name}`,
          effect: random() < 0.5 ? 'read' : 'write',
          inputs: { type: 'object', properties: { root: schemaOf(random, 3) } },
          outputs: { type: 'object', properties: { root: schemaOf(random, 3), list: schemaOf(random, 2) } },
        }),
      );
      await expectImportable(documentOf(services));
    }
  }, 60_000);
});

const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce((part: unknown, key) => Object(part)[key], value);
}
