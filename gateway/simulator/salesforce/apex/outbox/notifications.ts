/** Custom notifications, as the bell of the page would show them (OwnerNotice). */
import type { Org } from '../../org/org.ts';
import type { Labels } from '../problem.ts';
import { display, findCustomer } from '../sap-customer.ts';

/** One entry under somebody's bell. */
export interface Notification {
  readonly type: string;
  readonly userId: string;
  readonly title: string;
  readonly body: string;
  /** The record it leads to. */
  readonly targetId: string;
  readonly at: string;
}

/** The platform keeps the last hundred or so of each user; older ones fall off. */
const maxKept = 1_000;

const words: Readonly<Record<string, readonly [string, string, string]>> = {
  SAP_Customer_Created: ['Notice_Created_Title', 'Notice_Created_Body', 'Notice_Created_Many'],
  SAP_Request_Held: ['Notice_Held_Title', 'Notice_Held_Body', 'Notice_Held_Many'],
};

export class Notifications {
  readonly #org: Org;
  readonly #labels: Labels;
  readonly #sent: Notification[] = [];

  constructor(org: Org, labels: Labels) {
    this.#org = org;
    this.#labels = labels;
  }

  /** All that were sent, oldest first. */
  get all(): readonly Notification[] {
    return this.#sent;
  }

  /** Those of one person, newest first. */
  of(userId: string): readonly Notification[] {
    return this.#sent.filter((one) => one.userId === userId).reverse();
  }

  /** One per owner, however many of their Accounts it is about. */
  send(type: string, accountIds: ReadonlySet<string>): void {
    const byOwner = new Map<string, string[]>();
    for (const id of accountIds) {
      const ownerId = this.#org.store.find('Account', id)?.['OwnerId'];
      if (typeof ownerId === 'string') byOwner.set(ownerId, [...(byOwner.get(ownerId) ?? []), id]);
    }
    for (const [ownerId, ids] of byOwner) this.#put(type, ownerId, ids);
    if (this.#sent.length > maxKept) this.#sent.splice(0, this.#sent.length - maxKept);
  }

  #put(type: string, userId: string, accountIds: readonly string[]): void {
    const [title = '', one = '', many = ''] = words[type] ?? [];
    const account = this.#org.store.find('Account', accountIds[0] ?? '') ?? {};
    const number = String(account[this.#org.named('SAP_Customer_Number__c')] ?? '');
    const customer = findCustomer('X', number);
    const body =
      accountIds.length > 1
        ? this.#labels(many).replace('{0}', String(accountIds.length))
        : this.#labels(one)
            .replace('{0}', String(account['Name'] ?? ''))
            .replace('{1}', customer === null ? '' : display(customer));
    const at = new Date(this.#org.now()).toISOString();
    this.#sent.push({ type, userId, title: this.#labels(title), body, targetId: accountIds[0] ?? '', at });
  }
}
