/** Structures as SAP's dictionary describes them, for figures whose field or kind is only known there. */
import type { SapConnection } from '../../ports/index.ts';
import type { Deadline } from '../../timing/index.ts';
import { readDictionary } from '../dictionary.ts';
import type { DictionaryField } from '../dictionary.ts';
import { fieldInfo } from '../functions/system.ts';
import { read } from './context.ts';

export type Dictionary = readonly DictionaryField[];

export class Dictionaries {
  readonly #connection: SapConnection;
  /** One entry per structure that our own code names, so it is bounded; structures do not change under a running system. */
  readonly #kept = new Map<string, Dictionary>();

  constructor(connection: SapConnection) {
    this.#connection = connection;
  }

  async of(structure: string, deadline: Deadline): Promise<Dictionary> {
    const kept = this.#kept.get(structure);
    if (kept !== undefined) return kept;
    const parameters = { TABNAME: structure, ALL_TYPES: 'X' };
    const answer = await read({ connection: this.#connection, deadline }, fieldInfo, parameters, ['DFIES_TAB']);
    const dictionary = readDictionary(answer['DFIES_TAB']);
    this.#kept.set(structure, dictionary);
    return dictionary;
  }
}
