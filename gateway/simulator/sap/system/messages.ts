/** Messages of the system (T100) in the logon language, and the RETURN structures that carry them. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { OutputRow } from '../wire/encode.ts';

export type MessageType = 'S' | 'I' | 'W' | 'E' | 'A';

export interface Message {
  readonly type: MessageType;
  readonly id: string;
  readonly number: string;
  readonly variables: readonly string[];
  readonly text: string;
}

const textsOf = z.record(z.string(), z.record(z.string(), z.string()));
const texts = new Map(
  Object.entries(textsOf.parse(JSON.parse(readFileSync(new URL('./message-texts.json', import.meta.url), 'utf8')))),
);

/** Builds a message; languages other than German and English fall back to English, as with a missing translation. */
export function message(
  language: string,
  type: MessageType,
  id: string,
  number: string,
  ...variables: string[]
): Message {
  const translations = texts.get(`${id} ${number}`);
  if (translations === undefined) throw new Error(`message ${id} ${number} has no text`);
  const pattern = translations[language] ?? translations.E ?? '';
  const text = pattern.replace(/&([1-4])/g, (_match, position) => variables[Number(position) - 1] ?? '');
  return { type, id, number, variables: variables.map((it) => it.slice(0, 50)), text };
}

function variableFields(message: Message): OutputRow {
  const [v1 = '', v2 = '', v3 = '', v4 = ''] = message.variables;
  return { MESSAGE_V1: v1, MESSAGE_V2: v2, MESSAGE_V3: v3, MESSAGE_V4: v4 };
}

/** BAPIRET1, BAPIRETURN1 and, with more fields, BAPIRET2. */
export function toReturn1(message: Message): OutputRow {
  return {
    TYPE: message.type,
    ID: message.id,
    NUMBER: message.number,
    MESSAGE: message.text,
    ...variableFields(message),
  };
}

/** BAPIRETURN: class and number together in CODE. */
export function toReturn(message: Message): OutputRow {
  return {
    TYPE: message.type,
    CODE: message.id.slice(0, 2) + message.number,
    MESSAGE: message.text,
    ...variableFields(message),
  };
}

export interface MessagePlace {
  readonly parameter?: string;
  readonly field?: string;
  readonly system: string;
}

/** BAPIRET2. */
export function toReturn2(message: Message, place: MessagePlace): OutputRow {
  return { ...toReturn1(message), PARAMETER: place.parameter ?? '', FIELD: place.field ?? '', SYSTEM: place.system };
}
