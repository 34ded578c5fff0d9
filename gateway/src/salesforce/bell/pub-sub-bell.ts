/** The org's bell: listens to the package's platform event, for as long as it is wanted and however often it breaks. */
import { toGatewayError } from '../../errors/index.ts';
import type { GatewayError } from '../../errors/index.ts';
import type { OrgBell } from '../../ports/index.ts';
import { errorFields } from '../../telemetry/index.ts';
import type { Log } from '../../telemetry/index.ts';
import { backoffMs, Deadline, sleep } from '../../timing/index.ts';
import type { BackoffPolicy, Clock } from '../../timing/index.ts';
import type { PackageNamespace } from '../package-namespace.ts';
import type { Sessions } from '../sessions.ts';
import { PubSubClient } from './pub-sub-client.ts';
import type { PubSubSettings } from './pub-sub-client.ts';
import { listenOnce } from './subscription.ts';

export interface BellParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly sessions: Sessions;
  readonly namespace: PackageNamespace;
  /** Aborts when the org is closed. */
  readonly closed: AbortSignal;
}

/** Visits go on meanwhile, so nothing waits for the bell; a missing right is not asked for every second. */
const reconnect: BackoffPolicy = { firstMs: 500, maxMs: 60_000 };
/** For logon and the look-up of the namespace before the stream. */
const prepareMs = 30_000;

interface Listener {
  readonly onRing: () => void;
  readonly onState: (isListening: boolean) => void;
  readonly stop: AbortSignal;
}

export class PubSubBell implements OrgBell {
  readonly #settings: PubSubSettings;
  readonly #parts: BellParts;

  constructor(settings: PubSubSettings, parts: BellParts) {
    this.#settings = settings;
    this.#parts = parts;
  }

  listen(onRing: () => void, onState: (isListening: boolean) => void, stop: AbortSignal): void {
    const either = AbortSignal.any([stop, this.#parts.closed]);
    // `#run` catches whatever can fail; what is left would be a bug, and the agent goes on without a bell.
    this.#run({ onRing, onState, stop: either }).catch((thrown: unknown) =>
      this.#parts.log.error(errorFields(toGatewayError(thrown)), 'The bell has stopped; polling goes on.'),
    );
  }

  async #run(listener: Listener): Promise<void> {
    const client = await PubSubClient.open(this.#settings);
    const isWanted = (): boolean => !listener.stop.aborted;
    for (let failures = 0; isWanted();) {
      const wasOpen = await this.#listenOnce(client, listener);
      failures = wasOpen ? 1 : failures + 1;
      await sleep(this.#parts.clock, backoffMs(this.#parts.clock, reconnect, failures), listener.stop);
    }
    client.close();
  }

  /** One connection to its end; true when events could have arrived. */
  async #listenOnce(client: PubSubClient, { onRing, onState, stop }: Listener): Promise<boolean> {
    const { clock } = this.#parts;
    const was = { open: false };
    const onOpen = (): void => {
      was.open = true;
      onState(true);
      // While nobody listened, something may have happened.
      onRing();
    };
    try {
      const { session, topic } = await this.#prepare();
      const failure = await listenOnce(client, session, topic, { onOpen, onEvents: onRing }, { clock, stop });
      if (failure?.code === 'SALESFORCE_SESSION_EXPIRED') this.#parts.sessions.forget(session);
      if (failure !== undefined) this.#note(failure);
    } catch (thrown) {
      this.#note(toGatewayError(thrown));
    } finally {
      if (was.open) onState(false);
    }
    return was.open;
  }

  async #prepare() {
    const deadline = Deadline.in(this.#parts.clock, prepareMs);
    const topic = await this.#parts.namespace.topic(deadline);
    return { session: await this.#parts.sessions.get(deadline), topic };
  }

  #note(failure: GatewayError): void {
    const fields = { org: this.#settings.org, ...errorFields(failure) };
    this.#parts.log.info(fields, 'The bell cannot ring now; polling goes on.');
  }
}
