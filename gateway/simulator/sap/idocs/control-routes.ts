/** The part of the control API that is about IDocs: everything below /simulator/idocs. */
import { z } from 'zod';
import type { SimulatedSystem } from '../system/simulated-system.ts';
import { IdocRequestError } from './request-error.ts';
import type { AleSystem } from './ale-system.ts';
import type { BackgroundJobs } from './background-jobs.ts';
import { currentStatus } from './idoc.ts';
import type { Idoc } from './idoc.ts';
import { idocFault } from './idoc-faults.ts';
import { renderFlat } from './render-flat.ts';
import { renderXml } from './render-xml.ts';

export interface IdocReply {
  readonly status: number;
  readonly body: unknown;
}

/** Changes one field of one row; the table editor of the control API does it. */
export type EditField = (
  system: SimulatedSystem,
  table: string,
  key: Readonly<Record<string, string>>,
  set: Readonly<Record<string, string>>,
) => object;

/** A look, not an export. */
const maxListed = 1000;
const number = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform((it) => it.padStart(16, '0'));
/** Whether the answer waits until the ports have taken everything. */
const wait = z.boolean().default(true);
const runRequest = z.strictObject({ messageType: z.string().optional(), wait }).prefault({});
const sendRequest = z.strictObject({ wait }).prefault({});
const resendRequest = z.strictObject({ numbers: z.array(number).max(maxListed).optional(), wait }).prefault({});
const copyRequest = z.strictObject({ number, wait });
const loadRequest = z.strictObject({
  messageType: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
  packetSize: z.int().min(1).max(100_000).optional(),
  wait,
});
const stageRequest = z.strictObject({
  kind: z.enum(['customers', 'materials']),
  file: z.string().min(1),
  generated: z.int().min(0).max(100_000_000).optional(),
  wait,
});
const burstRequest = z.strictObject({
  table: z.string().default('KNA1'),
  key: z.record(z.string(), z.string()),
  field: z.string().default('TELF1'),
  count: z.int().min(1).max(10_000),
  /** True: a job after each change, so that each has its IDoc; else they collapse into one. */
  each: z.boolean().default(true),
  wait,
});

function summary(idoc: Idoc): object {
  const { number: docnum, messageType, key, port, control, history, deliveries } = idoc;
  const last = history.at(-1);
  return {
    number: docnum,
    messageType,
    basicType: control['IDOCTYP'],
    key,
    port,
    serial: control['SERIAL'],
    status: currentStatus(idoc),
    text: last?.text,
    deliveries,
  };
}

function details(idoc: Idoc): object {
  const xml = [...renderXml([idoc], { encoding: 'utf-8', emptyElements: false, soap: false })].join('');
  const flat = [...renderFlat([idoc], { lineEnd: 'LF', trimBlanks: false, definitions: {} })].join('');
  return { ...summary(idoc), control: idoc.control, history: idoc.history, xml, flat };
}

export class IdocRoutes {
  readonly #ale: AleSystem;
  readonly #jobs: BackgroundJobs;
  readonly #edit: EditField;

  constructor(ale: AleSystem, jobs: BackgroundJobs, edit: EditField) {
    this.#ale = ale;
    this.#jobs = jobs;
    this.#edit = edit;
  }

  /** Undefined for a path there is not; `route` is the method and what follows `idocs/`. */
  async reply(route: string, payload: unknown, query: URLSearchParams): Promise<IdocReply | undefined> {
    try {
      return (await this.#look(route, query)) ?? (await this.#act(route, payload)) ?? this.#fault(route, payload);
    } catch (error) {
      if (error instanceof IdocRequestError) return { status: 400, body: { error: error.message } };
      throw error;
    }
  }

  async #look(route: string, query: URLSearchParams): Promise<IdocReply | undefined> {
    const ok = (body: unknown): IdocReply => ({ status: 200, body });
    const [, single] = /^GET (\d{1,16})$/.exec(route) ?? [];
    if (single !== undefined) return ok(details(this.#ale.get(single.padStart(16, '0'))));
    if (route === 'GET ') {
      const idocs = this.#ale.list(Object.fromEntries(query));
      return ok({ count: idocs.length, idocs: idocs.slice(-maxListed).map(summary) });
    }
    if (route === 'GET counts') return ok(this.#ale.counts());
    if (route === 'GET settings') return ok(withoutPasswords(this.#ale.settings));
    if (route === 'GET jobs') return ok(this.#jobs.list());
    if (route !== 'GET pointers') return undefined;
    const pointers = this.#ale.pointers();
    return ok({ count: pointers.length, pointers: pointers.slice(0, maxListed) });
  }

  async #act(route: string, payload: unknown): Promise<IdocReply | undefined> {
    switch (route) {
      case 'PATCH settings':
        return { status: 200, body: withoutPasswords(this.#ale.configure(z.looseObject({}).parse(payload))) };
      case 'POST run': {
        const order = runRequest.parse(payload);
        return this.#settled(this.#ale.run(order.messageType), order.wait);
      }
      case 'POST send': {
        const order = sendRequest.parse(payload);
        return this.#settled(this.#ale.sendReady(), order.wait);
      }
      case 'POST resend': {
        const order = resendRequest.parse(payload);
        return this.#settled(this.#ale.resend(order.numbers), order.wait);
      }
      case 'POST copy': {
        const order = copyRequest.parse(payload);
        return this.#settled([this.#ale.copy(order.number)], order.wait);
      }
      case 'POST burst': {
        const order = burstRequest.parse(payload);
        return this.#settled(this.#burst(order), order.wait);
      }
      case 'POST load':
        return this.#job(loadRequest.parse(payload), (order) => this.#jobs.load(order));
      case 'POST staging-file':
        return this.#job(stageRequest.parse(payload), (order) => this.#jobs.stage(order));
      default:
        return undefined;
    }
  }

  #fault(route: string, payload: unknown): IdocReply | undefined {
    const { faults, dispatcher } = this.#ale;
    if (route === 'POST faults') return { status: 201, body: { id: faults.add(idocFault.parse(payload)) } };
    if (route === 'GET faults') return { status: 200, body: faults.list() };
    if (route !== 'DELETE faults') return undefined;
    faults.clear();
    dispatcher.release();
    return { status: 200, body: {} };
  }

  async #settled(numbers: readonly string[], isWaiting: boolean): Promise<IdocReply> {
    if (isWaiting) await this.#ale.idle();
    const idocs = numbers.slice(-maxListed).flatMap((it) => this.#ale.find(it) ?? []);
    return { status: 200, body: { count: numbers.length, idocs: idocs.map(summary) } };
  }

  async #job<Order extends { readonly wait: boolean }>(
    order: Order,
    start: (order: Order) => ReturnType<BackgroundJobs['load']>,
  ): Promise<IdocReply> {
    const { id, ended } = start(order);
    if (!order.wait) return { status: 202, body: { id } };
    return { status: 200, body: await ended };
  }

  #burst({ table, key, field, count, each }: z.infer<typeof burstRequest>): readonly string[] {
    const created: string[] = [];
    for (let index = 1; index <= count; index += 1) {
      this.#edit(this.#ale.system, table, key, { [field]: `burst ${index}` });
      if (each || index === count) created.push(...this.#ale.run());
    }
    return created;
  }
}

/** What is set, but for what must not be seen. */
function withoutPasswords({ ports, ...rest }: AleSystem['settings']): object {
  const shown: Record<string, object> = {};
  for (const [name, port] of Object.entries(ports))
    shown[name] = { ...port, ...('password' in port ? { password: '***' } : {}) };
  return { ...rest, ports: shown };
}
