/** The org that changes arrive in: records by external id, the guard before each of them, Accounts that people have, and issues. */
import { GatewayError } from '../../src/errors/index.ts';
import type { ErrorCode } from '../../src/errors/index.ts';
import { keyText, recordPaths } from '../../src/model/index.ts';
import type { ChangeOrder, Facet, FieldValue, RecordKey } from '../../src/model/index.ts';
import type { IssueWish, RecordOutcome, RecordWrite, SyncIssue } from '../../src/ports/index.ts';

export interface StoredRecord {
  readonly key: RecordKey;
  id: string;
  readonly facets: Map<Facet, ChangeOrder>;
  readonly fields: Map<string, FieldValue>;
  isRemoved: boolean;
}

/** An Account, with or without a customer in SAP. */
export interface Account {
  readonly id: string;
  customer: RecordKey | undefined;
}

/** A "Create SAP customer" whose outcome is not known yet. */
export interface CreateRequest {
  readonly name: string;
  readonly account: Account;
  isOpen: boolean;
  /** SAP has made none, or somebody found that out. */
  isRefused: boolean;
}

export interface OrgSettings {
  /** Kinds of which the org wants no copies. */
  readonly unwanted: ReadonlySet<string>;
  readonly ownsNames: boolean;
  readonly isPoison: (text: string) => boolean;
  /** A chance of the moment: somebody saves the same row. */
  readonly isLocked: () => boolean;
}

export class ArrivalOrg {
  readonly records = new Map<string, StoredRecord>();
  readonly accounts = new Set<Account>();
  readonly requests: CreateRequest[] = [];
  readonly issues = new Map<string, SyncIssue>();
  readonly wishes = new Map<string, IssueWish>();
  /** Keys that people have ever deleted or merged: their copies begin anew with the next arrival. */
  readonly deleted = new Set<string>();
  readonly settings: OrgSettings;
  #ids = 0;

  constructor(settings: OrgSettings) {
    this.settings = settings;
  }

  addAccount(): Account {
    const account = { id: this.#newId(), customer: undefined };
    this.accounts.add(account);
    return account;
  }

  /** One row of an upsert. */
  upsert(write: RecordWrite): RecordOutcome {
    const text = keyText(write.key);
    if (this.settings.isPoison(text)) return failed('SALESFORCE_VALUE_REFUSED', { field: 'Name' });
    if (this.settings.isLocked()) return failed('SALESFORCE_ROW_LOCKED');
    const known = this.records.get(text);
    const parent = this.#missingParent(write);
    if (parent !== undefined) return { ended: 'parent-missing', parent };
    return known === undefined ? this.#insert(write, text) : this.#update(write, known);
  }

  #missingParent({ key, fields }: RecordWrite): RecordKey | undefined {
    for (const { path, type, to } of recordPaths[key.kind]) {
      const id = fields[path];
      if (type !== 'reference' || to === undefined || typeof id !== 'string') continue;
      const parent = { system: key.system, kind: to, id };
      if (!this.records.has(keyText(parent))) return parent;
    }
    return undefined;
  }

  #insert(write: RecordWrite, text: string): RecordOutcome {
    const { key } = write;
    const owner = key.kind === 'customer' ? this.accountOf(key) : undefined;
    if (key.kind === 'customer' && owner === undefined) {
      const request = this.requests.find(({ isOpen }) => isOpen);
      if (request !== undefined) return failed('CUSTOMER_BEING_CREATED', { system: key.system, request: request.name });
      this.accounts.add({ id: this.#newId(), customer: key });
    }
    const id = this.accountOf(key)?.id ?? this.#newId();
    const record: StoredRecord = { key, id, facets: new Map(), fields: new Map(), isRemoved: false };
    this.records.set(text, record);
    return this.#take(write, record, owner === undefined);
  }

  #update(write: RecordWrite, known: StoredRecord): RecordOutcome {
    const older = facetsOf(write).flatMap(([facet, order]) => {
      const there = known.facets.get(facet);
      return there !== undefined && order < there ? [facet] : [];
    });
    if (older.length > 0) return { ended: 'older', facets: older };
    return this.#take(write, known, false);
  }

  #take(write: RecordWrite, record: StoredRecord, isNew: boolean): RecordOutcome {
    for (const [facet, order] of facetsOf(write)) record.facets.set(facet, order);
    const { key } = write;
    for (const [path, value] of Object.entries(write.fields)) {
      const isOwn = this.settings.ownsNames && key.kind === 'customer' && path === 'name';
      if (!isOwn || isNew) record.fields.set(path, value);
    }
    if (write.isRemoved || Object.hasOwn(write.fields, 'isRemoved')) record.isRemoved = write.isRemoved;
    return { ended: 'written', recordId: record.id, isNew };
  }

  accountOf(key: RecordKey): Account | undefined {
    if (key.kind !== 'customer') return undefined;
    const text = keyText(key);
    for (const account of this.accounts)
      if (account.customer !== undefined && keyText(account.customer) === text) return account;
    return undefined;
  }

  /** Somebody, or flow C, writes the number of a customer into an Account; false: another Account has it. */
  link(account: Account, key: RecordKey): boolean {
    if (account.customer !== undefined || this.accountOf(key) !== undefined) return false;
    account.customer = key;
    return true;
  }

  /** What flow C was told: the number, or that there is none. */
  endRequest(request: CreateRequest, key: RecordKey | undefined): void {
    if (!request.isOpen) return;
    request.isOpen = false;
    request.isRefused = key === undefined;
    if (key !== undefined && this.accounts.has(request.account)) this.link(request.account, key);
  }

  /** The one without a customer stays, and takes along what SAP has said of the other. */
  merge(winner: Account, loser: Account): void {
    if (winner.customer !== undefined || loser.customer === undefined) return;
    const record = this.records.get(keyText(loser.customer));
    this.accounts.delete(loser);
    winner.customer = loser.customer;
    if (record !== undefined) record.id = winner.id;
  }

  /** With everything that is below it. */
  delete(key: RecordKey): void {
    const account = this.accountOf(key);
    if (account !== undefined) this.accounts.delete(account);
    const gone = [...this.records].filter(
      ([text, record]) => text === keyText(key) || [...record.fields.values()].some((value) => value === key.id),
    );
    for (const [text] of gone) {
      this.deleted.add(text);
      this.records.delete(text);
    }
  }

  /** `answered`: names of those whose wish is taken off. */
  show(issues: readonly SyncIssue[], answered: ReadonlySet<string>): void {
    for (const issue of issues) {
      if (answered.has(issue.name)) this.wishes.delete(issue.name);
      if (issue.state === 'held' || issue.state === 'waiting') this.issues.set(issue.name, issue);
      else this.issues.delete(issue.name);
    }
  }

  #newId(): string {
    this.#ids += 1;
    return `001${String(this.#ids).padStart(6, '0')}`;
  }
}

export const facetsOf = ({ facets }: Pick<RecordWrite, 'facets'>): readonly (readonly [Facet, ChangeOrder])[] =>
  Object.entries(facets) as [Facet, ChangeOrder][];

const failed = (code: ErrorCode, context: Record<string, string> = {}): RecordOutcome => ({
  ended: 'failed',
  error: new GatewayError(code, context),
});
