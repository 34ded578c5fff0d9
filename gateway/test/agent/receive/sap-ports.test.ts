/** The simulated SAP's own ports, with everything switched on that can go wrong with IDocs on their way. */
import { afterEach, describe, expect, test } from '@jest/globals';
import type { IdocFaultInput } from '../../../simulator/sap/index.ts';
import { until } from '../../flows/stack.ts';
import { nordwind, startIdocSystem } from '../../simulator/sap/idocs/idoc-system.ts';
import type { IdocSystem } from '../../simulator/sap/idocs/idoc-system.ts';
import { openFolder } from './folder-under-test.ts';
import type { FolderUnderTest } from './folder-under-test.ts';
import { openReceiver } from './receiver-under-test.ts';
import type { ReceiverUnderTest } from './receiver-under-test.ts';

type Port = 'http' | 'soap' | 'file';
interface Scene {
  readonly sap: IdocSystem;
  readonly queue: ReceiverUnderTest['queue'];
  readonly folder: FolderUnderTest | undefined;
}

let closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.toReversed()) await close();
  closers = [];
});

async function open(kind: Port): Promise<Scene> {
  if (kind === 'file') {
    const folder = openFolder({ cutAfterMs: 100, settledMs: 30 });
    await folder.receiver.ready();
    const sap = await startIdocSystem({ ports: { GW: { kind: 'file', folder: folder.folder } } });
    closers = [() => folder.close(), () => sap.close()];
    return { sap, queue: folder.queue, folder };
  }
  const credentials = { user: 'IDOC', password: () => 'secret' };
  const http = await openReceiver({ credentials });
  const port = { kind: 'http' as const, url: http.url, user: 'IDOC', password: 'secret', soap: kind === 'soap' };
  const sap = await startIdocSystem({ ports: { GW: port } });
  closers = [() => http.close(), () => sap.close()];
  return { sap, queue: http.queue, folder: undefined };
}

/** Flat, the huge one has some hundred megabytes. */
const patienceMs = 60_000;

let changes = 0;
/** Somebody changes a customer, and the job makes an IDoc of it; gives its number. */
async function change({ sap }: Scene): Promise<string> {
  changes += 1;
  await sap.edit('KNA1', nordwind, { TELF1: `+49 40 ${changes}` });
  const [number = ''] = await sap.run();
  return number;
}

const arrived = ({ queue }: Scene, number: string): Promise<unknown> =>
  until(
    () => Promise.resolve(queue.numbers),
    (numbers) => numbers.includes(number),
  );
const statusOf = ({ sap }: Scene, number: string): unknown => sap.ale.get(number).history.at(-1)?.status;

/** What becomes of the IDoc that a fault strikes: it arrives, or it is refused by itself, or the document with it. */
type Fate = 'arrives' | 'refused' | 'document';
const faults: readonly (readonly [fault: IdocFaultInput, overHttp: Fate, byFile: Fate])[] = [
  [{ kind: 'foreign-client' }, 'refused', 'refused'],
  [{ kind: 'foreign-partner' }, 'refused', 'refused'],
  [{ kind: 'foreign-type' }, 'arrives', 'arrives'],
  [{ kind: 'unknown-segment' }, 'arrives', 'arrives'],
  [{ kind: 'wrong-value', segment: 'EDI_DC40', field: 'DIRECT', value: '2' }, 'refused', 'refused'],
  [{ kind: 'older-serial' }, 'arrives', 'arrives'],
  [{ kind: 'huge', bytes: 20_000_000 }, 'refused', 'refused'],
  [{ kind: 'duplicate' }, 'arrives', 'arrives'],
  [{ kind: 'out-of-order' }, 'arrives', 'arrives'],
  [{ kind: 'lost-answer' }, 'arrives', 'arrives'],
  [{ kind: 'truncated-body' }, 'document', 'document'],
  [{ kind: 'cut-connection' }, 'document', 'document'],
  // The showcase customer has an umlaut in its address.
  [{ kind: 'wrong-encoding' }, 'document', 'document'],
  [{ kind: 'hostile-entities' }, 'document', 'arrives'],
  [{ kind: 'slow', pieces: 5, delayMs: 5 }, 'arrives', 'arrives'],
  [{ kind: 'partial-file', pieces: 5, delayMs: 5 }, 'arrives', 'arrives'],
  [{ kind: 'wrong-record-length', by: 3 }, 'arrives', 'refused'],
];

describe.each(['http', 'soap', 'file'] as const)('the %s port', (kind) => {
  test('brings what somebody changes, and SAP knows that it arrived', async () => {
    const scene = await open(kind);
    const number = await change(scene);
    await arrived(scene, number);
    expect(statusOf(scene, number)).toBe('03');
  });

  test.each(faults)(
    'and %o',
    async (fault, overHttp, byFile) => {
      const scene = await open(kind);
      const { sap, queue, folder } = scene;
      const fate = kind === 'file' ? byFile : overHttp;
      sap.ale.faults.add({ ...fault, times: 1 });
      const struck = await change(scene);
      // What comes after it is not held up, whatever became of it.
      const next = await change(scene);
      await arrived(scene, next);
      await sap.ale.idle();
      if (fate === 'arrives') await arrived(scene, struck);
      if (fate === 'refused')
        await until(
          () => Promise.resolve(queue.refusals.length),
          (count) => count > 0,
        );
      if (fate !== 'document') return;
      expect(queue.numbers).not.toContain(struck);
      if (folder !== undefined) {
        await until(
          () => Promise.resolve(folder.names('failed')),
          (names) => names.some((name) => name.endsWith('.txt')),
        );
        return;
      }
      expect(statusOf(scene, struck)).toBe('02');
      sap.ale.resend();
      await arrived(scene, struck);
    },
    patienceMs,
  );
});

test('an answer that got lost makes SAP send again, and nothing comes twice', async () => {
  const scene = await open('http');
  scene.sap.ale.faults.add({ kind: 'lost-answer', times: 1 });
  const number = await change(scene);
  expect(statusOf(scene, number)).toBe('02');
  scene.sap.ale.resend();
  await scene.sap.ale.idle();
  expect(statusOf(scene, number)).toBe('03');
  expect(scene.queue.numbers.filter((one) => one === number)).toHaveLength(1);
});

test('a wrong password leaves the IDocs in SAP, with status 02', async () => {
  const scene = await open('http');
  const { GW } = scene.sap.ale.settings.ports;
  if (GW?.kind !== 'http') throw new Error('an HTTP port was expected');
  scene.sap.ale.configure({ ports: { GW: { ...GW, password: 'old' } } });
  const number = await change(scene);
  expect(statusOf(scene, number)).toBe('02');
  scene.sap.ale.configure({ ports: { GW } });
  scene.sap.ale.resend();
  await arrived(scene, number);
});
