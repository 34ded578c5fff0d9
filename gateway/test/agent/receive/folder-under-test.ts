/** A folder of IDocs with a reader and a queue in memory behind it. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createReceiveMetrics, Intake, startFolderReceiver } from '../../../src/agent/receive/index.ts';
import type { FolderReceiver, FolderReceiverSettings } from '../../../src/agent/receive/index.ts';
import { createMetrics, silentLog } from '../../../src/telemetry/index.ts';
import type { Log, Metrics } from '../../../src/telemetry/index.ts';
import { Deadline, systemClock } from '../../../src/timing/index.ts';
import type { Clock } from '../../../src/timing/index.ts';
import { plainChanges, system } from './plain-changes.ts';
import { QueueInMemory } from './queue-in-memory.ts';

export interface FolderUnderTest {
  readonly folder: string;
  readonly receiver: FolderReceiver;
  readonly queue: QueueInMemory;
  readonly metrics: Metrics;
  /** Names below the folder, or one of its own. */
  names(below?: string): readonly string[];
  write(name: string, text: string | Buffer): string;
  close(): Promise<void>;
}

export interface FolderSurroundings {
  readonly queue?: QueueInMemory;
  readonly log?: Log;
  readonly clock?: Clock;
}

export const makeFolder = (): string => mkdtempSync(join(tmpdir(), 'gangway-idocs-'));

/** Starts a reader; several may share folder and queue. */
export function openFolder(
  settings: Partial<FolderReceiverSettings> = {},
  { queue = new QueueInMemory(), log = silentLog, clock = systemClock }: FolderSurroundings = {},
): FolderUnderTest {
  const folder = settings.path ?? makeFolder();
  const metrics = createMetrics('agent');
  const measure = createReceiveMetrics(metrics);
  const receiver = startFolderReceiver(
    { path: folder, pollMs: 10, settledMs: 0, keepDays: 14, cutAfterMs: 60_000, ...settings },
    { system, changes: plainChanges, intake: new Intake({ queue, measure }), measure, clock, log },
  );
  return {
    folder,
    receiver,
    queue,
    metrics,
    names: (below = '') => (existsSync(join(folder, below)) ? readdirSync(join(folder, below)).toSorted() : []),
    write: (name, text) => {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    },
    close: async () => {
      await receiver.drain(Deadline.in(systemClock, 5_000));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const place = (values: readonly (readonly [offset: number, text: string])[], length: number): string => {
  const line = Array.from({ length }, () => ' ');
  for (const [offset, text] of values) line.splice(offset, text.length, ...text);
  return line.join('');
};

/** An IDoc as SAP's file port writes it: a control record of 524 characters, data records of 1,063. */
export function flatIdoc(number: number, sapClient = '100', type = 'DEBMAS'): string {
  const docnum = String(number).padStart(16, '0');
  const control = place(
    [
      [0, 'EDI_DC40'],
      [10, sapClient],
      [13, docnum],
      [33, '30'],
      [35, '1'],
      [39, 'DEBMAS07'],
      [99, type],
      [148, 'SAPERP'],
      [158, 'LS'],
      [162, 'ERPCLNT100'],
      [273, 'LS'],
      [277, 'GANGWAY'],
      [378, '20261121101500'],
    ],
    524,
  );
  const segment = place(
    [
      [0, 'E2KNA1M005'],
      [30, sapClient],
      [33, docnum],
      [49, '00000100000001'],
      [63, '0040000104711'],
    ],
    1063,
  );
  return `${control}\n${segment}\n`;
}
