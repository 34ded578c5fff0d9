/** Remembers that SAP has refused the service user: nothing is tried again until a restart, because tries lock the user. */
import { GatewayError } from '../../errors/index.ts';

export class LogonRefusal {
  readonly #sapClient: string;
  #isRefused = false;

  constructor(sapClient: string) {
    this.#sapClient = sapClient;
  }

  /** The error of every call after a refused logon. */
  error(): GatewayError | undefined {
    return this.#isRefused ? new GatewayError('SAP_LOGON_REFUSED', { sapClient: this.#sapClient }) : undefined;
  }

  /** Throws what `error` gives. */
  check(): void {
    const refusal = this.error();
    if (refusal !== undefined) throw refusal;
  }

  /** A logon was refused that nobody had asked for. */
  note(): void {
    this.#isRefused = true;
  }

  /** Notes the first refusal; hands the error on. */
  noted(error: GatewayError): GatewayError {
    if (error.code === 'SAP_LOGON_REFUSED') this.#isRefused = true;
    return error;
  }
}
