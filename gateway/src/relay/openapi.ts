/** The public API as an OpenAPI document, made from the very schemas that calls are checked with. */
import { operations, problem, toJsonSchema } from '../model/index.ts';
import type { Operation } from '../model/index.ts';

/** The document, for a relay at `url`. */
export function openApiDocument(url: string): object {
  const paths: Record<string, Record<string, object>> = {};
  const { readService, writeService, ...others } = operations;
  for (const operation of Object.values<Operation>(others)) {
    paths[toPath(operation)] = {
      ...paths[toPath(operation)],
      [operation.method.toLowerCase()]: toOperationObject(operation),
    };
  }
  paths[toPath(readService)] = { post: toServiceObject(readService, writeService) };
  return {
    openapi: '3.1.0',
    info: { title: 'Gangway', version: '1', description: 'SAP ECC for Salesforce: ask, and create exactly once.' },
    servers: [{ url }],
    security: [{ orgToken: [] }],
    paths,
    components: {
      securitySchemes: {
        orgToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            'RS256, signed with the certificate registered for the org: iss org id, aud this URL, exp at most 5 minutes.',
        },
      },
      schemas: { Problem: toJsonSchema(problem, 'output') },
    },
  };
}

const toPath = (operation: Operation): string => operation.path.replace(/:(\w+)/g, '{$1}');

/** Reading and writing services have one address; which a service is, and its own schemas, says the document of services. */
function toServiceObject(read: Operation, write: Operation): OperationObject {
  const { responses, parameters, ...rest } = toOperationObject(read);
  const answers = { anyOf: [toJsonSchema(read.answer, 'output'), toJsonSchema(write.answer, 'output')] };
  return {
    ...rest,
    operationId: 'callService',
    summary: 'Call a published service; /v1/services/openapi.json describes each that you may call',
    parameters: [
      ...parameters,
      headerParameter('Idempotency-Key', false, 'Needed for a service that writes: of the record that wants this'),
    ],
    responses: {
      ...toResponses(write),
      200: {
        description: 'The outputs of a service that reads; of one that writes: done before under the same key',
        content: { 'application/json': { schema: answers } },
      },
      default: responses['default'] ?? {},
    },
  };
}

interface OperationObject {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters: readonly object[];
  readonly responses: Readonly<Record<string, object>>;
}

function toOperationObject(operation: Operation): OperationObject {
  const body = operation.method === 'GET' ? undefined : toJsonSchema(operation.body, 'input');
  return {
    operationId: operation.name,
    summary: operation.summary,
    parameters: [...toParameters(operation), ...headerParameters(operation)],
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: toResponses(operation),
  };
}

function toResponses(operation: Operation): Readonly<Record<string, object>> {
  const content = { 'application/json': { schema: toJsonSchema(operation.answer, 'output') } };
  const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  const failure = { description: 'What happened, what happens next, who can fix it', content: problemContent };
  if (operation.effect === 'read') return { 200: { description: 'The answer', content }, default: failure };
  return {
    201: { description: 'Done', content },
    200: { description: 'Done; this repeats an earlier success', content },
    202: { description: 'Running, verifying or held: follow it at /v1/operations/{id}', content },
    default: failure,
  };
}

function toParameters(operation: Operation): object[] {
  const part = (place: 'path' | 'query'): object[] => {
    const schema = toJsonSchema(place === 'path' ? operation.params : operation.query, 'input');
    const required = new Set<unknown>(Array.isArray(schema['required']) ? schema['required'] : []);
    return Object.entries<unknown>({ ...toObject(schema['properties']) }).map(([name, property]) => ({
      name,
      in: place,
      required: place === 'path' || required.has(name),
      schema: property,
    }));
  };
  return [...part('path'), ...part('query')];
}

function headerParameters(operation: Operation): object[] {
  const key = headerParameter('Idempotency-Key', true, 'Of the record that wants this; 8 to 60 characters');
  return [
    ...(operation.effect === 'write' ? [key] : []),
    headerParameter('X-Correlation-Id', false, '8 to 64 letters, digits, dashes; comes back with the answer'),
    headerParameter('X-Deadline-Ms', false, 'How long the caller waits, in milliseconds'),
  ];
}

const headerParameter = (name: string, required: boolean, description: string): object => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string' },
});

function toObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
