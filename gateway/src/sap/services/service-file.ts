/** The format of a service file, version 1. Every value in it is text, so `default: 0010` keeps its zeros. */
import { z } from 'zod';
import { publishedService, serviceName } from '../../model/index.ts';
import { conversionNames } from './conversions.ts';
import { parameterPattern, placePattern } from './place.ts';

export const valueTypes = ['text', 'integer', 'decimal', 'date', 'time', 'boolean'] as const;
export type ValueType = (typeof valueTypes)[number];

/** A function has some hundred fields at most that anybody fills; the whole file is bounded as well. */
const maxFields = 500;
const maxRowsLimit = 10_000;
const defaultMaxRows = 200;

const words = (maxLength: number) => z.string().trim().min(1, 'must not be empty').max(maxLength);
const flag = z.enum(['true', 'false'], 'must be true or false').transform((text) => text === 'true');
const count = (maximum: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,5}$/, 'must be a whole number from 1')
    .transform(Number)
    .refine((number) => number <= maximum, `must be at most ${maximum}`);
/** Names that JSON, Flow and Apex all take. */
const fieldName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/, 'must be 1 to 40 letters and digits, beginning with a letter');
const parameter = z.string().regex(parameterPattern, 'must be the name of an SAP parameter, in capitals');
const place = z
  .string()
  .regex(placePattern, 'must be PARAMETER, STRUCTURE.FIELD or TABLE[1].FIELD, in capitals, as SE37 shows them');
const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.union([item.transform((one) => [one]), z.array(item).min(1).max(20)]);
const fixed = z.record(place, z.string().max(255)).default({});

const described = { name: fieldName, description: words(255).optional() };
const converted = {
  conversion: z.enum(conversionNames).optional(),
  /** For amounts: the name of the input or output beside it that says the currency. */
  currency: fieldName.optional(),
};
const inputValue = z.strictObject({
  ...described,
  type: z.enum(valueTypes),
  to: oneOrMore(place),
  required: flag.default(false),
  default: z.string().max(1_000).optional(),
  ...converted,
  enum: z.array(z.string().max(255)).min(1).max(200).optional(),
  maxLength: count(maxRowsLimit).optional(),
  /** Gets an `X` when a value is given: the change flags of many BAPIs. */
  mark: oneOrMore(place).optional(),
});
const inputGroup = {
  ...described,
  to: parameter.optional(),
  required: flag.default(false),
  fields: z.array(inputValue).min(1).max(maxFields),
};
const input = z.discriminatedUnion('type', [
  inputValue,
  z.strictObject({ ...inputGroup, type: z.literal('structure') }),
  z.strictObject({
    ...inputGroup,
    type: z.literal('list'),
    maxRows: count(maxRowsLimit).default(defaultMaxRows),
    /** The same in every row. */
    fixed,
  }),
]);

const outputValue = z.strictObject({ ...described, type: z.enum(valueTypes), from: place, ...converted });
const outputGroup = {
  ...described,
  from: parameter.optional(),
  fields: z.array(outputValue).min(1).max(maxFields),
};
const output = z.discriminatedUnion('type', [
  outputValue,
  z.strictObject({ ...outputGroup, type: z.literal('structure') }),
  z.strictObject({ ...outputGroup, type: z.literal('list') }),
]);

/** True when the output has this value or, without `equals`, any. */
const condition = z.strictObject({ output: fieldName, equals: z.string().max(255).optional() });
const lookUp = z.strictObject({
  service: serviceName,
  inputs: z.record(fieldName, z.string().max(255)).default({}),
  /** The write is in SAP. */
  done: condition,
  /** The write is not in SAP and cannot come any more, so it may be made again. */
  none: condition.optional(),
  /** The other's output that has the $contentHash of what was written: another one says that the key stands for other inputs. */
  content: fieldName.optional(),
  /** This service's outputs, each from an output of the other. */
  outputs: z.record(fieldName, fieldName).default({}),
});

export const serviceFile = z.strictObject({
  gangway: z.literal('1', 'must be 1, the version of the format'),
  name: serviceName,
  summary: words(200),
  function: z.string().regex(parameterPattern, 'must be the name of a function module, in capitals, as SE37 shows it'),
  effect: z.enum(['read', 'write']),
  commit: z.enum(['BAPI_TRANSACTION_COMMIT', 'self'], 'must be BAPI_TRANSACTION_COMMIT or self').optional(),
  signature: z.enum(['required', 'not-required']).optional(),
  /** Of a write: the agent that carries it out, where several serve the SAP system. */
  agent: words(100).optional(),
  callers: publishedService.shape.callers.default([]),
  inputs: z.array(input).max(maxFields).default([]),
  fixed,
  outputs: z.array(output).max(maxFields).default([]),
  messages: oneOrMore(parameter).optional(),
  lookUp: lookUp.optional(),
});

export type ServiceFile = z.infer<typeof serviceFile>;
export type InputValue = z.infer<typeof inputValue>;
export type Input = z.infer<typeof input>;
export type InputGroup = Exclude<Input, InputValue>;
export type OutputValue = z.infer<typeof outputValue>;
export type Output = z.infer<typeof output>;
export type OutputGroup = Exclude<Output, OutputValue>;
export type LookUp = z.infer<typeof lookUp>;
export type Condition = z.infer<typeof condition>;
export type Callers = ServiceFile['callers'];

/** True for a list or a structure. */
export function isGroup<T extends Input | Output>(field: T): field is Extract<T, { type: 'list' | 'structure' }> {
  return field.type === 'list' || field.type === 'structure';
}
