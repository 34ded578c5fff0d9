/** Failures in Salesforce's own words: a code, a message, the fields concerned. */

/** One entry of the array that every refused REST call answers with. */
export interface ErrorEntry {
  readonly errorCode: string;
  readonly message: string;
  readonly fields?: readonly string[];
}

/** A refusal of the org; `status` is the HTTP status of the REST answer. */
export class SalesforceError extends Error {
  readonly errorCode: string;
  readonly status: number;
  readonly fields: readonly string[];

  constructor(errorCode: string, message: string, options: { status?: number; fields?: readonly string[] } = {}) {
    super(message);
    this.name = 'SalesforceError';
    this.errorCode = errorCode;
    this.status = options.status ?? 400;
    this.fields = options.fields ?? [];
  }

  get entry(): ErrorEntry {
    const { errorCode, message, fields } = this;
    return fields.length === 0 ? { message, errorCode } : { message, errorCode, fields };
  }
}

/** Nothing under this id or address. */
export const notFound = (message = 'The requested resource does not exist'): SalesforceError =>
  new SalesforceError('NOT_FOUND', message, { status: 404 });
