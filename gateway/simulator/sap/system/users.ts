/** Who may log on, and the lock after too many wrong passwords. */

export interface SapUser {
  readonly name: string;
  readonly password: string;
  /** Logon language when the caller names none; English unless given. */
  readonly language?: string | undefined;
  readonly isLocked?: boolean | undefined;
  /** SNC name (transaction SNC0, USRACL) that stands for user and password over RFC. */
  readonly sncName?: string | undefined;
  /** Without it the ICF service itself refuses (HTTP 403). */
  readonly mayUseService?: boolean | undefined;
  /** Function names or prefixes ending in `*` (S_RFC); everything unless given. */
  readonly functions?: readonly string[] | undefined;
}

export type LogonResult = { readonly user: SapUser } | { readonly refusal: 'no-credentials' | 'wrong' | 'locked' };

/** login/fails_to_user_lock as SAP delivers it. */
const wrongLogonsUntilLock = 5;
/** One a user is enough; spellings of the same header must not grow without end. */
const maxGoodHeaders = 100;

export class Users {
  readonly #byName = new Map<string, SapUser>();
  readonly #wrongLogons = new Map<string, number>();
  readonly #locked = new Set<string>();
  /** The header of a good logon is known by heart: decoding it anew for each call is wasted work. */
  readonly #goodHeaders = new Map<string, SapUser>();

  constructor(users: readonly SapUser[]) {
    for (const user of users) {
      const name = user.name.toUpperCase();
      this.#byName.set(name, user);
      if (user.isLocked === true) this.#locked.add(name);
    }
  }

  logOn(header: string | undefined): LogonResult {
    if (header === undefined) return { refusal: 'no-credentials' };
    const known = this.#goodHeaders.get(header);
    if (known !== undefined && this.#locked.size === 0 && this.#wrongLogons.size === 0) return { user: known };
    return this.#check(header);
  }

  /** Counts wrong passwords, whichever door they come to. */
  checkPassword(givenName: string, password: string): LogonResult {
    const name = givenName.toUpperCase();
    const user = this.#byName.get(name);
    if (user === undefined) return { refusal: 'wrong' };
    if (this.#locked.has(name)) return { refusal: 'locked' };
    if (password === user.password) {
      this.#wrongLogons.delete(name);
      return { user };
    }
    const wrong = (this.#wrongLogons.get(name) ?? 0) + 1;
    this.#wrongLogons.set(name, wrong);
    if (wrong >= wrongLogonsUntilLock) this.#locked.add(name);
    return { refusal: 'wrong' };
  }

  /** Whom an SNC name stands for. */
  logOnWithSnc(sncName: string): LogonResult {
    const user = [...this.#byName.values()].find((it) => it.sncName === sncName);
    if (user === undefined) return { refusal: 'wrong' };
    return this.isLocked(user.name) ? { refusal: 'locked' } : { user };
  }

  unlock(name: string): boolean {
    this.#wrongLogons.delete(name.toUpperCase());
    return this.#locked.delete(name.toUpperCase());
  }

  lock(name: string): void {
    this.#locked.add(name.toUpperCase());
  }

  isLocked(name: string): boolean {
    return this.#locked.has(name.toUpperCase());
  }

  #check(header: string): LogonResult {
    const encoded = /^Basic +([A-Za-z0-9+/=]+) *$/i.exec(header)?.[1];
    if (encoded === undefined) return { refusal: 'no-credentials' };
    const text = Buffer.from(encoded, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    const name = text.slice(0, Math.max(colon, 0)).toUpperCase();
    const result = this.checkPassword(name, text.slice(colon + 1));
    if ('user' in result) this.#rememberHeader(header, result.user);
    return result;
  }

  #rememberHeader(header: string, user: SapUser): void {
    if (this.#goodHeaders.size >= maxGoodHeaders) this.#goodHeaders.clear();
    this.#goodHeaders.set(header, user);
  }
}

/** Whether S_RFC lets the user call the function. */
export function mayCall(user: SapUser, functionName: string): boolean {
  if (user.functions === undefined) return true;
  return user.functions.some((it) =>
    it.endsWith('*') ? functionName.startsWith(it.slice(0, -1)) : it === functionName,
  );
}
