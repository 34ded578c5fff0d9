/**
 * Published services as an OpenAPI 3.0 document that Salesforce External Services can import: each becomes a Flow action.
 * Within its limits: named schemas, no unions, no free maps, no recursion, nothing external.
 */
import type { PublishedService, SapSystemId } from '../model/index.ts';
import { nameOf, ServiceSchemas } from './service-schemas.ts';
import type { SystemService } from './service-book.ts';

export interface DocumentGround {
  /** The relay's public URL. */
  readonly url: string;
  /** The SAP systems of the caller's org: with several, each call names one. */
  readonly systems: readonly SapSystemId[];
}

/** One service, and the systems that have it in just this form. */
interface Entry {
  readonly service: PublishedService;
  readonly systems: readonly SapSystemId[];
}

/** The document of these services; what Salesforce could not import is left out, and named in its description. */
export function servicesDocument(services: readonly SystemService[], ground: DocumentGround): object {
  const schemas = new ServiceSchemas();
  const { entries, left } = sort(services);
  const paths = entries.map((entry): readonly [string, object] => [
    `/v1/services/${entry.service.name}`,
    { post: toOperation(entry, ground, schemas) },
  ]);
  return {
    openapi: '3.0.3',
    info: {
      title: 'Gangway services',
      version: '1',
      description: [
        'Functions of SAP, published as services.',
        ...left.map(({ name, why }) => `Not ${name}: ${why}.`),
      ].join(' '),
    },
    servers: [{ url: ground.url }],
    paths: Object.fromEntries(paths),
    components: { schemas: schemas.all() },
  };
}

interface Left {
  readonly name: string;
  readonly why: string;
}

/** By name. Action names in Salesforce do not differ by case, and one property it cannot name would refuse the whole document. */
function sort(services: readonly SystemService[]): {
  readonly entries: readonly Entry[];
  readonly left: readonly Left[];
} {
  const entries = new Map<string, Entry>();
  const left: Left[] = [];
  for (const { service, system } of services) {
    const { name } = service;
    const known = entries.get(name.toLowerCase());
    if (known !== undefined && isSame(known.service, service)) {
      entries.set(name.toLowerCase(), { ...known, systems: [...known.systems, system] });
    } else if (known !== undefined) {
      const isOther = known.service.name === name;
      left.push({ name, why: isOther ? `it is another one in ${system}` : `${known.service.name} has the same name` });
    } else if (!nameOf.isUsable(service.inputs) || !nameOf.isUsable(service.outputs)) {
      left.push({ name, why: 'a field has a name that is not made of letters, digits and underscores' });
    } else {
      entries.set(name.toLowerCase(), { service, systems: [system] });
    }
  }
  return { entries: [...entries.values()], left };
}

const isSame = (a: PublishedService, b: PublishedService): boolean =>
  JSON.stringify([a.name, a.effect, a.signature, a.inputs, a.outputs]) ===
  JSON.stringify([b.name, b.effect, b.signature, b.inputs, b.outputs]);

function toOperation({ service, systems }: Entry, ground: DocumentGround, schemas: ServiceSchemas): object {
  const body = schemas.refer(service.inputs, `${service.name}_Inputs`);
  const parameters = [...systemParameter(systems, ground), ...writeParameters(service)];
  return {
    operationId: service.name,
    summary: nameOf.words(service.summary),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: json(body) } }),
    responses: toResponses(service, schemas),
  };
}

const json = (schema: object): object => ({ 'application/json': { schema } });

function toResponses(service: PublishedService, schemas: ServiceSchemas): object {
  const problem = schemas.problem();
  const failure = {
    description: 'What happened, what happens next, who can fix it',
    content: { ...json(problem), 'application/problem+json': { schema: problem } },
  };
  const outputs = schemas.refer(service.outputs, `${service.name}_Outputs`);
  if (service.effect === 'read') {
    const content = outputs === undefined ? {} : { content: json(outputs) };
    return { 200: { description: 'The outputs', ...content }, default: failure };
  }
  const content = json(schemas.result(service.name, outputs));
  return {
    200: { description: 'Done before under the same key, or refused by SAP', content },
    201: { description: 'Done', content },
    202: { description: 'Running, being looked up, or waiting for a person: ask again under the same key', content },
    default: failure,
  };
}

function systemParameter(systems: readonly SapSystemId[], ground: DocumentGround): readonly object[] {
  if (ground.systems.length < 2) return [];
  const schema = { type: 'string', enum: systems };
  return [{ name: 'system', in: 'query', required: true, description: 'Which SAP system', schema }];
}

function writeParameters({ effect, signature }: PublishedService): readonly object[] {
  if (effect === 'read') return [];
  const key = {
    ...{ name: 'Idempotency-Key', in: 'header', required: true },
    description: 'Of the record that wants this, 8 to 60 characters: the same key is carried out once',
    schema: { type: 'string', minLength: 8, maxLength: 60 },
  };
  const signed = {
    ...{ name: 'X-Gangway-Signature', in: 'header', required: true },
    description: "The org's own signature of this write: Apex can make it, a Flow cannot",
    schema: { type: 'string', maxLength: 2048 },
  };
  return signature === 'required' ? [key, signed] : [key];
}
