/** What the org says about an object and its fields (`describe`), as far as writing and reading records needs it. */
import { z } from 'zod';

const field = z
  .object({
    name: z.string().max(120),
    type: z.string().max(40),
    length: z.int().min(0).catch(0),
    precision: z.int().min(0).catch(0),
    scale: z.int().min(0).catch(0),
    digits: z.int().min(0).catch(0),
    createable: z.boolean().catch(false),
    updateable: z.boolean().catch(false),
    externalId: z.boolean().catch(false),
    relationshipName: z.string().max(120).nullable().catch(null),
    referenceTo: z.array(z.string().max(120)).catch([]),
    restrictedPicklist: z.boolean().catch(false),
    picklistValues: z
      .array(z.object({ value: z.string().nullable(), active: z.boolean().catch(true) }))
      .nullable()
      .catch([]),
  })
  .transform(({ picklistValues, restrictedPicklist, ...rest }) => ({
    ...rest,
    /** Undefined where any value is taken. */
    allowed: restrictedPicklist
      ? new Set((picklistValues ?? []).flatMap(({ value, active }) => (active && value !== null ? [value] : [])))
      : undefined,
  }));
export type FieldDescribe = z.infer<typeof field>;

/** One object; `fields` by name in lower case, because the API takes names in any case. */
export const objectDescribe = z
  .object({
    name: z.string().max(120),
    createable: z.boolean().catch(false),
    updateable: z.boolean().catch(false),
    // Salesforce allows 800 custom fields, packages bring more.
    fields: z.array(field).max(3_000),
  })
  .transform(({ fields, ...rest }) => ({
    ...rest,
    fields: new Map(fields.map((each) => [each.name.toLowerCase(), each])),
  }));
export type ObjectDescribe = z.infer<typeof objectDescribe>;

/** Both a new and an existing record may have it written: an upsert does not know which it will be. */
export const isWritable = ({ createable, updateable }: FieldDescribe): boolean => createable && updateable;
