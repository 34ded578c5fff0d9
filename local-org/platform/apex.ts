/** Stand-in for `@salesforce/apex/...`: one function that is called imperatively and used with @wire. */
import { callOrg } from './http.ts';

export { notifyRecordUpdateAvailable } from './records.ts';

interface WireValue {
  readonly data: unknown;
  readonly error: unknown;
}
type Parameters = Readonly<Record<string, unknown>>;

/** Answers of cacheable methods, kept like the platform keeps them: by method and parameters, until refreshed. */
const answers = new Map<string, Promise<unknown>>();
/** An hour's walking between records stays far below this; the oldest goes first. */
const maxAnswers = 500;
/** From the value a component was given to the wire that gave it, for `refreshApex`. */
const wireOf = new WeakMap<object, { reload(): Promise<void> }>();

function freeze(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  Object.values(value).forEach(freeze);
  return Object.freeze(value);
}

const call = (apexClass: string, method: string, parameters: Parameters): Promise<unknown> =>
  callOrg(`/api/apex/${apexClass}/${method}`, { method: 'POST', body: parameters });

function remember(key: string, load: () => Promise<unknown>): Promise<unknown> {
  const known = answers.get(key);
  if (known !== undefined) return known;
  const [oldest] = answers.keys();
  if (answers.size >= maxAnswers && oldest !== undefined) answers.delete(oldest);
  const answer = load().then(freeze);
  answers.set(key, answer);
  answer.catch(() => answers.delete(key));
  return answer;
}

/** The wire adapter class of one Apex method. */
function wireAdapter(apexClass: string, method: string) {
  return class ApexWire {
    readonly #emit: (value: WireValue) => void;
    #parameters: Parameters | undefined;
    #isConnected = false;
    #latest = 0;

    constructor(emit: (value: WireValue) => void) {
      this.#emit = emit;
      this.#give({ data: undefined, error: undefined });
    }

    #give(value: WireValue): void {
      wireOf.set(value, this);
      this.#emit(value);
    }

    update(parameters: Parameters): void {
      this.#parameters = parameters;
      if (this.#isConnected) void this.#load(false);
    }

    connect(): void {
      this.#isConnected = true;
      void this.#load(false);
    }

    disconnect(): void {
      this.#isConnected = false;
    }

    reload(): Promise<void> {
      return this.#load(true);
    }

    async #load(isForced: boolean): Promise<void> {
      const parameters = this.#parameters;
      // Like the platform: nothing is sent while a parameter is undefined.
      if (parameters === undefined || Object.values(parameters).includes(undefined)) return;
      const turn = ++this.#latest;
      const key = `${apexClass}.${method}:${JSON.stringify(parameters)}`;
      if (isForced) answers.delete(key);
      const value = await remember(key, () => call(apexClass, method, parameters)).then(
        (data): WireValue => ({ data, error: undefined }),
        (error: unknown): WireValue => ({ data: undefined, error }),
      );
      if (turn === this.#latest && this.#isConnected) this.#give(value);
    }
  };
}

/** What `import method from '@salesforce/apex/Class.method'` gives. */
export function apexMethod(apexClass: string, method: string) {
  const imperative = (parameters?: Parameters): Promise<unknown> => call(apexClass, method, parameters ?? {});
  return Object.assign(imperative, { adapter: wireAdapter(apexClass, method) });
}

/** Reads a wired value again from the org. */
export async function refreshApex(wired: object | undefined): Promise<void> {
  await (wired === undefined ? undefined : wireOf.get(wired)?.reload());
}

/** The value of one field of an sObject that Apex returned. */
export function getSObjectValue(record: unknown, field: string | { fieldApiName: string }): unknown {
  const name = typeof field === 'string' ? field.split('.').slice(1).join('.') : field.fieldApiName;
  return name.split('.').reduce<unknown>((value, part) => (isRow(value) ? value[part] : undefined), record);
}

const isRow = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
