/**
 * One logged-on client of the addon. It runs one call at a time and knows whether its ABAP session is still the one it
 * was opened with: the addon opens another connection by itself after many errors and says nothing. A client whose
 * session ended is never used again.
 */
import type { Clock, Deadline } from '../../../timing/index.ts';
import type { RfcClient, RfcConnectionParameters, RfcLibrary } from './rfc-addon.ts';
import type { LogonRefusal } from '../logon-refusal.ts';
import { endsSession, isRefusedLogon, readRfcError } from './rfc-errors.ts';
import type { RfcErrorInfo } from './rfc-errors.ts';
import type { RfcRequest } from './rfc-request.ts';

/** How a call ended. `late`: its deadline passed first, and SAP may go on with it. */
export type CallEnding =
  | { readonly kind: 'answered'; readonly answer: unknown }
  | { readonly kind: 'failed'; readonly error: RfcErrorInfo }
  | { readonly kind: 'late' };

/** Between two attempts to cancel: the first one does nothing when the call waits for a thread at that moment. */
const cancelEveryMs = 1_000;

export class OpenClient {
  readonly #client: RfcClient;
  readonly #clock: Clock;
  readonly #refusal: LogonRefusal;
  readonly #handle: number;
  #isLost = false;
  #running: Promise<void> = Promise.resolve();
  #usedAtMs: number;

  private constructor(client: RfcClient, clock: Clock, refusal: LogonRefusal) {
    this.#client = client;
    this.#clock = clock;
    this.#refusal = refusal;
    this.#handle = client.connectionHandle;
    this.#usedAtMs = clock.monotonic();
  }

  /** Logs on; rejects with what the addon rejects with. It ends when the SDK ends it: there is nothing to cancel yet. */
  static async open(
    library: RfcLibrary,
    parameters: RfcConnectionParameters,
    clock: Clock,
    refusal: LogonRefusal,
  ): Promise<OpenClient> {
    const client = new library.Client(parameters);
    await client.open();
    return new OpenClient(client, clock, refusal);
  }

  /** True when the ABAP session is gone, or when that is not certain. */
  get isLost(): boolean {
    return this.#isLost || this.replacement !== 'none';
  }

  /**
   * What the addon did after the last error: opened another connection, which it only does after a call was sent, or failed to,
   * and then the error at hand is not the call's.
   */
  get replacement(): 'none' | 'opened' | 'failed' {
    if (!this.#client.alive) return 'failed';
    return this.#client.connectionHandle === this.#handle ? 'none' : 'opened';
  }

  /** How long SAP has not been heard of. */
  get silentMs(): number {
    return this.#clock.monotonic() - this.#usedAtMs;
  }

  /** Never rejects. */
  call(functionName: string, request: RfcRequest, deadline: Deadline): Promise<CallEnding> {
    const { parameters, notRequested } = request;
    return this.#within(deadline.remainingMs(), () => this.#client.call(functionName, parameters, { notRequested }));
  }

  /** False when SAP no longer answers here. */
  async ping(limitMs: number): Promise<boolean> {
    const ending = await this.#within(limitMs, () => this.#client.ping());
    return ending.kind === 'answered' && !this.isLost;
  }

  /** Ends the ABAP session and begins a clean one; false when that is not certain. */
  async reset(limitMs: number): Promise<boolean> {
    const ending = await this.#within(limitMs, () => this.#client.resetServerContext());
    return ending.kind === 'answered' && !this.isLost;
  }

  /** Resolves when nothing runs in native code any more: until then a thread is taken. */
  settled(): Promise<void> {
    return this.#running;
  }

  /** Ends what runs, without waiting for it. */
  abandon(): void {
    this.#isLost = true;
    this.#cancel();
  }

  /** Closes the connection, also one that the addon has opened by itself. Only after `settled`. */
  async close(): Promise<void> {
    this.#isLost = true;
    if (!this.#client.alive) return;
    // A connection that cannot be closed is one that has ended; there is nothing left to do about it.
    await this.#client.close().catch((thrown: unknown) => readRfcError(thrown));
  }

  #within(limitMs: number, start: () => Promise<unknown>): Promise<CallEnding> {
    const { promise: late, resolve } = Promise.withResolvers<CallEnding>();
    let stopTimer = this.#clock.after(limitMs, () => {
      resolve({ kind: 'late' });
      this.#isLost = true;
      const cancel = (): void => {
        this.#cancel();
        stopTimer = this.#clock.after(cancelEveryMs, cancel);
      };
      cancel();
    });
    const native = start().then(
      (answer): CallEnding => ({ kind: 'answered', answer }),
      (thrown: unknown): CallEnding => ({ kind: 'failed', error: readRfcError(thrown) }),
    );
    const noted = native.then((ending) => {
      stopTimer();
      this.#note(ending);
      return ending;
    });
    this.#running = noted.then(() => undefined);
    return Promise.race([noted, late]);
  }

  #note(ending: CallEnding): void {
    this.#usedAtMs = this.#clock.monotonic();
    if (ending.kind !== 'failed') return;
    if (endsSession(ending.error)) this.#isLost = true;
    // The addon logs on by itself after an error, also one of a ping or a reset.
    if (isRefusedLogon(ending.error)) this.#refusal.note();
  }

  #cancel(): void {
    // Without a connection the addon is just opening another, which nothing can cancel.
    if (!this.#client.alive) return;
    // It fails when nothing runs any more, which is what was wanted.
    this.#client.cancel().catch((thrown: unknown) => readRfcError(thrown));
  }
}
