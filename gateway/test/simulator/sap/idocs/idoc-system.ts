/** A simulated SAP that sends its IDocs to a receiver of the test. */
import { startSapSimulator } from '../../../../simulator/sap/start.ts';
import type { IdocOptions, SapSimulator, SapSimulatorOptions } from '../../../../simulator/sap/start.ts';
import { startReceiver } from './receiver.ts';
import type { Receiver } from './receiver.ts';

export interface IdocSystem {
  readonly sap: SapSimulator;
  readonly receiver: Receiver;
  readonly ale: NonNullable<SapSimulator['idocs']>['ale'];
  readonly jobs: NonNullable<SapSimulator['idocs']>['jobs'];
  /** A request to /simulator. */
  control(method: string, path: string, payload?: object): Promise<ControlAnswer>;
  /** Changes one row as if somebody sat at a screen. */
  edit(table: string, key: Record<string, string>, set: Record<string, unknown>): Promise<void>;
  /** The job that reads change pointers; resolves when the ports have taken what it made. */
  run(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface ControlAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

type Changes = Partial<Omit<IdocOptions, 'ports'>> & { readonly port?: object; readonly ports?: IdocOptions['ports'] };

/** One port, GW, that leads to the receiver unless the test says otherwise. */
export async function startIdocSystem(
  { port, ports, ...changes }: Changes = {},
  options: SapSimulatorOptions = {},
): Promise<IdocSystem> {
  const receiver = await startReceiver();
  const sap = await startSapSimulator({
    ...options,
    idocs: {
      ports: ports ?? { GW: { kind: 'http', url: receiver.url, ...port } },
      messageTypes: { DEBMAS: {} },
      ...changes,
    },
  });
  if (sap.idocs === undefined) throw new Error('no IDocs');
  const { ale, jobs } = sap.idocs;
  const control = async (method: string, path: string, payload?: object): Promise<ControlAnswer> => {
    const response = await fetch(`${sap.url}/simulator/${path}`, {
      method,
      ...(payload === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(payload) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return {
    sap,
    receiver,
    ale,
    jobs,
    control,
    edit: async (table, key, set) => {
      const { status, body } = await control('PATCH', `tables/${table}`, { key, set });
      if (status !== 200) throw new Error(JSON.stringify(body));
    },
    run: async () => {
      const numbers = ale.run();
      await ale.idle();
      return numbers;
    },
    close: async () => {
      await sap.close();
      await receiver.close();
    },
  };
}

/** The showcase customer of the shipped data. */
export const nordwind = { KUNNR: '0000104711' };
