/** The schemas of a services document: each object has a name of its own, and what every answer shares is there once. */
import type { ServiceSchema } from '../model/index.ts';

type ObjectSchema = Extract<ServiceSchema, { properties: unknown }>;
type ArraySchema = Extract<ServiceSchema, { items: unknown }>;
type ValueSchema = Exclude<ServiceSchema, ObjectSchema | ArraySchema>;

/** Salesforce makes a class of each schema, and an action's name with its object has 80 characters. */
const maxNameLength = 70;
/** What a field may be called in Apex and Flow. */
const fieldName = /^[A-Za-z][A-Za-z0-9_]{0,59}$/;
const int32 = 2_147_483_647;

const text = { type: 'string' } as const;

/** Names and words as other programs take them. */
export const nameOf = {
  /** Whether every field in it has a name that Salesforce can use. */
  isUsable(schema: ServiceSchema): boolean {
    if ('items' in schema) return nameOf.isUsable(schema.items);
    if (!('properties' in schema)) return true;
    return Object.entries(schema.properties).every(([name, part]) => fieldName.test(name) && nameOf.isUsable(part));
  },
  /** Text on one line, without control characters. */
  words: (said: string): string => said.replace(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ').trim(),
};

export class ServiceSchemas {
  readonly #schemas = new Map<string, object>();
  /** In lower case: names that differ only by case are one to Salesforce. */
  readonly #taken = new Set<string>();

  all(): object {
    return Object.fromEntries(this.#schemas);
  }

  /** The schema as it is used; undefined for one without any field, which would be a free map. */
  refer(schema: ServiceSchema, name: string): object | undefined {
    if ('properties' in schema) return this.#referObject(schema, name);
    if ('items' in schema) return this.#toArray(schema, name);
    return toValue(schema);
  }

  /** How every failure looks. */
  problem(): object {
    return this.#shared('GangwayProblem', () => ({
      type: 'object',
      description: 'What happened (title), what follows (disposition), and what to do (advice)',
      nullable: true,
      properties: {
        ...{ type: text, title: text, status: { type: 'integer', format: 'int32' }, code: text },
        ...{ disposition: text, advice: text, correlationId: text },
        sapMessages: { type: 'array', items: this.#sapMessage() },
        issues: { type: 'array', items: this.#issue() },
      },
    }));
  }

  /** How a write of this service stands. */
  result(service: string, outputs: object | undefined): object {
    const states = ['running', 'verifying', 'held', 'done', 'refused'];
    return this.#add(`${service}_Result`, {
      type: 'object',
      properties: {
        id: { ...text, description: 'The Idempotency-Key' },
        state: {
          ...text,
          enum: states,
          description: 'done: it is in SAP. refused: it is not. held: a person must act',
        },
        isRepeat: { type: 'boolean', description: 'Done before, under the same key' },
        attempts: { type: 'integer', format: 'int32' },
        ...(outputs === undefined ? {} : { outputs }),
        sapMessages: { type: 'array', items: this.#sapMessage() },
        problem: this.problem(),
      },
    });
  }

  #sapMessage(): object {
    return this.#shared('GangwaySapMessage', () => ({
      type: 'object',
      description: 'A message SAP itself gave',
      properties: { type: text, id: text, number: text, text, field: text },
    }));
  }

  #issue(): object {
    return this.#shared('GangwayIssue', () => ({
      type: 'object',
      description: 'One thing that is wrong with the inputs',
      properties: { path: text, message: text },
    }));
  }

  #shared(name: string, make: () => object): object {
    if (this.#schemas.has(name)) return refTo(name);
    return this.#add(name, make());
  }

  #referObject({ properties, required = [], description }: ObjectSchema, name: string): object | undefined {
    const parts = Object.entries(properties).flatMap(([key, part]): [string, object][] => {
      const used = this.refer(part, `${name}_${key}`);
      return used === undefined ? [] : [[key, used]];
    });
    if (parts.length === 0) return undefined;
    const present = new Set(parts.map(([key]) => key));
    const needed = [...new Set(required)].filter((key) => present.has(key));
    return this.#add(name, {
      type: 'object',
      ...described(description),
      ...(needed.length === 0 ? {} : { required: needed }),
      properties: Object.fromEntries(parts),
    });
  }

  #toArray({ items, maxItems, description }: ArraySchema, name: string): object | undefined {
    const used = this.refer(items, `${name}_Item`);
    if (used === undefined) return undefined;
    return { type: 'array', ...described(description), items: used, ...given({ maxItems }) };
  }

  #add(wanted: string, schema: object): object {
    const name = this.#free(wanted);
    this.#schemas.set(name, schema);
    return refTo(name);
  }

  #free(wanted: string): string {
    const base = wanted.slice(0, maxNameLength);
    let name = base;
    for (let number = 2; this.#taken.has(name.toLowerCase()); number += 1) name = `${base}_${number}`;
    this.#taken.add(name.toLowerCase());
    return name;
  }
}

const refTo = (name: string): object => ({ $ref: `#/components/schemas/${name}` });

const described = (description: string | undefined): object =>
  description === undefined ? {} : { description: nameOf.words(description) };

const given = (parts: object): object =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));

/** Formats Salesforce does not know stay out: its words say the same. */
function toValue({
  type,
  format,
  maxLength,
  minimum,
  maximum,
  pattern,
  enum: choices,
  description,
}: ValueSchema): object {
  if (type === 'boolean') return { type, ...described(description) };
  if (type === 'integer') {
    const isSmall = minimum !== undefined && maximum !== undefined && minimum >= -int32 && maximum <= int32;
    return { type, format: isSmall ? 'int32' : 'int64', ...given({ minimum, maximum }), ...described(description) };
  }
  const values = [...new Set(choices ?? [])];
  return {
    type,
    ...(format === 'date' ? { format } : {}),
    ...given({ maxLength, pattern: isPattern(pattern) ? pattern : undefined }),
    ...(values.length === 0 ? {} : { enum: values }),
    ...described(wordsOf(format, description)),
  };
}

function wordsOf(format: ValueSchema['format'], description: string | undefined): string | undefined {
  if (format === 'time') return `${description ?? ''} (a time, HH:MM:SS)`.trim();
  if (format === 'decimal') return `${description ?? ''} (a number as text, with a point)`.trim();
  return description;
}

function isPattern(pattern: string | undefined): boolean {
  if (pattern === undefined) return false;
  try {
    return new RegExp(pattern, 'u').source !== '';
  } catch {
    // The only way to ask whether it is one.
    return false;
  }
}
