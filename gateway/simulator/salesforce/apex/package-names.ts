/** Names of objects and fields as admins write them: with the package's namespace or without (PackageNames). */
import type { FieldDefinition, ObjectDefinition } from '../org/object-definition.ts';
import type { Org } from '../org/org.ts';

/** The field of that name, by either name. */
export const packageField = (org: Org, object: ObjectDefinition, name: string): FieldDefinition | undefined =>
  object.fields.get(name.trim().toLowerCase()) ?? object.fields.get(org.named(name.trim()).toLowerCase());

/** A name as the package itself says it. */
export function localName(org: Org, name: unknown): string {
  const prefix = org.named('x__c').slice(0, -'x__c'.length).toLowerCase();
  const given = String(name ?? '').trim();
  return prefix !== '' && given.toLowerCase().startsWith(prefix) ? given.slice(prefix.length) : given;
}
