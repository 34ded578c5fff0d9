/** A connection whose calls end when a test says so; it notes what is in SAP at once. */
import { GatewayError } from '../../../src/errors/index.ts';
import type { ErrorCode } from '../../../src/errors/index.ts';
import type {
  AbapParameters,
  CallOptions,
  SapConnection,
  SapSession,
  SessionOptions,
} from '../../../src/ports/index.ts';

export interface OpenCall {
  readonly functionName: string;
  readonly options: CallOptions;
  answer(parameters?: AbapParameters): void;
  fail(code: ErrorCode): void;
}

export class ScriptedConnection implements SapConnection {
  readonly capabilities = { statefulSession: true };
  /** In SAP now, in the order of their coming. */
  readonly open: OpenCall[] = [];
  /** Of all that came. */
  readonly came: string[] = [];
  mostOpen = 0;
  sessions = 0;
  isClosed = false;

  call(functionName: string, _parameters: AbapParameters, options: CallOptions): Promise<AbapParameters> {
    const { promise, resolve, reject } = Promise.withResolvers<AbapParameters>();
    const leave = (): void => void this.open.splice(this.open.indexOf(call), 1);
    const call: OpenCall = {
      functionName,
      options,
      answer: (parameters = {}) => {
        leave();
        resolve(parameters);
      },
      fail: (code) => {
        leave();
        reject(new GatewayError(code));
      },
    };
    this.open.push(call);
    this.came.push(functionName);
    this.mostOpen = Math.max(this.mostOpen, this.open.length);
    return promise;
  }

  async inOneSession<T>(work: (session: SapSession) => Promise<T>, _options?: SessionOptions): Promise<T> {
    this.sessions += 1;
    return work({ call: (...call) => this.call(...call) });
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }
}
