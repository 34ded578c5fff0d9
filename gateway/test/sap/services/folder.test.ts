/** The folder of published services: watched, bounded, changed whole, and never in the way of what is right. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { PublishedServices } from '../../../src/sap/services/published-services.ts';
import { Workbench } from '../../../src/sap/services/service-workbench.ts';
import { systemClock } from '../../../src/timing/index.ts';
import type { Clock } from '../../../src/timing/index.ts';
import { scriptedConnection } from '../fakes/scripted-connection.ts';
import type { ScriptedConnection } from '../fakes/scripted-connection.ts';
import { refused, settings } from '../fakes/scripted-system.ts';
import { failureOf, named, soon } from './services-under-test.ts';

interface SteppedClock extends Clock {
  /** Moves on and runs what is due. */
  step(milliseconds: number): void;
  readonly waiting: number;
}

function steppedClock(): SteppedClock {
  let now = 0;
  const due = new Map<object, { at: number; work: () => void }>();
  return {
    now: () => now,
    monotonic: () => now,
    random: () => 0.5,
    after: (delayMs, work) => {
      const entry = { at: now + delayMs, work };
      due.set(entry, entry);
      return () => due.delete(entry);
    },
    step: (milliseconds) => {
      now += milliseconds;
      for (const [key, { at, work }] of [...due]) {
        if (at > now || !due.delete(key)) continue;
        work();
      }
    },
    get waiting() {
      return due.size;
    },
  };
}

const parameters = [{ PARAMCLASS: 'I', PARAMETER: 'I_A', EXID: 'C', TABNAME: '', INTLENGTH: '4', OPTIONAL: 'X' }];
const service = (name: string, functionName = 'Z_READ'): string =>
  `gangway: 1\nname: ${name}\nsummary: A test\nfunction: ${functionName}\neffect: read\ninputs: [{ name: a, to: I_A, type: text }]\n`;

