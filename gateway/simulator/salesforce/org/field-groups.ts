/** The fields of an object by what every write asks of them; found once, because a load writes thousands of rows. */
import type { FieldDefinition, ObjectDefinition } from './object-definition.ts';

/** The groups. */
export interface FieldGroups {
  readonly required: readonly FieldDefinition[];
  readonly unique: readonly FieldDefinition[];
  readonly autoNumbers: readonly FieldDefinition[];
  /** Lookups to records that the org holds as such. */
  readonly references: readonly FieldDefinition[];
  /** What a new record starts with. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

const known = new WeakMap<ObjectDefinition, FieldGroups>();

/** The groups of one object. */
export function fieldGroups(object: ObjectDefinition): FieldGroups {
  const found = known.get(object);
  if (found !== undefined) return found;
  const fields = [...object.fields.values()];
  const groups: FieldGroups = {
    required: fields.filter((field) => field.isRequired),
    unique: fields.filter((field) => field.isUnique),
    autoNumbers: fields.filter((field) => field.type === 'AutoNumber'),
    references: fields.filter(({ referenceTo }) => referenceTo !== null && referenceTo !== 'User'),
    defaults: Object.fromEntries(
      fields.map(({ name, type, defaultValue }): [string, unknown] => [
        name,
        type === 'Checkbox' ? defaultValue === 'true' : defaultValue,
      ]),
    ),
  };
  known.set(object, groups);
  return groups;
}
