/** Makes an IDoc of an object: segments, what the partner profile does to them, and the control record. */
import type { SimulatedSystem } from '../system/simulated-system.ts';
import { controlTable } from './control-record.ts';
import type { ControlRecord } from './control-record.ts';
import { extend } from './extend.ts';
import { idocStatus } from './idoc.ts';
import type { Idoc } from './idoc.ts';
import type { IdocNumbers } from './idoc-numbers.ts';
import { messages } from './messages/index.ts';
import type { Message, Touched } from './messages/message.ts';
import { reduce } from './reduce.ts';
import type { IdocSettings, MessageTypeSettings } from './settings.ts';

/** A message type as it is configured, with the code that builds it. */
export interface ActiveMessage {
  readonly name: string;
  readonly settings: MessageTypeSettings;
  readonly message: Message;
  readonly port: string;
}

/** The message types that are active, in the order in which a job takes them. */
export function activeMessages({ messageTypes, ports }: IdocSettings): readonly ActiveMessage[] {
  const [firstPort = ''] = Object.keys(ports);
  const order = Object.keys(messages);
  return Object.entries(messageTypes)
    .flatMap(([name, settings]) => {
      const message = messages[settings.reference ?? name];
      if (message === undefined || !settings.active) return [];
      return [{ name, settings, message, port: settings.port ?? firstPort }];
    })
    .toSorted((one, other) => place(order, one) - place(order, other));
}

function place(order: readonly string[], { name, settings }: ActiveMessage): number {
  return order.indexOf(settings.reference ?? name);
}

export interface IdocMaker {
  readonly system: SimulatedSystem;
  readonly numbers: IdocNumbers;
  readonly settings: IdocSettings;
}

/** Twenty digits of UTC: the moment to the millisecond, and a counter that tells IDocs of one millisecond apart. */
function fineSerial(system: SimulatedSystem, number: string): string {
  const stamp = new Date(system.clock.now()).toISOString().replace(/\D/g, '').slice(0, 17);
  return stamp + number.slice(-3);
}

function controlOf(maker: IdocMaker, active: ActiveMessage, number: string): ControlRecord {
  const { system, settings } = maker;
  const { settings: own, message, name, port } = active;
  const [date, time] = [system.time.today(), system.time.timeOfDay()];
  return {
    TABNAM: controlTable,
    MANDT: system.settings.client,
    DOCNUM: number,
    DOCREL: system.settings.release,
    STATUS: idocStatus.ready,
    DIRECT: '1',
    OUTMOD: own.output === 'collect' ? '4' : '2',
    IDOCTYP: own.basicType ?? message.basicType,
    CIMTYP: own.extension?.name ?? '',
    MESTYP: name,
    MESCOD: own.code ?? '',
    MESFCT: own.function ?? '',
    SNDPOR: `SAP${system.settings.sid}`,
    SNDPRT: 'LS',
    SNDPRN: system.logicalSystem,
    RCVPOR: port,
    RCVPRT: own.receiverType,
    RCVPRN: own.receiver ?? settings.receiver,
    CREDAT: date,
    CRETIM: time,
    SERIAL: settings.serial === 'fine' ? fineSerial(system, number) : date + time,
  };
}

/** Undefined where there is no such object, or none this message type tells about; no number is drawn then. */
export function createIdoc(maker: IdocMaker, active: ActiveMessage, key: string, touched: Touched): Idoc | undefined {
  const { system, numbers } = maker;
  const { settings: own, message, name, port } = active;
  const context = { database: system.database, touched, credit: own.credit };
  const whole = message.build(context, key);
  if (whole === undefined) return undefined;
  const reduced = own.reduced === undefined ? whole : reduce(whole, { segments: own.reduced, notSent: own.notSent });
  const segments = own.extension === undefined ? reduced : extend(reduced, own.extension);
  const number = numbers.draw();
  const at = { date: system.time.today(), time: system.time.timeOfDay() };
  const history = [
    { status: idocStatus.created, text: 'IDoc generated', ...at },
    { status: idocStatus.ready, text: 'IDoc ready for dispatch (ALE service)', ...at },
  ];
  const control = controlOf(maker, active, number);
  return { number, messageType: name, key, port, control, segments, history, deliveries: 0 };
}

/** A new IDoc with the content, and the moment, of an older one. */
export function copyIdoc(numbers: IdocNumbers, idoc: Idoc): Idoc {
  const number = numbers.draw();
  const history = idoc.history.slice(0, 2);
  return { ...idoc, number, control: { ...idoc.control, DOCNUM: number }, history, deliveries: 0 };
}
