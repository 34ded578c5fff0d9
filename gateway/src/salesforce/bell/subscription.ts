/** One stream of events from its first request to its end: asks for more in time, and notices when it is dead. */
import type { GatewayError } from '../../errors/index.ts';
import type { Clock } from '../../timing/index.ts';
import { fetchResponse } from './methods.ts';
import type { PubSubClient, Subscription } from './pub-sub-client.ts';
import type { Session } from '../logon.ts';

/** What Salesforce lets be outstanding at once. */
const maxOutstanding = 100;
/** Asked for more when so few are left, so that a burst is not held up by a round trip. */
const lowWater = 50;
/** Salesforce says something at least every 270 seconds; later than this the connection is half open. */
const silenceMs = 330_000;
/** A server need not answer before there is an event: a stream that has not failed by then is taken for open. */
const quietMs = 2_000;

export interface SubscriptionEvents {
  /** The stream is open: from here on events arrive. */
  onOpen(): void;
  /** At least one event has come, or may have been missed. */
  onEvents(): void;
}

/** Listens until the stream ends or `stop` aborts; gives what it ended with, undefined after `stop`. */
export function listenOnce(
  client: PubSubClient,
  session: Session,
  topic: string,
  events: SubscriptionEvents,
  parts: { readonly clock: Clock; readonly stop: AbortSignal },
): Promise<GatewayError | undefined> {
  return new Promise((resolve) => {
    const stream = client.subscribe(session);
    const watch = new Watch(stream, events, parts.clock, topic);
    const finish = (failure: GatewayError): void => {
      watch.end();
      parts.stop.removeEventListener('abort', giveUp);
      resolve(parts.stop.aborted ? undefined : failure);
    };
    const giveUp = (): void => stream.cancel();
    stream.on('status', (end) => finish(client.toFailure(end)));
    // The status says the same; an error that nobody listens to would end the process.
    stream.on('error', () => undefined);
    parts.stop.addEventListener('abort', giveUp, { once: true });
    if (parts.stop.aborted) giveUp();
    else watch.begin();
  });
}

class Watch {
  readonly #stream: Subscription;
  readonly #events: SubscriptionEvents;
  readonly #clock: Clock;
  readonly #topic: string;
  #outstanding = maxOutstanding;
  #isOpen = false;
  #isHeard = false;
  #cancelSilence: () => void = () => undefined;
  #cancelQuiet: () => void = () => undefined;

  constructor(stream: Subscription, events: SubscriptionEvents, clock: Clock, topic: string) {
    this.#stream = stream;
    this.#events = events;
    this.#clock = clock;
    this.#topic = topic;
  }

  begin(): void {
    this.#stream.on('metadata', () => this.#hear());
    this.#stream.on('data', (message: unknown) => this.#take(message));
    // From now on only: what waits already is found by the visit that the opening rings for.
    this.#stream.write({ topic_name: this.#topic, replay_preset: 'LATEST', num_requested: maxOutstanding });
    this.#cancelQuiet = this.#clock.after(quietMs, () => this.#open());
    this.#expectLife();
  }

  end(): void {
    this.#cancelSilence();
    this.#cancelQuiet();
  }

  /** The server's first word. Where the stream was taken for open before it, something may have been missed since. */
  #hear(): void {
    if (this.#isHeard) return;
    this.#isHeard = true;
    if (this.#isOpen) return this.#events.onEvents();
    this.#open();
  }

  #open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#cancelQuiet();
    this.#events.onOpen();
  }

  #take(message: unknown): void {
    this.#expectLife();
    this.#hear();
    const parsed = fetchResponse.safeParse(message);
    const count = parsed.success ? parsed.data.events.length : 0;
    if (count === 0) return;
    this.#outstanding -= count;
    this.#askForMore();
    this.#events.onEvents();
  }

  #askForMore(): void {
    if (this.#outstanding > lowWater) return;
    const more = maxOutstanding - Math.max(0, this.#outstanding);
    this.#outstanding = maxOutstanding;
    this.#stream.write({ topic_name: this.#topic, num_requested: more });
  }

  #expectLife(): void {
    this.#cancelSilence();
    this.#cancelSilence = this.#clock.after(silenceMs, () => this.#stream.cancel());
  }
}
