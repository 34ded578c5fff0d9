/** Every way Gangway can fail: what happened, what happens next, who can fix it, and how. */
import type { Disposition, Owner } from './disposition.ts';
import type { ErrorContext } from './gateway-error.ts';

export interface CatalogueEntry {
  readonly disposition: Disposition;
  readonly owner: Owner;
  /** HTTP status of the problem document. */
  readonly status: number;
  /** What happened, for the person who sees it. */
  readonly message: (context: ErrorContext) => string;
  /** The next step, naming screen or transaction and role. */
  readonly advice: string;
}

const entry = (
  disposition: Disposition,
  owner: Owner,
  status: number,
  message: CatalogueEntry['message'],
  advice: string,
): CatalogueEntry => ({ disposition, owner, status, message, advice });

export const catalogue = {
  // Start and configuration
  CONFIG_INVALID: entry(
    'stop',
    'operator',
    500,
    (c) => `The configuration is not valid: ${c.problems ?? ''}`,
    'Correct the settings named, then run `gangway config check`.',
  ),
  SECRET_MISSING: entry(
    'stop',
    'operator',
    500,
    (c) => `The secret file of ${c.setting ?? 'a setting'} is missing or unreadable.`,
    'Put the secret into the file the setting names, readable by the service user only, then start again.',
  ),
  LISTEN_FAILED: entry(
    'stop',
    'operator',
    500,
    (c) => `Nothing can listen on ${c.address ?? 'this address'}${c.reason === undefined ? '' : ` (${c.reason})`}.`,
    'Stop the program that uses the port, or set another one (relay.listen.port).',
  ),
  KEY_FILE_EXISTS: entry(
    'reject',
    'operator',
    409,
    (c) => `The file ${c.file ?? 'for the key'} is there already.`,
    'Name another file; a key that is in use is never overwritten. `gangway keys show` prints its public half.',
  ),
  KEY_UNREADABLE: entry(
    'reject',
    'operator',
    422,
    (c) => `The file ${c.file ?? 'named'} holds no Ed25519 private key that can be read.`,
    'Name the file that `gangway keys create` made, as a user who may read it.',
  ),
  SIMULATOR_DATA_INVALID: entry(
    'reject',
    'operator',
    422,
    (c) => `The simulator does not take this data: ${c.reason ?? 'not readable'}.`,
    'Correct the file; gateway/simulator has a description of its format.',
  ),
  JOURNAL_FAILED: entry(
    'stop',
    'operator',
    503,
    (c) => `The journal cannot be written: ${c.reason ?? 'disk error'}.`,
    'Free disk space or restore the journal file, then restart the agent. Nothing was sent to SAP.',
  ),

  // What a caller sent
  REQUEST_MALFORMED: entry(
    'reject',
    'gangway',
    400,
    (c) => `The request could not be read: ${c.reason ?? 'not valid JSON'}.`,
    'Correct the request; nothing was sent to SAP.',
  ),
  REQUEST_INVALID: entry(
    'reject',
    'user',
    422,
    () => 'Some of the data is missing or not valid.',
    'Correct the fields named; nothing was sent to SAP.',
  ),
  CUSTOMER_NUMBER_INVALID: entry(
    'reject',
    'user',
    422,
    () => 'This is not an SAP customer number.',
    'Use the number as SAP shows it: up to ten letters and digits.',
  ),
  IDEMPOTENCY_KEY_MISSING: entry(
    'reject',
    'gangway',
    400,
    () => 'A write needs an Idempotency-Key of 8 to 60 characters.',
    'Send the key of the request record with the call; nothing was sent to SAP.',
  ),
  IDEMPOTENCY_KEY_REUSED: entry(
    'reject',
    'user',
    409,
    () => 'This request was already made with other data.',
    'Open the existing request record and follow it; to change the data, discard it first.',
  ),
  OPERATION_UNKNOWN: entry(
    'reject',
    'gangway',
    404,
    () => 'Neither this agent nor SAP knows a request with this key.',
    'Send the request itself; it was never begun, so nothing can be doubled.',
  ),
  CONTENT_TYPE_NOT_SUPPORTED: entry(
    'reject',
    'gangway',
    415,
    () => 'The body must be application/json.',
    'Send Content-Type: application/json.',
  ),
  PAYLOAD_TOO_LARGE: entry(
    'reject',
    'gangway',
    413,
    (c) => `The body is larger than ${c.maxBytes ?? 'allowed'} bytes.`,
    'Send less in one call.',
  ),
  ROUTE_NOT_FOUND: entry(
    'reject',
    'gangway',
    404,
    () => 'There is no such address in this API.',
    'See /v1/openapi.json.',
  ),
  METHOD_NOT_ALLOWED: entry(
    'reject',
    'gangway',
    405,
    () => 'This address does not answer that method.',
    'See /v1/openapi.json.',
  ),
  RATE_LIMITED: entry(
    'retry',
    'nobody',
    429,
    () => 'Too many calls from this org at once.',
    'Wait a moment; the call may be repeated.',
  ),

  // Who called
  ORG_TOKEN_MISSING: entry(
    'reject',
    'salesforce-admin',
    401,
    () => 'The call carries no org token.',
    'In Setup, give the user the permission set with the principal of the external credential Gangway_Relay.',
  ),
  ORG_TOKEN_INVALID: entry(
    'reject',
    'salesforce-admin',
    401,
    (c) => `The org token is not valid: ${c.reason ?? 'refused'}.`,
    'In Setup, check claims, lifetime and certificate of the external credential Gangway_Relay against docs/admin/connect.md.',
  ),
  ORG_NOT_TRUSTED: entry(
    'reject',
    'operator',
    403,
    () => 'This org is not registered here.',
    'Register the org id and its certificate in the configuration of relay and agent.',
  ),
  WRITE_NOT_SIGNED: entry(
    'reject',
    'salesforce-admin',
    403,
    (c) => `The write does not carry the org's own signature${c.reason === undefined ? '' : `: ${c.reason}`}.`,
    'In SAP Setting, name the certificate of the external credential Gangway_Relay as Signing Certificate; its public part must be registered at the agent. Nothing was sent to SAP.',
  ),
  SYSTEM_NOT_SERVED: entry(
    'reject',
    'salesforce-admin',
    404,
    () => 'No agent may serve this SAP system for this org.',
    'Check the SAP system in the Gangway settings (custom metadata) and the agent list of the relay.',
  ),

  // Relay and agent
  RELAY_UNREACHABLE: entry(
    'retry',
    'operator',
    503,
    () => 'The relay cannot be reached.',
    'Check that the relay runs and that the firewall lets the agent out on 443.',
  ),
  RELAY_DRAINING: entry('retry', 'nobody', 503, () => 'This relay is about to restart.', 'Repeat the call.'),
  AGENT_OFFLINE: entry(
    'retry',
    'operator',
    503,
    () => 'The agent beside SAP is not connected.',
    'Start the agent, or check its outbound connection with `gangway check`.',
  ),
  AGENT_BUSY: entry(
    'retry',
    'nobody',
    503,
    () => 'The agent has more calls waiting than it may take.',
    'Repeat in a few seconds.',
  ),
  AGENT_DRAINING: entry('retry', 'nobody', 503, () => 'The agent is about to restart.', 'Repeat the call in a moment.'),
  AGENT_CREDENTIAL_REFUSED: entry(
    'stop',
    'operator',
    401,
    () => 'The relay does not accept this agent.',
    "Register the agent's public key, orgs and SAP systems at the relay (`gangway keys show`).",
  ),
  PROTOCOL_VERSION_UNSUPPORTED: entry(
    'stop',
    'operator',
    426,
    () => 'Relay and agent speak no common protocol version.',
    'Upgrade the older one.',
  ),
  PROTOCOL_VIOLATION: entry(
    'retry',
    'gangway',
    502,
    (c) => `The other side broke the protocol: ${c.reason ?? ''}.`,
    'The connection was closed and will be opened again; report it if it repeats.',
  ),
  CONNECTION_LOST: entry(
    'retry',
    'nobody',
    503,
    () => 'The connection to the agent was lost before it answered.',
    'Repeat the call.',
  ),
  DEADLINE_PASSED: entry(
    'retry',
    'nobody',
    504,
    () => 'SAP did not answer in time.',
    'Repeat the call; if it stays slow, ask SAP Basis to look at SM50 and ST03N.',
  ),
  ANSWER_TOO_LARGE: entry(
    'reject',
    'operator',
    502,
    (c) => `The answer is larger than ${c.maxBytes ?? 'allowed'} bytes.`,
    'Ask for a smaller page.',
  ),

  // SAP
  SAP_UNREACHABLE: entry(
    'retry',
    'sap-basis',
    503,
    () => 'SAP cannot be reached.',
    'The call may be repeated; SAP Basis checks the host, port and ICM (SMICM).',
  ),
  SAP_LOGON_REFUSED: entry(
    'stop',
    'sap-basis',
    503,
    (c) => `SAP refused the logon of the service user in SAP client ${c.sapClient ?? ''}.`,
    'Check user, password and lock status in SU01, correct the secret, then restart the agent. Gangway does not try again by itself, so that the user is not locked.',
  ),
  SAP_NOT_AUTHORIZED: entry(
    'hold',
    'sap-basis',
    503,
    (c) => `The service user lacks an authorization${c.functionName === undefined ? '' : ` for ${c.functionName}`}.`,
    'Run SU53 or STAUTHTRACE for the service user and add the missing object to its role (PFCG).',
  ),
  SAP_FUNCTION_MISSING: entry(
    'stop',
    'sap-basis',
    503,
    (c) => `SAP has no remote-enabled function ${c.functionName ?? ''}.`,
    'Check the function in SE37, or activate the ICF service in SICF.',
  ),
  SAP_PACK_MISSING: entry(
    'hold',
    'sap-basis',
    503,
    () => 'This needs the Gangway ABAP pack, which is not in this SAP system.',
    'SAP Basis imports the ABAP pack (docs/sap-basis/abap-pack.md).',
  ),
  SAP_WORK_PROCESSES_EXHAUSTED: entry(
    'retry',
    'sap-basis',
    503,
    () => 'All work processes of SAP are busy.',
    'The call may be repeated; SAP Basis looks at SM50.',
  ),
  SAP_OBJECT_LOCKED: entry(
    'retry',
    'nobody',
    503,
    (c) => `Someone else is changing this record in SAP${c.lockedBy === undefined ? '' : ` (${c.lockedBy})`}.`,
    'Repeat in a minute; SM12 shows who holds the lock.',
  ),
  SAP_REFUSED: entry(
    'reject',
    'sap-key-user',
    422,
    () => 'SAP refused the data.',
    "Read SAP's own message, correct the data and send again.",
  ),
  SAP_CUSTOMER_UNKNOWN: entry(
    'reject',
    'user',
    404,
    (c) => `SAP system ${c.system ?? ''} has no customer ${c.customerNumber ?? ''}.`,
    'Check the number on the Account; link the right customer or create it.',
  ),
  SAP_DOCUMENT_UNKNOWN: entry(
    'reject',
    'user',
    404,
    () => 'SAP has no such document for this customer.',
    'Refresh the list; the document may have been deleted.',
  ),
  SAP_SHORT_DUMP: entry(
    'hold',
    'sap-basis',
    502,
    () => 'SAP ended the call with a short dump.',
    'SAP Basis looks at ST22 for the service user at this time.',
  ),
  SAP_ANSWER_UNREADABLE: entry(
    'hold',
    'gangway',
    502,
    (c) => `SAP's answer could not be understood${c.reason === undefined ? '' : `: ${c.reason}`}.`,
    'Run `gangway check`; report it with the correlation id.',
  ),
  SAP_VALUE_TOO_LONG: entry(
    'reject',
    'user',
    422,
    (c) => `The value of ${c.field ?? 'a field'} is longer than the ${c.maxLength ?? ''} characters SAP keeps.`,
    'Shorten the value; Gangway never cuts it silently.',
  ),
  SAP_OUTCOME_UNKNOWN: entry(
    'verify',
    'nobody',
    202,
    () => 'The answer from SAP was lost; Gangway is looking in SAP whether it happened.',
    'Wait: the request will show the result. Do not create the customer by hand.',
  ),
  SAP_OUTCOME_UNRESOLVED: entry(
    'hold',
    'sap-basis',
    503,
    () => 'Gangway could not find out from SAP whether this happened.',
    'SAP Basis makes SAP answer again (SM50, SMICM), then send the same request again: Gangway looks in SAP before it writes. Do not create the customer by hand.',
  ),
  SAP_WRITE_NOT_COMPLETED: entry(
    'hold',
    'sap-basis',
    503,
    (c) => `SAP was asked ${c.attempts ?? 'several'} times and completed nothing.`,
    'SAP Basis looks at SM21 and ST22 for the service user, then send the same request again: Gangway looks in SAP before it writes.',
  ),

  INTERNAL: entry(
    'hold',
    'gangway',
    500,
    () => 'Something went wrong inside Gangway.',
    'Report it with the correlation id; the log holds the cause.',
  ),
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof catalogue;
