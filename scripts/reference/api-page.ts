/** The page of the public API, from the operations' own schemas. */
import type { Operation } from '../../gateway/src/model/index.ts';
import { toJsonSchema } from '../../gateway/src/model/index.ts';
import { markdownTable, pageHead } from './table.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

const about = `Every call carries the org's token (\`Authorization: Bearer\`); writes carry an \`Idempotency-Key\`. Failures are
problem documents (RFC 9457) with \`code\`, \`disposition\` and \`advice\`: see [error codes](errors.md). The same as a machine
reads it: \`GET /v1/openapi.json\` of the relay.`;

/** One part per operation: what it takes and what it answers. */
export function apiPage(operations: readonly Operation[]): string {
  const overview = markdownTable(
    ['Call', 'Answer', 'Name'],
    operations.map((each) => [
      `\`${each.method} ${each.path}\``,
      each.summary,
      `[${each.name}](#${each.name.toLowerCase()})`,
    ]),
  );
  const head = pageHead('API', '`gateway/src/model/operations.ts`');
  return `${head}\n${about}\n\n${overview}\n\n${operations.map(operationPart).join('\n\n')}\n`;
}

function operationPart(operation: Operation): string {
  const parts = [
    part('Query', toJsonSchema(operation.query, 'input')),
    part('Body', toJsonSchema(operation.body, 'input')),
    // As it travels: what a schema makes of it after parsing (a padded number) has no JSON type of its own.
    part('Answer', toJsonSchema(operation.answer, 'input')),
  ];
  const title = `## ${operation.name}\n\n\`${operation.method} ${operation.path}\`: ${operation.summary}.`;
  return [title, ...parts.filter((each) => each !== '')].join('\n\n');
}

function part(title: string, schema: JsonSchema): string {
  const rows = fieldRows('', schema, true);
  return rows.length === 0 ? '' : `${title}\n\n${markdownTable(['Field', 'Type', ''], rows)}`;
}

/** Fields of objects and of lists of objects, by their path. */
function fieldRows(path: string, schema: JsonSchema, isRequired: boolean): string[][] {
  const items = asSchema(schema['items']);
  if (schema['type'] === 'array' && items !== undefined) return fieldRows(`${path}[]`, items, isRequired);
  const properties = Object.entries(asSchema(schema['properties']) ?? {});
  if (properties.length === 0)
    return path === '' ? [] : [[`\`${path}\``, typeOf(schema), isRequired ? '' : 'optional']];
  const required = new Set(asList(schema['required']));
  return properties.flatMap(([name, property]) =>
    fieldRows(path === '' ? name : `${path}.${name}`, asSchema(property) ?? {}, required.has(name)),
  );
}

function typeOf(schema: JsonSchema): string {
  if ('const' in schema) return `\`${String(schema['const'])}\``;
  if (Array.isArray(schema['enum']))
    return asList(schema['enum'])
      .map((value) => `\`${String(value)}\``)
      .join(', ');
  const choices = asList(schema['anyOf'] ?? schema['oneOf']);
  if (choices.length > 0) return [...new Set(choices.map((each) => typeOf(asSchema(each) ?? {})))].join(' or ');
  const type = typeof schema['type'] === 'string' ? schema['type'] : 'any';
  const properties = Object.entries(asSchema(schema['properties']) ?? {});
  if (properties.length > 0)
    return `{ ${properties.map(([name, each]) => `${name}: ${typeOf(asSchema(each) ?? {})}`).join(', ')} }`;
  return [type, ...limits(schema)].join(', ');
}

function limits(schema: JsonSchema): string[] {
  const said = (name: string, words: string): string[] =>
    typeof schema[name] === 'number' && Math.abs(schema[name]) < Number.MAX_SAFE_INTEGER
      ? [`${words} ${schema[name]}`]
      : [];
  const given = 'default' in schema ? [`${JSON.stringify(schema['default'])} where absent`] : [];
  const lengths = [...said('minLength', 'at least'), ...said('maxLength', 'at most')].map(
    (text) => `${text} characters`,
  );
  return [...lengths, ...said('minimum', 'from'), ...said('maximum', 'to'), ...given];
}

function asSchema(value: unknown): JsonSchema | undefined {
  return typeof value === 'object' && value !== null ? { ...value } : undefined;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
