/** The people and records an org starts with, from a JSON file. */
import { z } from 'zod';
import type { ObjectDefinition } from './object-definition.ts';
import type { RecordStore } from './record-store.ts';

const userData = z.strictObject({
  alias: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  username: z.string(),
  title: z.string(),
  /** `own`: only records this person owns, as under a private sharing model. */
  sees: z.enum(['all', 'own']),
  permissionSets: z.array(z.string()),
  /** Works through the API only: nobody logs on to the page as this user. */
  isApiOnly: z.boolean().optional(),
});
export type UserData = z.infer<typeof userData>;

const recordData = z.strictObject({
  /** How other records point here: `"AccountId": "@nordwind"`. */
  ref: z.string().optional(),
  /** Alias of the owner; the first user when absent. */
  owner: z.string().optional(),
  fields: z.record(z.string(), z.unknown()),
});

export const orgData = z.strictObject({
  orgName: z.string(),
  /** `ref` of the record the page opens with. */
  home: z.string(),
  /** What an admin has edited in Setup, over what the package ships: `{"SAP_Setting.Default": {field: value}}`. */
  customMetadata: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))).optional(),
  users: z.array(userData).min(1),
  records: z.record(z.string(), z.array(recordData)),
});
export type OrgData = z.infer<typeof orgData>;

/** The user that everything of the start belongs to, as in a fresh org. */
export const automatedUser = '0055g0000000000AAA';

/** Puts the records of the file into an empty store; ids follow from the order of the file. */
export function loadRecords(store: RecordStore, data: OrgData, inNamespace: (name: string) => string): void {
  const ids = new Map<string, string>();
  const transaction = store.begin(automatedUser);
  for (const user of data.users) {
    const { firstName, lastName, username, title } = user;
    const id = transaction.insert('User', {
      FirstName: firstName,
      LastName: lastName,
      Username: username,
      Title: title,
      IsActive: true,
    });
    ids.set(`@${user.alias}`, id);
  }
  const standardBook = transaction.insert('Pricebook2', { Name: 'Standard Price Book', IsActive: true });
  transaction.update('Pricebook2', standardBook, { IsStandard: true }, true);
  const resolve = (value: unknown): unknown => {
    if (typeof value !== 'string' || !value.startsWith('@')) return value;
    const id = ids.get(value);
    if (id === undefined) throw new Error(`The data of the org name ${value}, which comes later or not at all`);
    return id;
  };
  for (const [object, records] of Object.entries(data.records)) {
    for (const { ref, owner, fields } of records) {
      const entries = Object.entries(fields).map(([name, value]) => [inNamespace(name), resolve(value)] as const);
      const ownerId = resolve(`@${owner ?? data.users[0]?.alias ?? ''}`);
      const id = transaction.insert(inNamespace(object), { ...Object.fromEntries(entries), OwnerId: ownerId });
      if (ref !== undefined) ids.set(`@${ref}`, id);
    }
  }
  transaction.commit();
}

/** Whether an object has a field to show, whatever its case. */
export const hasField = (object: ObjectDefinition, name: string): boolean => object.fields.has(name.toLowerCase());
