/** `gangway service`: what it prints of files and services, when it asks first, and how it fails. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import type { ServiceWorkbench } from '../../src/agent/index.ts';
import { addService } from '../../src/cli/commands/service.ts';
import { exitCodeOf } from '../../src/cli/exit-codes.ts';
import { sayFailure } from '../../src/cli/terminal.ts';
import { GatewayError } from '../../src/errors/index.ts';
import { orgId } from '../../src/model/index.ts';
import type { PublishedService } from '../../src/model/index.ts';
import { createThing, readThing } from '../agent/execute/scripted-services.ts';
import { createExampleFolder } from '../config/example-files.ts';
import { gangway } from './gangway.ts';

let folder: string;
beforeEach(() => {
  folder = createExampleFolder();
});
afterEach(() => {
  process.exitCode = 0;
  rmSync(folder, { recursive: true });
});
const file = (name: string): string => join(folder, name);

/** A bench whose files are the names of services. */
class PlainBench implements ServiceWorkbench {
  readonly services = new Map<string, PublishedService>([
    ['CreateThing', createThing],
    ['ReadThing', readThing],
  ]);
  readonly tested: unknown[] = [];
  problems: Awaited<ReturnType<ServiceWorkbench['checkServiceFile']>> = [];
  isClosed = false;

  draftService = (name: string) => Promise.resolve(`name: ${name}\n`);
  checkServiceFile = () => Promise.resolve(this.problems);
  publishedText = (name: string) => (this.services.has(name) ? name : undefined);
  withdrawService = (name: string) => (this.services.delete(name) ? `/services/${name}.yaml` : undefined);
  list = () => ({ services: [...this.services.values()], problems: this.problems });

  publishService(text: string, _deadline: unknown, { replace = false }: { readonly replace?: boolean } = {}) {
    const service = this.describeServiceFile(text);
    if (this.services.has(service.name) && !replace)
      return Promise.reject(
        new GatewayError('SERVICE_FILE_INVALID', {}, undefined, {
          issues: [{ path: 'name', message: 'line 2: is taken' }],
        }),
      );
    return Promise.resolve({ file: `/services/${service.name}.yaml`, service, isReplaced: replace });
  }

  testService(text: string, inputs: unknown) {
    this.tested.push([text.trim(), inputs]);
    return Promise.resolve({ outputs: { number: '4711' }, sapMessages: [] });
  }

  describeServiceFile(text: string): PublishedService {
    return text.trim() === 'ReadThing' ? readThing : createThing;
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }
}