let folder: string;
let clock: SteppedClock;
let connection: ScriptedConnection;
let services: PublishedServices;
const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const serving = (): string[] => services.list().map(({ name }) => name);
/** Until everything that was asked of the scripted SAP has been answered. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-folder-'));
  clock = steppedClock();
  connection = scriptedConnection({
    RFC_GET_FUNCTION_INTERFACE: ({ FUNCNAME }) =>
      FUNCNAME === 'Z_READ' ? { PARAMS: parameters } : refused('SAP_REFUSED')(),
    Z_READ: () => ({}),
  });
  services = new PublishedServices({ connection, settings: { ...settings, servicesFolder: folder }, clock });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the folder', () => {
  test('is read at the start; what is no service file is left alone', () => {
    put('a.yaml', service('First'));
    put('b.yml', service('Second'));
    put('notes.txt', 'not yaml: [');
    put('.c.yaml.tmp', service('Unfinished'));
    put('.hidden.yaml', service('Hidden'));
    mkdirSync(join(folder, 'sub.yaml'));
    expect(serving()).toEqual(['First', 'Second']);
    expect(services.problems()).toEqual([]);
  });

  test('that is not there yet publishes nothing, which is no problem, until there is something in it', () => {
    rmSync(folder, { recursive: true });
    expect(serving()).toEqual([]);
    expect(services.problems()).toEqual([]);
    mkdirSync(folder);
    put('a.yaml', service('First'));
    clock.step(2_000);
    expect(serving()).toEqual(['First']);
  });

  test('that cannot be read publishes nothing and says so', () => {
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'a file in its place');
    expect(serving()).toEqual([]);
    expect(services.problems()).toMatchObject([{ file: folder, problem: expect.stringContaining('cannot be read') }]);
  });

  test('that is not configured publishes nothing', () => {
    const none = new PublishedServices({ connection, settings, clock });
    expect([none.list(), none.problems()]).toEqual([[], []]);
  });

  test('may hold links to files, as mounted configuration does; one that leads nowhere is no service', () => {
    const real = join(folder, 'real.txt');
    writeFileSync(real, service('Linked'));
    symlinkSync(real, join(folder, 'link.yaml'));
    symlinkSync(join(folder, 'gone'), join(folder, 'broken.yaml'));
    expect(serving()).toEqual(['Linked']);
  });

  test('is looked into again: new, changed and removed files count within two seconds', () => {
    put('a.yaml', service('First'));
    expect(serving()).toEqual(['First']);
    put('b.yaml', service('Second'));
    expect(serving()).toEqual(['First']);
    clock.step(2_000);
    expect(serving()).toEqual(['First', 'Second']);
    put('a.yaml', service('Renamed'));
    clock.step(2_000);
    expect(serving()).toEqual(['Renamed', 'Second']);
    unlinkSync(join(folder, 'b.yaml'));
    clock.step(2_000);
    expect(serving()).toEqual(['Renamed']);
  });

  test('tells whoever listens, once for each change, and nobody afterwards', async () => {
    put('a.yaml', service('First'));
    let told = 0;
    const end = services.onChange(() => (told += 1));
    clock.step(2_000);
    await settled();
    expect(told).toBe(0);
    put('b.yaml', service('Second'));
    clock.step(2_000);
    clock.step(2_000);
    await settled();
    expect(told).toBe(1);
    utimesSync(join(folder, 'b.yaml'), 1, 1);
    clock.step(2_000);
    expect(told).toBe(1);
    end();
    unlinkSync(join(folder, 'b.yaml'));
    clock.step(2_000);
    expect([told, clock.waiting]).toEqual([1, 0]);
  });

  test('leaves out a file that is wrong, and the others serve', () => {
    put('a.yaml', service('First'));
    put('b.yaml', service('Second').replace('read', 'reed'));
    put('c.yaml', 'a: [');
    expect(serving()).toEqual(['First']);
    expect(services.problems().map(({ file }) => file)).toEqual(['b.yaml', 'c.yaml']);
    expect(services.problems()[0]?.problem).toMatch(/^line 5, effect: /);
  });

  test('leaves out a file that SAP does not fit as soon as it has been asked, and takes it back when it fits', async () => {
    put('a.yaml', service('First'));
    put('b.yaml', service('Second', 'Z_NONE'));
    let told = 0;
    const end = services.onChange(() => (told += 1));
    await settled();
    expect([serving(), told]).toEqual([['First'], 1]);
    expect(services.problems()).toMatchObject([
      { file: 'b.yaml', problem: expect.stringContaining('no function Z_NONE') },
    ]);
    connection.script = { ...connection.script, RFC_GET_FUNCTION_INTERFACE: () => ({ PARAMS: parameters }) };
    clock.step(300_001);
    await settled();
    end();
    expect([serving(), told]).toEqual([['First', 'Second'], 2]);
  });

  test('goes on serving while SAP cannot be asked', async () => {
    put('a.yaml', service('First'));
    connection.script = { RFC_GET_FUNCTION_INTERFACE: refused('SAP_UNREACHABLE') };
    const end = services.onChange(() => undefined);
    await settled();
    end();
    expect(serving()).toEqual(['First']);
    expect((await failureOf(services.read(named('First'), {}, soon()))).code).toBe('SAP_UNREACHABLE');
  });

  test('keeps out what did not fit also while SAP cannot be asked again', async () => {
    put('b.yaml', service('Second', 'Z_NONE'));
    const end = services.onChange(() => undefined);
    await settled();
    connection.script = { RFC_GET_FUNCTION_INTERFACE: refused('SAP_UNREACHABLE') };
    clock.step(300_001);
    await settled();
    end();
    expect([serving(), services.problems().length]).toEqual([[], 1]);
  });

  test('holds 200 files at most, and says which are too many', () => {
    for (let number = 100; number < 302; number += 1) put(`s${number}.yaml`, service(`S${number}`));
    expect(serving()).toHaveLength(200);
    expect(services.problems()).toMatchObject([{ file: folder, problem: expect.stringContaining('202 files') }]);
  });

  test('leaves out a file that is too large without reading it', () => {
    put('a.yaml', `${service('First')}# ${'x'.repeat(262_144)}\n`);
    expect(serving()).toEqual([]);
    expect(services.problems()).toMatchObject([{ file: 'a.yaml', problem: expect.stringContaining('larger than') }]);
  });

  test('publishes a name once: the first file by name serves, the other is told', () => {
    put('a.yaml', service('First'));
    put('b.yaml', service('First'));
    expect(services.list()).toHaveLength(1);
    expect(services.problems()).toMatchObject([
      { file: 'b.yaml', problem: expect.stringContaining('by a.yaml already') },
    ]);
  });

  test('says of a write which agent carries it out, and whether SAP itself keeps its key', () => {
    const write = (name: string, more: string): string =>
      service(name).replace('effect: read', `effect: write\ncommit: self\n${more}`);
    const reader = service('Reader', 'Z_GANGWAY_KEY_READ').replace('name: a, to', 'name: key, to');
    const lookUp = 'lookUp: { service: Reader, inputs: { key: $key }, done: { output: s, equals: D }';
    put('a.yaml', write('Alone', 'agent: agent-1\n'));
    put('b.yaml', write('Keyed', `${lookUp}, none: { output: s, equals: "" } }\n`));
    put('c.yaml', write('Unsure', `${lookUp} }\n`));
    put('r.yaml', `${reader}outputs: [{ name: s, from: E_STATE, type: text }]\n`);
    expect(services.list().map(({ name, agent, isKeyedInSap }) => [name, agent, isKeyedInSap])).toEqual([
      ['Alone', 'agent-1', undefined],
      ['Keyed', undefined, true],
      ['Reader', undefined, undefined],
      ['Unsure', undefined, undefined],
    ]);
  });

  test('leaves out a write whose look-up has gone', () => {
    const write = service('Change').replace('effect: read', 'effect: write\ncommit: self');
    put('change.yaml', `${write}lookUp: { service: First, done: { output: a } }\noutputs: []\n`);
    expect(serving()).toEqual([]);
    put('a.yaml', `${service('First')}outputs: [{ name: a, from: E_A, type: text }]\n`);
    clock.step(2_000);
    expect(serving()).toEqual(['Change', 'First']);
  });
});

describe('what may be called', () => {
  test('is what is published, and nothing that a caller says', async () => {
    put('a.yaml', service('First'));
    await services.read(named('First'), { a: 'x' }, soon());
    for (const name of ['Z_READ', 'Second', 'first', 'constructor', 'RFCPING']) {
      expect((await failureOf(services.read(named(name.replace('_', '')), {}, soon()))).code).toBe('SERVICE_UNKNOWN');
      expect(services.find(named(name.replace('_', '')))).toBeUndefined();
    }
    expect(new Set(connection.asked.map(({ functionName }) => functionName))).toEqual(
      new Set(['RFC_GET_FUNCTION_INTERFACE', 'Z_READ']),
    );
    expect(services.functionNames()).toEqual(new Set(['Z_READ']));
  });

  test('a write cannot be called as a read, nor a read as a write', async () => {
    put('a.yaml', service('First'));
    put('w.yaml', service('Change').replace('effect: read', 'effect: write\ncommit: self'));
    const write = { key: 'k', contentHash: 'h' } as never;
    expect((await failureOf(services.write(write, named('First'), {}, soon()))).code).toBe('SERVICE_UNKNOWN');
    expect((await failureOf(services.read(named('Change'), {}, soon()))).code).toBe('SERVICE_UNKNOWN');
    expect(connection.asked).toEqual([]);
  });

  test('is nothing where the feature is switched off', () => {
    put('a.yaml', service('First'));
    const off = { ...settings, servicesFolder: folder, features: ['credit' as const] };
    const none = new PublishedServices({ connection, settings: off, clock });
    expect([none.list(), none.functionNames().size]).toEqual([[], 0]);
  });
});

describe('publishing', () => {
  const bench = (): Workbench => new Workbench(connection, { ...settings, servicesFolder: folder }, systemClock);

  test('puts the whole file into the folder, which is made where it is missing', async () => {
    rmSync(folder, { recursive: true });
    const published = await bench().publishService(service('First'), soon());
    expect(published).toMatchObject({
      file: join(folder, 'First.yaml'),
      isReplaced: false,
      service: { name: 'First' },
    });
    expect(readdirSync(folder)).toEqual(['First.yaml']);
    expect(bench().publishedText('First')).toBe(service('First'));
    expect(bench().list()).toMatchObject({ services: [{ name: 'First' }], problems: [] });
  });

  test('refuses a name that is taken, in any letters, unless it is to be replaced', async () => {
    put('mine.yaml', service('First'));
    const other = service('FIRST');
    const error = await failureOf(bench().publishService(other, soon()));
    expect(error.code).toBe('SERVICE_FILE_INVALID');
    expect(error.message).toContain('First is published already, by mine.yaml; publish with --replace');
    expect(await bench().publishService(other, soon(), { replace: true })).toMatchObject({ isReplaced: true });
    expect(readdirSync(folder)).toEqual(['FIRST.yaml']);
  });

  test('refuses a file with problems and leaves the one that serves', async () => {
    await bench().publishService(service('First'), soon());
    const wrong = service('First').replace('I_A', 'I_NONE');
    const error = await failureOf(bench().publishService(wrong, soon(), { replace: true }));
    expect(error.issues).toMatchObject([{ path: 'inputs[0].to', message: expect.stringContaining('I_NONE') }]);
    expect(bench().publishedText('First')).toBe(service('First'));
  });

  test('publishes nothing while SAP cannot be asked', async () => {
    connection.script = { RFC_GET_FUNCTION_INTERFACE: refused('SAP_UNREACHABLE') };
    expect((await failureOf(bench().publishService(service('First'), soon()))).code).toBe('SAP_UNREACHABLE');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('needs a folder', async () => {
    const desk = new Workbench(connection, settings, systemClock);
    expect((await failureOf(desk.publishService(service('First'), soon()))).message).toContain('sap.servicesFolder');
  });

  test('is taken back by withdrawing', async () => {
    const { file } = await bench().publishService(service('First'), soon());
    expect(bench().withdrawService('First')).toBe(file);
    expect([bench().withdrawService('First'), readdirSync(folder)]).toEqual([undefined, []]);
  });
});
