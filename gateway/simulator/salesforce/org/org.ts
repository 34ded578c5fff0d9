/** One org: its objects, records, people, and what each of them may see and do. */
import type { TroubledRow } from '../faults/row-trouble.ts';
import type { Row } from './check-record.ts';
import { readCustomMetadata } from './custom-metadata.ts';
import type { CustomMetadataRecord } from './custom-metadata.ts';
import { storeMetadata } from './metadata-rows.ts';
import type { MetadataSetting } from './metadata-rows.ts';
import { notFound } from './errors.ts';
import { LookupIndex } from './lookup-index.ts';
import { loadRecords } from './load-data.ts';
import type { OrgData } from './load-data.ts';
import type { FieldDefinition } from './object-definition.ts';
import { readPermissionSets } from './permission-sets.ts';
import type { PermissionSet } from './permission-sets.ts';
import { namespacing, readObjectDefinitions } from './read-object-definitions.ts';
import { toLongId } from './record-id.ts';
import { RequestIndex } from './request-index.ts';
import type { Transaction } from './transaction.ts';
import { RecordStore } from './record-store.ts';

/** A person with what the permission sets grant. */
export interface OrgUser {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly title: string;
  readonly sees: 'all' | 'own';
  readonly permissionSets: readonly PermissionSet[];
  readonly isApiOnly: boolean;
}

/** What Apex makes of a record before it is saved. */
export type BeforeSave = (org: Org, object: string, row: Row, before: Row | undefined) => Row;

/** What an org is made from. */
export interface OrgSettings {
  readonly id: string;
  readonly data: OrgData;
  readonly packageFolder: string;
  readonly namespace: string | undefined;
  readonly stateFile: string | undefined;
  readonly now: () => number;
  readonly triggers: readonly BeforeSave[];
}

export class Org {
  readonly id: string;
  readonly name: string;
  readonly store: RecordStore;
  /** Contacts by Account. */
  readonly contacts: LookupIndex;
  /** The outbox by its indexes. */
  readonly requests: RequestIndex;
  /** Nobody yet while the org's first records are made. */
  readonly users: readonly OrgUser[] = [];
  customMetadata: readonly CustomMetadataRecord[];
  /** Prices by product. */
  readonly prices: LookupIndex;
  /** From a name in the package's source to its name in this org. */
  readonly named: (name: string) => string;
  readonly now: () => number;
  readonly homeName: string;
  readonly packageFolder: string;
  readonly #metadataSetting: MetadataSetting;
  readonly #metadataByType = new Map<string, readonly CustomMetadataRecord[]>();
  /** Sends a custom notification to the owners of Accounts. */
  notify: (type: string, accountIds: ReadonlySet<string>) => void = () => undefined;
  /** Publishes the bell of the outbox. */
  publishBell: (system: string, userId: string) => void = () => undefined;
  /** Puts an event of any kind on the bus. */
  publish: (object: string, values: Row, userId: string) => void = () => undefined;
  /** Trouble that was ordered for rows: throws it. */
  troubleOf: (row: TroubledRow) => void = () => undefined;
  /** What Apex does after a merge, in the same transaction. */
  afterMerge: (transaction: Transaction, object: string, loser: Row, master: Row) => void = () => undefined;
  /** Counts rows that a caller of the API wants written. */
  rowsWanted: (count: number) => void = () => undefined;

