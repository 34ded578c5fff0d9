/** The workbench over one connection to SAP and the folder of published services. */
import { GatewayError } from '../../errors/index.ts';
import type { PublishedService } from '../../model/index.ts';
import type { SapConnection, ServiceAnswer, WriteKey } from '../../ports/index.ts';
import type { Clock, Deadline } from '../../timing/index.ts';
import { usualDecimals } from '../conversion/amounts.ts';
import { todayIn } from '../conversion/dates.ts';
import type { SapSettings } from '../sap-settings.ts';
import { Customizing } from '../system/customizing.ts';
import { bind } from './bind.ts';
import { askInterface } from './bindings.ts';
import type { BoundService } from './bound-service.ts';
import { checkInputs } from './check-inputs.ts';
import { draft } from './draft.ts';
import { execute, functionsOf } from './execute.ts';
import { listFolder, removeEntry, writeEntry } from './folder.ts';
import { lookUpProblems } from './look-up.ts';
import { invalidFile } from './problems.ts';
import type { ServiceProblem } from './problems.ts';
import { PublishedFiles } from './published-files.ts';
import type { Published } from './published-files.ts';
import { located, readServiceFile } from './read-service-file.ts';
import { readSapInterface } from './sap-interface.ts';
import { toPublished } from './schema.ts';
import { writeSpecials } from './specials.ts';
import type { PublishedFile, ServiceWorkbench } from './workbench.ts';

type Settings = Pick<SapSettings, 'servicesFolder' | 'timeZone' | 'language'>;

type Admit = (functionName: string) => void;

export class Workbench implements ServiceWorkbench {
  readonly #connection: SapConnection;
  readonly #settings: Settings;
  readonly #clock: Clock;
  readonly #admit: Admit;
  readonly #customizing: Customizing;

  /** `admit`: what is tried is not published yet, so its functions are let through. */
  constructor(connection: SapConnection, settings: Settings, clock: Clock, admit: Admit = () => undefined) {
    this.#connection = connection;
    this.#admit = admit;
    this.#settings = settings;
    this.#clock = clock;
    this.#customizing = new Customizing(connection, settings.language, clock);
  }