async function run(bench: ServiceWorkbench, ...args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = { print: (line: string) => void out.push(line), say: (line: string) => void err.push(line) };
  const program = new Command().exitOverride();
  addService(program, terminal, () => bench);
  const quiet = (command: Command): void => {
    command.exitOverride().configureOutput({ writeErr: (text) => void err.push(text) });
    command.commands.forEach(quiet);
  };
  quiet(program);
  process.exitCode = 0;
  let code: string | number | undefined;
  try {
    await program.parseAsync(['service', ...args, '--config', file('agent.yaml')], { from: 'user' });
    code = process.exitCode;
  } catch (thrown) {
    if (thrown instanceof GatewayError) sayFailure(terminal, thrown);
    code = thrown instanceof CommanderError ? 2 : thrown instanceof GatewayError ? exitCodeOf(thrown.code) : -1;
  }
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('a draft', () => {
  test('is printed, or written into a new file', async () => {
    expect(await run(new PlainBench(), 'new', 'BAPI_X')).toMatchObject({ code: 0, out: 'name: BAPI_X' });
    expect(await run(new PlainBench(), 'new', 'BAPI_X', '--out', file('x.yaml'))).toMatchObject({ code: 0, out: '' });
    expect(readFileSync(file('x.yaml'), 'utf8')).toBe('name: BAPI_X\n');
  });

  test('never replaces a file that somebody may have worked on', async () => {
    writeFileSync(file('x.yaml'), 'mine');
    const { code, err } = await run(new PlainBench(), 'new', 'BAPI_X', '--out', file('x.yaml'));
    expect([code, readFileSync(file('x.yaml'), 'utf8')]).toEqual([1, 'mine']);
    expect(err).toContain('FILE_NOT_CHANGED');
  });
});

describe('a test', () => {
  beforeEach(() => writeFileSync(file('input.json'), '{"name":"Anchor"}'));

  test('of a service that reads prints its outputs, by name or by file', async () => {
    const bench = new PlainBench();
    writeFileSync(file('read.yaml'), 'ReadThing');
    for (const named of ['ReadThing', file('read.yaml')]) {
      const { code, out } = await run(bench, 'test', named, '--input', file('input.json'));
      expect(code).toBe(0);
      expect(JSON.parse(out)).toEqual({ outputs: { number: '4711' }, sapMessages: [] });
    }
    expect(bench.tested).toEqual([
      ['ReadThing', { name: 'Anchor' }],
      ['ReadThing', { name: 'Anchor' }],
    ]);
    expect(bench.isClosed).toBe(true);
  });

  test('of one that writes says what it would do, and does it only with --write', async () => {
    const bench = new PlainBench();
    const asked = await run(bench, 'test', 'CreateThing', '--input', file('input.json'));
    expect(asked.code).toBe(2);
    expect(asked.err).toMatch(/CreateThing writes.*ERPCLNT100.*what it writes stays.*--write/s);
    expect(bench.tested).toEqual([]);
    expect(await run(bench, 'test', 'CreateThing', '--input', file('input.json'), '--write')).toMatchObject({
      code: 0,
    });
    expect(bench.tested).toHaveLength(1);
  });

  test('says what is wrong with what it was given', async () => {
    const bench = new PlainBench();
    expect(await run(bench, 'test', 'Nothing', '--input', file('input.json'))).toMatchObject({ code: 2 });
    writeFileSync(file('broken.json'), '{"name": "secret');
    const broken = await run(bench, 'test', 'ReadThing', '--input', file('broken.json'));
    expect(broken).toMatchObject({ code: 1, err: expect.stringContaining('is not JSON') });
    expect(broken.err).not.toContain('secret');
    const absent = await run(bench, 'test', 'ReadThing', '--input', file('absent.json'));
    expect(absent).toMatchObject({ code: 1, err: expect.stringContaining('cannot be read (ENOENT)') });
    mkdirSync(file('folder'));
    expect(await run(bench, 'test', file('folder'), '--input', file('input.json'))).toMatchObject({ code: 1 });
    expect(bench.tested).toEqual([]);
  });
});

describe('a check', () => {
  beforeEach(() => writeFileSync(file('x.yaml'), 'CreateThing'));

  test('of right files says so', async () => {
    expect(await run(new PlainBench(), 'check', file('x.yaml'))).toEqual({
      code: 0,
      out: `ok   ${file('x.yaml')}`,
      err: '',
    });
  });

  test('names every problem with line and path, of every file', async () => {
    const bench = new PlainBench();
    bench.problems = [
      { path: 'inputs[0].to', line: 12, message: 'PI_X is no parameter of BAPI_X' },
      { path: '', message: 'has no outputs' },
    ];
    const { code, out } = await run(bench, 'check', file('x.yaml'), file('x.yaml'));
    expect(code).toBe(1);
    expect(out.split('\n')).toHaveLength(6);
    expect(out).toContain('line 12, inputs[0].to: PI_X is no parameter of BAPI_X');
    const json = await run(bench, 'check', file('x.yaml'), '--json');
    expect(JSON.parse(json.out)).toEqual({ ok: false, results: [{ file: file('x.yaml'), problems: bench.problems }] });
  });

  test('of a file that is not there fails', async () => {
    expect(await run(new PlainBench(), 'check', file('absent.yaml'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('cannot be read (ENOENT)'),
    });
  });
});

describe('what is published', () => {
  test('is put there once, and replaced on purpose', async () => {
    writeFileSync(file('x.yaml'), 'CreateThing');
    const taken = await run(new PlainBench(), 'publish', file('x.yaml'));
    expect(taken).toMatchObject({ code: 1, err: expect.stringContaining('SERVICE_FILE_INVALID') });
    expect(taken.err).toContain('line 2: is taken');
    const { code, out, err } = await run(new PlainBench(), 'publish', file('x.yaml'), '--replace');
    expect([code, out]).toEqual([0, 'Replaced CreateThing (write) as /services/CreateThing.yaml.']);
    expect(err).toContain('POST /v1/services/CreateThing');
    expect(err).toContain('everybody in 00D5g000004GANG');
  });

  test('is listed, with what keeps files from serving', async () => {
    const bench = new PlainBench();
    expect((await run(bench, 'list')).out.split('\n')).toEqual([
      expect.stringMatching(/^CreateThing {2}write {2}everybody in 00D5g000004GANG\w+ {2}Creates a thing$/),
      expect.stringMatching(/^ReadThing {4}read {3}everybody in 00D5g000004GANG\w+ {2}Reads a thing$/),
    ]);
    bench.problems = [{ path: 'odd.yaml', line: 3, message: 'is odd' }];
    expect(await run(bench, 'list')).toMatchObject({ code: 1, err: 'Not served: line 3, odd.yaml: is odd' });
    expect(JSON.parse((await run(bench, 'list', '--json')).out).services).toHaveLength(2);
  });

  test('is withdrawn by name', async () => {
    const bench = new PlainBench();
    expect(await run(bench, 'withdraw', 'ReadThing')).toMatchObject({
      code: 0,
      out: expect.stringContaining('ReadThing.yaml'),
    });
    expect(await run(bench, 'withdraw', 'ReadThing')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no service ReadThing'),
    });
  });

  test('is printed as a document of what the org may call', async () => {
    const bench = new PlainBench();
    const elsewhere = { ...readThing, callers: [{ org: orgId.parse('00D5g000004OTHR') }] };
    const onlyAnna = {
      ...createThing,
      callers: createThing.callers.map(({ org }) => ({ org, users: ['anna@example.com'] })),
    };
    bench.services.set('ReadThing', elsewhere).set('CreateThing', onlyAnna);
    const paths = (out: string): readonly string[] => Object.keys(JSON.parse(out).paths);
    expect(paths((await run(bench, 'openapi')).out)).toEqual(['/v1/services/CreateThing']);
    expect(paths((await run(bench, 'openapi', '--user', 'rep@example.com')).out)).toEqual([]);
    expect(paths((await run(bench, 'openapi', '--user', 'anna@example.com')).out)).toEqual([
      '/v1/services/CreateThing',
    ]);
    expect(await run(bench, 'openapi', '--org', '00D5g000004OTHR')).toMatchObject({ code: 2 });
  });
});

describe('the command itself', () => {
  test('works on the folder of the configuration, without SAP', async () => {
    mkdirSync(file('services'));
    const source = new URL('../../services/CreateSAPCustomer.yaml', import.meta.url);
    writeFileSync(file('services/CreateSAPCustomer.yaml'), readFileSync(source));
    const given = ['--config', file('agent.yaml'), '--set', `sap.servicesFolder=${file('services')}`];
    const listed = await gangway(['service', 'list', ...given]);
    expect(listed).toMatchObject({ code: 0, out: expect.stringContaining('CreateSAPCustomer') });
    expect(listed.out).toContain('nobody: its file names no callers');
    expect((await gangway(['service', 'withdraw', 'CreateSAPCustomer', ...given])).code).toBe(0);
    expect(existsSync(file('services/CreateSAPCustomer.yaml'))).toBe(false);
  }, 30_000);
});