  constructor({ id, data, packageFolder, namespace, stateFile, now, triggers }: OrgSettings) {
    this.id = toLongId(id);
    this.name = data.orgName;
    this.packageFolder = packageFolder;
    this.now = now;
    this.named = namespacing(namespace);
    this.store = new RecordStore(readObjectDefinitions(packageFolder, namespace), now, stateFile);
    this.contacts = new LookupIndex(this.store, 'Contact', 'AccountId');
    this.prices = new LookupIndex(this.store, this.named('SAP_Price__c'), this.named('Product__c'));
    this.requests = new RequestIndex(this.store, this.named);
    this.customMetadata = readCustomMetadata(packageFolder, data.customMetadata);
    this.#metadataSetting = { named: this.named, namespace, now: now() };
    storeMetadata(this.store, this.customMetadata, this.#metadataSetting);
    this.store.beforeSave = (object, row, before) =>
      triggers.reduce((changed, trigger) => trigger(this, object, changed, before), row);
    if (!this.store.restore()) loadRecords(this.store, data, this.named);
    this.users = readUsers(this.store, data, readPermissionSets(packageFolder, namespace));
    this.homeName = homeName(data);
  }

  /** Rings after the commit, once per transaction and SAP system (OutboxBell). */
  ring(transaction: Transaction, system: string): void {
    if (system === '') return;
    transaction.onCommit('bell', system, (systems) => {
      for (const one of systems) this.publishBell(one, transaction.userId);
    });
  }

  user(id: string): OrgUser | undefined {
    return this.users.find((user) => user.id === id);
  }

  /** Records of one custom metadata type, in order of label. */
  metadataRecords(type: string): readonly CustomMetadataRecord[] {
    const known = this.#metadataByType.get(type);
    if (known !== undefined) return known;
    const found = this.customMetadata.filter((record) => record.type === type);
    const sorted = found.sort((a, b) => a.label.localeCompare(b.label));
    this.#metadataByType.set(type, sorted);
    return sorted;
  }

  /** What an admin edits in Setup while the org runs: values of one record, `SAP_Arrival_Rule.Order`. */
  editMetadata(name: string, values: CustomMetadataRecord['values']): void {
    const [type, developerName] = name.split('.');
    const isIt = (one: CustomMetadataRecord): boolean =>
      one.type === `${type}__mdt` && one.developerName === developerName;
    if (!this.customMetadata.some(isIt)) throw notFound(`There is no record ${name}`);
    this.customMetadata = this.customMetadata.map((one) =>
      isIt(one) ? { ...one, values: { ...one.values, ...values } } : one,
    );
    this.#metadataByType.clear();
    storeMetadata(this.store, this.customMetadata, this.#metadataSetting);
  }

  hasCustomPermission(user: OrgUser, name: string): boolean {
    return user.permissionSets.some((set) => set.customPermissions.has(name));
  }

  /** Sharing: the owner, whoever sees all, and for the package's own objects whoever sees the Account above. */
  canReadRow(user: OrgUser, objectName: string, row: Row): boolean {
    const object = this.store.object(objectName);
    if (object.name === 'User') return true;
    if (object.name.endsWith('__c') && !user.permissionSets.some((set) => set.readableObjects.has(object.name)))
      return false;
    const master = [...object.fields.values()].find((field) => field.type === 'MasterDetail');
    const masterId = master === undefined ? null : (row[master.name] ?? null);
    if (master?.referenceTo != null && masterId !== null) {
      const parent = this.store.find(master.referenceTo, String(masterId));
      return parent !== undefined && this.canReadRow(user, master.referenceTo, parent);
    }
    return user.sees === 'all' || row['OwnerId'] === user.id;
  }

  /** Field-level security: the package's fields by permission set, standard fields by profile. */
  canReadField(user: OrgUser, objectName: string, field: FieldDefinition): boolean {
    if (/__(e|mdt)$/.test(objectName)) return true;
    if (isEverybodys(user, field)) return true;
    return hasGrant(objectName, field, (name) => user.permissionSets.some((set) => set.readableFields.has(name)));
  }

  canEditField(user: OrgUser, objectName: string, field: FieldDefinition): boolean {
    if (field.isReadOnly) return false;
    if (objectName.endsWith('__e')) return true;
    if (isEverybodys(user, field)) return true;
    return hasGrant(objectName, field, (name) => user.permissionSets.some((set) => set.editableFields.has(name)));
  }

  /** What a user may do with an object at all: people by their profile, programs by their permission sets only. */
  canUse(user: OrgUser, objectName: string, right: ObjectRight): boolean {
    if (!user.isApiOnly || objectName === 'User') return true;
    if (objectName.endsWith('__mdt')) return user.permissionSets.some((set) => set.metadataTypes.has(objectName));
    const granted = { read: 'readableObjects', create: 'creatableObjects', edit: 'editableObjects' } as const;
    return user.permissionSets.some((set) => set[granted[right]].has(objectName));
  }
}

/** What object permissions grant. */
export type ObjectRight = 'read' | 'create' | 'edit';

/** Fields without field-level security: required ones, names, the owner, keys; and a person's profile. */
function isEverybodys(user: OrgUser, field: FieldDefinition): boolean {
  if (field.isRequired || field.isReadOnly) return !field.name.endsWith('__c') || field.isRequired;
  if (field.name.endsWith('__c')) return false;
  return !user.isApiOnly || ['Name', 'OwnerId', 'FirstName', 'CurrencyIsoCode'].includes(field.name);
}

/** Parts of an address are granted as the whole address. */
function hasGrant(objectName: string, field: FieldDefinition, isGranted: (name: string) => boolean): boolean {
  const address =
    /^(Billing|Shipping|Mailing|Other)?(?:Street|PostalCode|City|State|Country|StateCode|CountryCode)$/.exec(
      field.name,
    );
  return (
    isGranted(`${objectName}.${field.name}`) ||
    (address !== null && isGranted(`${objectName}.${address[1] ?? ''}Address`))
  );
}

function readUsers(store: RecordStore, data: OrgData, sets: readonly PermissionSet[]): OrgUser[] {
  return data.users.map((user) => {
    const row = store.rows('User').find((one) => one['Username'] === user.username);
    if (row === undefined)
      throw new Error(`The kept state of the org has no user ${user.username}: delete the state file`);
    return {
      id: String(row['Id']),
      name: `${user.firstName} ${user.lastName}`,
      username: user.username,
      title: user.title,
      sees: user.sees,
      isApiOnly: user.isApiOnly === true,
      permissionSets: user.permissionSets.map((name) => {
        const set = sets.find((one) => one.name === name);
        if (set === undefined) throw new Error(`The package has no permission set ${name}`);
        return set;
      }),
    };
  });
}

function homeName(data: OrgData): string {
  const home = Object.values(data.records)
    .flat()
    .find((record) => record.ref === data.home);
  return String(home?.fields['Name'] ?? '');
}