  async draftService(functionName: string, deadline: Deadline): Promise<string> {
    const name = functionName.trim().toUpperCase();
    const iface = await readSapInterface({ connection: this.#connection, deadline }, name);
    return draft(iface, this.#connection.capabilities.statefulSession);
  }

  async checkServiceFile(
    text: string,
    deadline: Deadline,
    options: { readonly offline?: boolean } = {},
  ): Promise<readonly ServiceProblem[]> {
    const read = readServiceFile(text);
    if (read.file === undefined) return read.problems;
    const lookUp = this.#lookUpProblems(text);
    if (options.offline === true) return lookUp;
    return [...lookUp, ...(await this.#bind(text, deadline)).problems];
  }

  async publishService(
    text: string,
    deadline: Deadline,
    options: { readonly replace?: boolean } = {},
  ): Promise<PublishedFile> {
    const folder = this.#settings.servicesFolder;
    if (folder === undefined)
      throw new GatewayError('CONFIG_INVALID', {
        problems: 'sap.servicesFolder is not set, so there is nowhere to publish',
      });
    const service = this.describeServiceFile(text);
    const before = this.#published().filter(({ file }) => file.name.toLowerCase() === service.name.toLowerCase());
    const taken = options.replace === true ? undefined : before[0];
    const problems = [
      ...(taken === undefined
        ? []
        : [
            {
              path: 'name',
              message: `${taken.file.name} is published already, by ${taken.fileName}; publish with --replace to put this in its place`,
            },
          ]),
      ...(await this.checkServiceFile(text, deadline)),
    ];
    if (problems.length > 0) throw invalidFile(problems);
    const fileName = `${service.name}.yaml`;
    const file = writeEntry(folder, fileName, text);
    this.#removeOthers(folder, fileName, before);
    return { file, service, isReplaced: before.length > 0 };
  }

  async testService(text: string, inputs: unknown, deadline: Deadline): Promise<ServiceAnswer> {
    const { service, problems } = await this.#bind(text, deadline);
    if (service === undefined) throw invalidFile(problems);
    const values = checkInputs(service.file, inputs);
    for (const functionName of functionsOf([service.file])) this.#admit(functionName);
    const decimals = service.hasAmounts ? await this.#customizing.decimals(deadline) : usualDecimals;
    const specials = writeSpecials(this.#testKey(service), todayIn(this.#settings.timeZone, this.#clock));
    const how = { connection: this.#connection, clock: this.#clock, deadline };
    return execute({ service, inputs: values, specials, decimals, ...how });
  }

  publishedText(name: string): string | undefined {
    return this.#published().find(({ file }) => file.name === name)?.text;
  }

  list(): { readonly services: readonly PublishedService[]; readonly problems: readonly ServiceProblem[] } {
    const files = new PublishedFiles(this.#settings.servicesFolder, this.#clock);
    const services = files.all().map(({ file }) => toPublished(file));
    const problems = files.problems.map(({ file, path, ...rest }) => ({
      ...rest,
      path: path === '' ? file : `${file}, ${path}`,
    }));
    return { services: services.toSorted((left, right) => (left.name < right.name ? -1 : 1)), problems };
  }

  withdrawService(name: string): string | undefined {
    const folder = this.#settings.servicesFolder;
    const published = this.#published().find(({ file }) => file.name === name);
    if (folder === undefined || published === undefined) return undefined;
    return removeEntry(folder, published.fileName);
  }

  describeServiceFile(text: string): PublishedService {
    const { file, problems } = readServiceFile(text);
    if (file === undefined) throw invalidFile(problems);
    return toPublished(file);
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  /** Fresh each time: another command may have published meanwhile. */
  #published(): readonly Published[] {
    return new PublishedFiles(this.#settings.servicesFolder, this.#clock).all();
  }

  /** Where capitals do not count in file names, another spelling may be the very file that has just been written. */
  #removeOthers(folder: string, fileName: string, before: readonly Published[]): void {
    const names = new Set(listFolder(folder).entries.map(({ name }) => name));
    if (!names.has(fileName)) return;
    for (const { fileName: old } of before) if (old !== fileName && names.has(old)) removeEntry(folder, old);
  }

  #lookUpProblems(text: string): readonly ServiceProblem[] {
    const read = readServiceFile(text);
    const lookUp = read.file?.lookUp;
    if (read.file === undefined || lookUp === undefined) return [];
    const reader = this.#published().find(({ file }) => file.name === lookUp.service);
    return lookUpProblems(lookUp, reader?.file).map(({ path, message }) => located(path, message, read.lineOf));
  }

  /** Throws what kept SAP from being asked. */
  async #bind(
    text: string,
    deadline: Deadline,
  ): Promise<{ readonly service?: BoundService | undefined; readonly problems: readonly ServiceProblem[] }> {
    const read = readServiceFile(text);
    if (read.file === undefined) return { problems: read.problems };
    const { file, lineOf } = read;
    const asked = await askInterface(this.#connection, file.function, deadline);
    if ('failure' in asked) throw asked.failure;
    const { statefulSession } = this.#connection.capabilities;
    const found = 'iface' in asked ? bind(file, asked.iface, statefulSession) : { problems: [asked.problem] };
    const problems = found.problems.map(({ path, message }) => located(path, message, lineOf));
    return { service: 'service' in found ? found.service : undefined, problems };
  }

  /** A test is an intent of its own each time. */
  #testKey({ file }: BoundService): { readonly key: WriteKey; readonly contentHash: string } {
    const key = `TEST:${file.name}:${this.#clock.now()}:${Math.floor(this.#clock.random() * 1e9)}`;
    return { key: key.slice(0, 80) as WriteKey, contentHash: '0'.repeat(64) };
  }
}
