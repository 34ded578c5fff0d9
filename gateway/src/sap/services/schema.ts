/** A service as callers see it: names, types and limits, nothing of SAP. */
import { createHash } from 'node:crypto';
import type { PublishedService, ServiceSchema } from '../../model/index.ts';
import { decimalPattern, timePattern } from './external-value.ts';
import { isGroup } from './service-file.ts';
import type { Input, InputValue, Output, OutputValue, ServiceFile } from './service-file.ts';

/** What relays are told, and put into the OpenAPI document. */
export function toPublished(file: ServiceFile, isKeyedInSap = false): PublishedService {
  const { name, summary, effect, callers, agent } = file;
  return {
    name,
    summary,
    effect,
    inputs: objectOf(file.inputs),
    outputs: objectOf(file.outputs),
    callers,
    signature: effect === 'read' ? 'not-required' : (file.signature ?? 'required'),
    ...(agent === undefined ? {} : { agent }),
    ...(isKeyedInSap ? { isKeyedInSap } : {}),
    version: versionOf(file),
  };
}

/** Worked out once per file that was read: a service is looked for with every call. */
const versions = new WeakMap<ServiceFile, string>();

/** Of everything that decides what a call does in SAP; who may call it can change while a write is open. */
function versionOf(file: ServiceFile): string {
  const known = versions.get(file);
  if (known !== undefined) return known;
  const { summary: _summary, callers: _callers, signature: _signature, agent: _agent, ...deciding } = file;
  const version = createHash('sha256').update(JSON.stringify(deciding)).digest('hex').slice(0, 32);
  versions.set(file, version);
  return version;
}

function objectOf(fields: readonly (Input | Output)[], description?: string): ServiceSchema {
  const required = fields.filter((field) => 'required' in field && field.required).map(({ name }) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, schemaOf(field)])),
    ...(required.length === 0 ? {} : { required }),
    ...(description === undefined ? {} : { description }),
  };
}

function schemaOf(field: Input | Output): ServiceSchema {
  if (!isGroup<Input | Output>(field)) return valueOf(field);
  if (field.type === 'structure') return objectOf(field.fields, field.description);
  return {
    type: 'array',
    items: objectOf(field.fields),
    ...('maxRows' in field ? { maxItems: field.maxRows } : {}),
    ...(field.description === undefined ? {} : { description: field.description }),
  };
}

const types = {
  text: { type: 'string' },
  integer: { type: 'integer' },
  decimal: { type: 'string', format: 'decimal', pattern: decimalPattern },
  date: { type: 'string', format: 'date' },
  time: { type: 'string', format: 'time', pattern: timePattern },
  boolean: { type: 'boolean' },
} as const satisfies Record<InputValue['type'], ServiceSchema>;

function valueOf(field: InputValue | OutputValue): ServiceSchema {
  const { description } = field;
  // Patterns are for who sends; SAP's own times may be 24:00:00.
  const base: ServiceSchema = 'to' in field ? types[field.type] : { ...types[field.type], pattern: undefined };
  const limits = 'to' in field ? { maxLength: field.maxLength, enum: field.enum } : {};
  const all = Object.entries({ ...base, ...limits, description }).filter(([, value]) => value !== undefined);
  return Object.assign({ type: types[field.type].type }, Object.fromEntries(all));
}
