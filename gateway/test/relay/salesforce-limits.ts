/** What Salesforce External Services can import of an OpenAPI 3.0 document: each way in which a document is beyond it. */

const allowedKeys = new Set(
  ['type', 'format', 'description', 'nullable', 'properties', 'required', 'items', 'maxItems'].concat(
    ...['enum', 'pattern', 'maxLength', 'minLength', 'minimum', 'maximum'],
  ),
);
const maxCharacters = 10_000_000;
const maxOperations = 3_000;
const maxNameLength = 80;

type Node = Readonly<Record<string, unknown>>;
const node = (value: unknown): Node =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};

/** Empty where it can be imported. */
export function problemsForSalesforce(document: Node): readonly string[] {
  const problems: string[] = [];
  const schemas = node(node(document['components'])['schemas']);
  if (!/^3\.0\.\d$/.test(String(document['openapi']))) problems.push('not OpenAPI 3.0');
  if (JSON.stringify(document).length > maxCharacters) problems.push('too large');
  const operations = Object.values(node(document['paths'])).flatMap((path) => Object.values(node(path)).map(node));
  if (operations.length > maxOperations) problems.push('too many operations');
  problems.push(...uniqueNames(operations.map((each) => String(each['operationId']))));
  problems.push(...uniqueNames(Object.keys(schemas)));
  for (const operation of operations) problems.push(...inOperation(operation, schemas));
  for (const [name, schema] of Object.entries(schemas)) problems.push(...inSchema(node(schema), schemas, name, true));
  for (const name of Object.keys(schemas)) if (reaches(name, name, schemas)) problems.push(`${name} contains itself`);
  return problems;
}

function uniqueNames(names: readonly string[]): readonly string[] {
  const odd = names.filter((name) => !/^[A-Za-z][A-Za-z0-9_]*$/.test(name) || name.length > maxNameLength);
  const lower = names.map((name) => name.toLowerCase());
  const twice = lower.filter((name, index) => lower.indexOf(name) !== index);
  return [...odd.map((name) => `name ${name}`), ...twice.map((name) => `${name} is there twice`)];
}

function inOperation(operation: Node, schemas: Node): readonly string[] {
  const id = String(operation['operationId']);
  const problems: string[] = [];
  for (const parameter of (operation['parameters'] ?? []) as readonly Node[]) {
    const { type } = node(parameter['schema']);
    if (!['string', 'integer', 'boolean'].includes(String(type))) problems.push(`${id}: a parameter is not simple`);
  }
  const responses = Object.entries(node(operation['responses']));
  if (!responses.some(([status]) => status === 'default')) problems.push(`${id}: no default response`);
  const bodies = [operation['requestBody'], ...responses.map(([, response]) => response)];
  for (const body of bodies) {
    const content = node(node(body)['content']);
    if (Object.keys(content).length > 0 && content['application/json'] === undefined) problems.push(`${id}: not JSON`);
    for (const media of Object.values(content)) {
      problems.push(...inSchema(node(node(media)['schema']), schemas, id, false));
    }
  }
  return problems;
}

function inSchema(schema: Node, schemas: Node, place: string, isNamed: boolean): readonly string[] {
  const { $ref, type, properties, items } = schema;
  if ($ref !== undefined) {
    const target = /^#\/components\/schemas\/(\w+)$/.exec(String($ref))?.[1];
    const isAlone = Object.keys(schema).length === 1;
    return target !== undefined && Object.hasOwn(schemas, target) && isAlone
      ? []
      : [`${place}: reference ${String($ref)}`];
  }
  const problems = Object.keys(schema)
    .filter((key) => !allowedKeys.has(key))
    .map((key) => `${place}: ${key} is not supported`);
  if (type === 'object') {
    if (!isNamed) problems.push(`${place}: an object without a name of its own`);
    const parts = Object.entries(node(properties));
    if (parts.length === 0) problems.push(`${place}: an object without fields is a free map`);
    for (const [name, part] of parts) problems.push(...inSchema(node(part), schemas, `${place}.${name}`, false));
  } else if (type === 'array') problems.push(...inSchema(node(items), schemas, `${place}[]`, false));
  else if (!['string', 'integer', 'boolean'].includes(String(type))) problems.push(`${place}: type ${String(type)}`);
  return problems;
}

function reaches(name: string, wanted: string, schemas: Node, seen = new Set<string>()): boolean {
  const found = [...JSON.stringify(schemas[name]).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
    ([, to]) => to,
  );
  return found.some((to = '') => {
    if (to === wanted) return true;
    if (seen.has(to)) return false;
    seen.add(to);
    return reaches(to, wanted, schemas, seen);
  });
}
