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

/** A number as SAP's screens show it; only numeric ones are padded. */
const shown = (number: ErrorContext[string]): string => String(number ?? '').replace(/^0+(?=\d+$)/, '');

/** An IDoc as people name it: by its number, or by its place where the number was not read. */
const idocOf = (c: ErrorContext, article: 'The' | 'the' = 'The'): string => {
  if (c.idoc !== undefined) return `IDoc ${shown(c.idoc)}`;
  return c.position === undefined ? `${article} document` : `${article} IDoc in place ${c.position} of the document`;
};

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
  FILE_NOT_CHANGED: entry(
    'reject',
    'operator',
    422,
    (c) => `The file ${c.file ?? 'named'} cannot be changed${c.reason === undefined ? '' : ` (${c.reason})`}.`,
    'Run the command as a user who may write there, best the one the agent runs as; nothing has changed.',
  ),
  USAGE_UNKNOWN: entry(
    'reject',
    'operator',
    404,
    (c) =>
      `Nothing is written down about ${c.date ?? 'this day'}${c.first === undefined ? '' : `; there are days from ${c.first} to ${c.last ?? c.first}`}.`,
    'An agent that has just started writes its first minute: ask again then. Else name another day, or the configuration of the agent that was running (agent.usageFolder).',
  ),
  USAGE_UNREADABLE: entry(
    'reject',
    'operator',
    422,
    (c) => `What is in ${c.folder ?? 'the folder'} about this day cannot be read.`,
    'Run the command as the user the agent runs as; if the file is damaged, move it away.',
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
  PROXY_REFUSED: entry(
    'retry',
    'operator',
    503,
    (c) =>
      `The proxy ${c.proxy ?? ''} does not let the agent through to ${c.target ?? 'its target'}: ${c.reason ?? 'refused'}.`,
    'Let the network team allow CONNECT to the target for this machine; user and password stand in the proxy URL (agent.proxyUrl or HTTPS_PROXY).',
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
    (c) => `SAP cannot be reached${c.obstacle === undefined ? '' : `: ${c.obstacle}`}.`,
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
  SAP_PACK_OUTDATED: entry(
    'hold',
    'sap-basis',
    503,
    (c) => `The Gangway ABAP pack in SAP is version ${c.found ?? 'unknown'}; this needs ${c.needed ?? 'a newer one'}.`,
    'SAP Basis imports the current ABAP pack (docs/sap-basis/abap-pack.md), then retry the request. Nothing was sent to SAP; reading goes on.',
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
    (c) => `SAP system ${c.system ?? ''} has no customer ${shown(c.customerNumber)}.`,
    'Check the number on the Account; link the right customer or create it.',
  ),
  SAP_CONTACT_UNKNOWN: entry(
    'reject',
    'user',
    404,
    (c) => `SAP customer ${shown(c.customerNumber)} has no contact person ${shown(c.contactNumber)}.`,
    'Check the SAP contact number on the Contact, and that its Account is the right customer; empty the number to have a new contact person made.',
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
  SAP_VALUE_NOT_IN_CODE_PAGE: entry(
    'reject',
    'user',
    422,
    (c) =>
      `The value of ${c.field ?? 'a field'} has letters that this SAP system cannot keep: ${c.letters ?? ''} (it is not a Unicode system; its letters are those of ${c.characterSet ?? 'its code page'}).`,
    'Write the value in letters that SAP has; Gangway never lets SAP put # in their place. Nothing was sent to SAP.',
  ),
  SAP_SDK_MISSING: entry(
    'stop',
    'operator',
    500,
    (c) => `The RFC driver cannot be loaded: ${c.reason ?? 'a file is missing'}.`,
    "Download SAP's NetWeaver RFC SDK 7.50, put the file named where the sentence says, and start again (docs/sap-basis/rfc.md).",
  ),
  SAP_INTERFACE_CHANGED: entry(
    'hold',
    'sap-basis',
    502,
    (c) => `Function ${c.functionName ?? ''} in SAP is not as Gangway expects it: ${c.reason ?? 'it differs'}.`,
    'Run `gangway check`: it names each difference. Import the matching ABAP pack, or take the function out of use.',
  ),
  SAP_FUNCTION_NOT_ALLOWED: entry(
    'reject',
    'operator',
    403,
    (c) => `Function ${c.functionName ?? ''} belongs to no feature that is switched on, so it was not called.`,
    'Switch the feature on (sap.features) and let SAP Basis extend the role (`gangway sap-role`).',
  ),
  SAP_PAUSED: entry(
    'retry',
    'operator',
    503,
    (c) => `Work in SAP is paused${c.reason === undefined ? '' : `: ${c.reason}`}.`,
    'Nothing is lost, and it goes on by itself when the operator ends the pause (`gangway resume`).',
  ),
  SAP_SYSTEM_MISMATCH: entry(
    'stop',
    'operator',
    500,
    (c) => `The configuration says ${c.system ?? 'another system'}, but ${c.found ?? 'another one'} answers.`,
    'Correct sap.system, sap.client or the address; no customer may get the number of another system.',
  ),
  SERVICE_UNKNOWN: entry(
    'reject',
    'user',
    404,
    (c) => `No service of the name ${c.name ?? ''} is published here.`,
    'Look at /v1/services/openapi.json for what is published; `gangway service publish` publishes more.',
  ),
  SERVICE_NOT_ALLOWED: entry(
    'reject',
    'operator',
    403,
    (c) => `The service ${c.name ?? ''} is not open to this caller.`,
    'Add the org or the Salesforce user to `callers` in the service file, and publish it again.',
  ),
  SERVICE_FILE_INVALID: entry(
    'reject',
    'operator',
    422,
    (c) => `The service file${c.file === undefined ? '' : ` ${c.file}`} is not right: ${c.problems ?? ''}`,
    'Correct the lines named, then run the command again; nothing was published.',
  ),
  SERVICE_CHANGED: entry(
    'hold',
    'operator',
    409,
    (c) => `The service ${c.name ?? ''} was ${c.how ?? 'changed'} while this write waited; nothing was written.`,
    'Send it again under the same key: it is then carried out as the service is published now.',
  ),
  SERVICE_NEEDS_ONE_AGENT: entry(
    'hold',
    'operator',
    409,
    (c) =>
      `Several agents serve this SAP system, and nothing says which of them carries out ${c.name ?? 'this service'}; nothing was written.`,
    'Put `agent:` and the id of one agent into its file, or let it be looked up with ReadWriteKey. Then send it again under the same key.',
  ),
  SERVICE_OUTCOME_UNRESOLVED: entry(
    'hold',
    'sap-key-user',
    503,
    (c) =>
      `It is not known whether the service ${c.name ?? ''} was carried out in SAP on ${c.at ?? 'that day'}: ${c.reason ?? 'nobody can look'}.`,
    'Look in SAP for what this service writes, by its inputs, the service user and that time. It is there: nothing more to do. It is not: send it under a new Idempotency-Key. Under the same key it is never written blindly.',
  ),
  SERVICE_RESULT_TOO_LARGE: entry(
    'reject',
    'operator',
    502,
    (c) => `It is done in SAP, but its outputs are larger than ${c.maxBytes ?? 'allowed'} bytes and were not kept.`,
    'Do not send it again. Take the outputs that nobody needs out of the service file, and publish it again.',
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

  // The org's outbox
  SALESFORCE_UNREACHABLE: entry(
    'retry',
    'operator',
    503,
    (c) => `Salesforce cannot be reached${c.reason === undefined ? '' : `: ${c.reason}`}.`,
    'Gangway goes on by itself; check that the firewall lets the agent out to the org (443) and look at status.salesforce.com.',
  ),
  SALESFORCE_LOGON_REFUSED: entry(
    'stop',
    'salesforce-admin',
    503,
    (c) => `The org refused the logon of the integration user${c.reason === undefined ? '' : `: ${c.reason}`}.`,
    'In Setup, check the external client app (certificate, pre-authorised permission set) and that the integration user is active; then restart the agent.',
  ),
  SALESFORCE_SESSION_EXPIRED: entry(
    'retry',
    'nobody',
    503,
    () => 'The session in the org has ended.',
    'Gangway logs on again by itself.',
  ),
  SALESFORCE_LIMIT_REACHED: entry(
    'retry',
    'salesforce-admin',
    503,
    (c) => `The org takes no more API calls${c.reason === undefined ? '' : `: ${c.reason}`}.`,
    'Gangway waits and goes on by itself; System Overview in Setup shows who used the calls.',
  ),
  SALESFORCE_ROW_LOCKED: entry(
    'retry',
    'nobody',
    503,
    () => 'Somebody else is changing the same records in the org.',
    'Gangway repeats it by itself.',
  ),
  SALESFORCE_NOT_AUTHORIZED: entry(
    'hold',
    'salesforce-admin',
    503,
    (c) => `The integration user lacks a right in the org${c.reason === undefined ? '' : `: ${c.reason}`}.`,
    'Give the integration user the permission set Gangway Integration User.',
  ),
  SALESFORCE_FAILED: entry(
    'retry',
    'salesforce-admin',
    503,
    (c) => `The org answered with an error${c.reason === undefined ? '' : `: ${c.reason}`}.`,
    "Gangway repeats it; if it stays, the org's debug log for the integration user shows the cause.",
  ),
  SALESFORCE_ANSWER_UNREADABLE: entry(
    'retry',
    'gangway',
    502,
    (c) => `The org's answer could not be understood${c.reason === undefined ? '' : `: ${c.reason}`}.`,
    'Gangway repeats it; report it with the correlation id if it stays.',
  ),
  CLOCK_WRONG: entry(
    'hold',
    'operator',
    503,
    (c) => `The clock of this machine is ${c.seconds ?? 'many'} seconds away from ${c.whose ?? "the org's"}.`,
    'Let the machine follow a time server (NTP); logons and leases depend on it.',
  ),
  ORG_MISMATCH: entry(
    'stop',
    'operator',
    503,
    (c) => `The logon leads to org ${c.found ?? 'unknown'}, the configuration names ${c.expected ?? 'another'}.`,
    'Correct loginUrl, clientId and username of this org in the configuration; a copied sandbox has an id of its own.',
  ),
  PACKAGE_MISSING: entry(
    'hold',
    'salesforce-admin',
    503,
    () => 'The org has no Gangway mailbox that the integration user may open.',
    'Install the Gangway package, and give the integration user the permission set Gangway Integration User.',
  ),
  PACKAGE_TOO_OLD: entry(
    'hold',
    'salesforce-admin',
    503,
    (c) => `The package in the org (${c.found ?? 'older'}) is older than this agent understands.`,
    'Upgrade the Gangway package in the org, or start the agent version that fits it. Requests wait.',
  ),
  PACKAGE_TOO_NEW: entry(
    'hold',
    'operator',
    503,
    (c) => `The package in the org (${c.found ?? 'newer'}) is newer than this agent understands.`,
    'Upgrade the agent. Requests wait.',
  ),
  LEASE_LOST: entry(
    'retry',
    'nobody',
    503,
    (c) =>
      `Another agent${c.holder === undefined ? '' : ` (${c.holder})`} works for this org now; nothing was written.`,
    'Nothing to do: that agent goes on with it.',
  ),
  AGENT_STANDBY: entry(
    'retry',
    'nobody',
    503,
    (c) => `This agent stands by; ${c.holder ?? 'another one'} writes for this org.`,
    'Repeat the call; the relay tries the other agents by itself.',
  ),
  AGENT_ID_IN_USE: entry(
    'stop',
    'operator',
    503,
    (c) => `A second agent calls itself ${c.agent ?? 'the same'} and has taken over.`,
    'Give each agent an id of its own (agent.id), then restart this one.',
  ),
  REQUEST_UNREADABLE: entry(
    'reject',
    'salesforce-admin',
    422,
    (c) => `The request in the org cannot be understood${c.reason === undefined ? '' : `: ${c.reason}`}.`,
    'Somebody has edited it: correct the record it belongs to, or discard the request with a reason. Nothing was sent to SAP.',
  ),
  REQUEST_UNKNOWN: entry(
    'reject',
    'user',
    404,
    (c) => `The org has no request ${c.request ?? 'of this name'}.`,
    'Look for it with `gangway queue list`; it is named by its key or its number (SR-000012).',
  ),
  REQUEST_KIND_UNKNOWN: entry(
    'hold',
    'operator',
    422,
    (c) => `This agent does not know requests of the kind ${c.kind ?? 'named'}.`,
    'Upgrade the agent, then retry the request.',
  ),
  REQUEST_CUSTOMER_MISSING: entry(
    'hold',
    'user',
    422,
    () => 'The Account has no SAP customer yet, so there is nothing to change in SAP.',
    'Create or link the SAP customer on the Account, then retry the request.',
  ),
  REQUEST_WITHDRAWN: entry(
    'reject',
    'nobody',
    409,
    (c) => `The request was withdrawn${c.reason === undefined ? '' : `: ${c.reason}`}.`,
    'Nothing was written to SAP. Retry the request if it is wanted after all.',
  ),
  REQUEST_ON_HOLD: entry(
    'hold',
    'user',
    409,
    (c) => `A person has put the request on hold${c.reason === undefined ? '' : `: ${c.reason}`}.`,
    'Retry the request when it may go on. Nothing was written to SAP.',
  ),
  CUSTOMER_MAY_EXIST: entry(
    'hold',
    'user',
    409,
    (c) => `SAP has a customer that may be the same: ${c.candidates ?? 'see the list'}.`,
    'Link the Account to that customer, or create a new one all the same with Create SAP Customer on the Account.',
  ),
  SAP_CUSTOMER_MARKED_FOR_DELETION: entry(
    'hold',
    'sap-key-user',
    409,
    (c) => `SAP customer ${shown(c.customerNumber)} is marked for deletion, so it is not changed.`,
    'Remove the deletion flag in XD06 or link the Account to another customer, then retry the request.',
  ),
  SAP_STEP_NOT_WRITTEN: entry(
    'hold',
    'sap-key-user',
    503,
    (c) => `SAP customer ${shown(c.customerNumber)} exists; its ${c.step ?? 'further data'} could not be written.`,
    "Read SAP's own message and correct the cause, then retry the request: only what is missing is written.",
  ),

  // IDocs that SAP sends
  IDOC_MALFORMED: entry(
    'reject',
    'sap-basis',
    422,
    (c) => `${idocOf(c)} cannot be read: ${c.reason ?? 'it is not built as SAP builds IDocs'}.`,
    'Look at the IDoc in WE02 and at the port in WE21 (XML or file, record types of release 4.X). Send it again with BD87; nothing of it was taken.',
  ),
  IDOC_TRUNCATED: entry(
    'reject',
    'sap-basis',
    422,
    (c) => `${idocOf(c)} is cut off: ${c.reason ?? 'its end is missing'}.`,
    'Send it again: over HTTP with RSEOUT00 or BD87 (status 02 in WE02), from a file once SAP or the transfer has finished writing. Nothing of it was taken.',
  ),
  IDOC_ENCODING_WRONG: entry(
    'reject',
    'sap-basis',
    422,
    (c) =>
      `The document is not in the encoding it should be in (${c.encoding ?? 'unknown'}): ${c.reason ?? 'it cannot be decoded'}.`,
    "Make them agree: the port's character set in WE21, the charset of the HTTP destination in SM59, and the encoding set in Gangway. Then send the IDocs again with BD87.",
  ),
  IDOC_RECORD_LENGTH_WRONG: entry(
    'reject',
    'sap-basis',
    422,
    (c) =>
      `${idocOf(c)} has a record of ${c.length ?? 'unknown'} characters where ${c.expected ?? 'another length'} belong(s).`,
    'Check the character set of the file port in WE21 and what transfers the file (line ends, cut or joined lines); then write the file again with BD87.',
  ),
  IDOC_VERSION_NOT_SUPPORTED: entry(
    'reject',
    'sap-basis',
    422,
    (c) => `${idocOf(c)} comes in record type ${c.found ?? 'unknown'}; only EDI_DC40 is read.`,
    'Set the version of the port in WE21 to IDoc record types of SAP release 4.X, then send the IDoc again with BD87.',
  ),
  IDOC_TYPE_NOT_SUPPORTED: entry(
    'reject',
    'sap-basis',
    422,
    (c) =>
      `${idocOf(c)} is ${c.messageType ?? 'of a message type'} in basic type ${c.basicType ?? 'unknown'}, which is not read here.`,
    'Remove the message type from the partner profile in WE20, or choose a basic type there that Gangway reads; a message type is switched on in the configuration of the agent.',
  ),
  IDOC_CONTROL_INCOMPLETE: entry(
    'reject',
    'sap-basis',
    422,
    (c) => `The control record of ${idocOf(c, 'the')} is not complete: ${c.fields ?? 'a field'} missing or not valid.`,
    'Look at the control record in WE02; partner and port come from the partner profile in WE20. Correct it there and send the IDoc again with BD87.',
  ),
  IDOC_CLIENT_WRONG: entry(
    'reject',
    'sap-basis',
    422,
    (c) =>
      `${idocOf(c)} comes from SAP client ${c.found ?? 'unknown'}; this agent serves client ${c.expected ?? 'another one'}.`,
    'Point the port of that client (WE21, SM59) to its own agent, or correct the SAP client in the configuration of this one. Nothing of it was taken.',
  ),
  IDOC_PARTNER_UNKNOWN: entry(
    'reject',
    'sap-basis',
    422,
    (c) => `${idocOf(c)} names ${c.role ?? 'a partner'} ${c.found ?? 'unknown'}, which is not configured.`,
    'Compare the partner of the control record (WE02) with the partner profile in WE20 and the logical systems in the configuration of the agent; correct one of them and send the IDoc again with BD87.',
  ),
  IDOC_DIRECTION_WRONG: entry(
    'reject',
    'sap-basis',
    422,
    (c) => `${idocOf(c)} has direction ${c.found ?? 'unknown'}; SAP sends with direction 1 (outbound).`,
    'Look at the IDoc in WE02: it was made for SAP to receive. Remove it from the port or folder.',
  ),
  IDOC_SEQUENCE_BROKEN: entry(
    'reject',
    'sap-basis',
    422,
    (c) =>
      `${idocOf(c)} has a segment in the wrong place${c.segment === undefined ? '' : ` (number ${c.segment})`}: ${c.reason ?? 'its numbers do not fit'}.`,
    'A record was lost, doubled or moved on the way: compare with the IDoc in WE02 and send it again with BD87. Nothing of it was taken.',
  ),
  IDOC_NUMBER_TWICE: entry(
    'reject',
    'sap-basis',
    422,
    (c) => `${idocOf(c)} stands in the document twice; the second was not taken.`,
    'Look at the IDoc in WE02; if the first is not the right one, send the right one again with BD87 in a document of its own.',
  ),
  IDOC_TOO_LARGE: entry(
    'reject',
    'sap-basis',
    413,
    (c) => `${idocOf(c)} has more than ${c.limit ?? 'the allowed number of'} ${c.what ?? 'characters'}.`,
    'Collect fewer IDocs per document (packet size in the partner profile, WE20), or split the IDoc; then send again with BD87.',
  ),
  IDOC_VALUE_INVALID: entry(
    'reject',
    'sap-key-user',
    422,
    (c) => `Field ${c.field ?? 'unknown'} of segment ${c.segment ?? 'unknown'} holds no ${c.kind ?? 'valid value'}.`,
    'Correct the value where it is kept in SAP (the IDoc in WE02 shows it), then send the object again, or the corrected IDoc with BD87.',
  ),
  IDOC_LAYOUT_INVALID: entry(
    'stop',
    'operator',
    422,
    (c) => `The layout of segment ${c.segment ?? 'unknown'} is not valid: ${c.reason ?? 'not readable'}.`,
    'Correct the layout file; WE60 shows the fields of a segment with their lengths.',
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
