/** A function module published as a service, as callers see it: nothing in it names SAP. */
import { z } from 'zod';
import { orgId } from './identifiers.ts';
import type { OrgId } from './identifiers.ts';

/** Also the name of the Flow action, so letters and digits only. */
export const serviceName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9]{0,59}$/, 'must be 1 to 60 letters and digits, beginning with a letter')
  .brand<'ServiceName'>();
export type ServiceName = z.infer<typeof serviceName>;

/**
 * A value of a service, as a small part of JSON Schema that OpenAPI 3.0 and Salesforce External Services know: no unions, no
 * references, no free maps.
 */
export type ServiceSchema =
  | {
      readonly type: 'string' | 'integer' | 'boolean';
      readonly format?: 'date' | 'time' | 'decimal' | undefined;
      readonly maxLength?: number | undefined;
      readonly minimum?: number | undefined;
      readonly maximum?: number | undefined;
      readonly pattern?: string | undefined;
      readonly enum?: readonly string[] | undefined;
      readonly description?: string | undefined;
    }
  | {
      readonly type: 'object';
      readonly properties: Readonly<Record<string, ServiceSchema>>;
      readonly required?: readonly string[] | undefined;
      readonly description?: string | undefined;
    }
  | {
      readonly type: 'array';
      readonly items: ServiceSchema;
      readonly maxItems?: number | undefined;
      readonly description?: string | undefined;
    };

const text = z.string().max(1_000);
/** Four levels are list, row, structure, value: what a function module can have. */
const described = { description: text.optional() };
export const serviceSchema: z.ZodType<ServiceSchema> = z.lazy(() =>
  z.union([
    z.strictObject({
      type: z.enum(['string', 'integer', 'boolean']),
      format: z.enum(['date', 'time', 'decimal']).optional(),
      maxLength: z.int().min(1).optional(),
      minimum: z.int().optional(),
      maximum: z.int().optional(),
      pattern: text.optional(),
      enum: z.array(text).max(200).optional(),
      ...described,
    }),
    z.strictObject({
      type: z.literal('object'),
      properties: z.record(z.string().max(60), serviceSchema),
      required: z.array(z.string().max(60)).optional(),
      ...described,
    }),
    z.strictObject({
      type: z.literal('array'),
      items: serviceSchema,
      maxItems: z.int().min(1).optional(),
      ...described,
    }),
  ]),
);

/** What an agent tells relays of one service, and relays put into the OpenAPI document. */
export const publishedService = z.strictObject({
  name: serviceName,
  summary: z.string().min(1).max(200),
  effect: z.enum(['read', 'write']),
  inputs: serviceSchema,
  outputs: serviceSchema,
  /** Who may call it: an org, and there certain Salesforce users or, without a list, everybody the org lets. */
  callers: z
    .array(z.strictObject({ org: orgId, users: z.array(z.string().min(1).max(80)).min(1).max(200).optional() }))
    .max(200),
  /** `required`: a write needs the org's own signature. Flow actions of External Services cannot sign. */
  signature: z.enum(['required', 'not-required']),
  /** The only agent that carries it out; of a write, because its keys are in that agent's journal. Any agent where absent. */
  agent: z.string().min(1).max(100).optional(),
  /** SAP itself keeps the key of each write of it, so it does not matter which agent carries it out. */
  isKeyedInSap: z.literal(true).optional(),
  /** Changes whenever its file does: a write goes on only under the version it began under. */
  version: z.string().min(1).max(64).optional(),
});
export type PublishedService = z.infer<typeof publishedService>;

/** Whether its file opens the service to this org, and there to this Salesforce user. */
export function isOpenTo(
  { callers }: Pick<PublishedService, 'callers'>,
  { org, user }: { readonly org: OrgId; readonly user: string },
): boolean {
  return callers.some((caller) => caller.org === org && (caller.users === undefined || caller.users.includes(user)));
}
