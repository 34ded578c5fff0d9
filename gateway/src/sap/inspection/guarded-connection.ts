/** The connection behind the door: what is not allowed, or not as it should be, is refused before anything is sent. */
import { toGatewayError } from '../../errors/index.ts';
import type { AbapParameters, CallOptions, SapConnection, SapSession } from '../../ports/index.ts';
import { text } from '../answers.ts';
import type { AllowList } from '../authorizations/allow-list.ts';
import { packKey, packVersion } from '../functions/abap-pack.ts';
import type { Findings } from './findings.ts';

export interface GuardParts {
  readonly allowList: AllowList;
  readonly findings: Findings;
}

/** The same connection, guarded; what happens inside one ABAP session is guarded too. */
export function guardConnection(inner: SapConnection, parts: GuardParts): SapConnection {
  const guarded = (session: SapSession): SapSession => ({
    call: (functionName, parameters, options) => guardedCall(session, parts, functionName, { parameters, options }),
  });
  return {
    ...guarded(inner),
    capabilities: inner.capabilities,
    inOneSession: (work, options) => inner.inOneSession((session) => work(guarded(session)), options),
    close: () => inner.close(),
  };
}

interface WhatIsSent {
  readonly parameters: AbapParameters;
  readonly options: CallOptions;
}

async function guardedCall(
  session: SapSession,
  { allowList, findings }: GuardParts,
  functionName: string,
  { parameters, options }: WhatIsSent,
): Promise<AbapParameters> {
  allowList.check(functionName, parameters);
  // A write into another system, or its key looked up there, could not be taken back; a read can be wrong for a moment.
  const mustKnow = options.effect === 'write' || functionName === packKey.name;
  const canAsk = !findings.hasAsked && allowList.has(packVersion);
  if (mustKnow && canAsk) await askWhichSystem(session, findings, options);
  findings.check(functionName);
  const answer = await session.call(functionName, parameters, options);
  if (functionName === packVersion.name) findings.noteSystem(text(answer, 'E_LOGSYS'));
  return answer;
}

const saysNothing: ReadonlySet<string> = new Set(['SAP_FUNCTION_MISSING', 'SAP_NOT_AUTHORIZED', 'SAP_REFUSED']);

/** In the same session: another one might not be free while this one waits for it. */
async function askWhichSystem(session: SapSession, findings: Findings, options: CallOptions): Promise<void> {
  try {
    const answer = await session.call(packVersion.name, {}, { ...options, effect: 'read', tables: [] });
    findings.noteSystem(text(answer, 'E_LOGSYS'));
  } catch (thrown) {
    // Without the pack, or without a right to it, SAP does not say it.
    if (!saysNothing.has(toGatewayError(thrown).code)) throw thrown;
    findings.noteSystem('');
  }
}
