/** What `gangway check` says of each function module: is it there, and is it as the code expects it. */
import { catalogue } from '../errors/index.ts';
import type { ErrorCode } from '../errors/index.ts';
import type { InterfaceFinding, SapInspection } from '../ports/index.ts';
import { Deadline } from '../timing/index.ts';
import type { Clock } from '../timing/index.ts';
import type { CheckResult } from './check-result.ts';

/** Some hundred small calls one after the other. */
const inspectTimeoutMs = 300_000;

/** A result for each function of the features that are switched on. */
export async function* eachFunction(inspection: SapInspection, clock: Clock): AsyncGenerator<CheckResult> {
  for await (const finding of inspection.inspect(Deadline.in(clock, inspectTimeoutMs))) {
    yield { ...toResult(finding), features: finding.features };
  }
}

function toResult({ functionName, state, differences, features, code }: InterfaceFinding): CheckResult {
  const isService = features.length === 1 && features[0] === 'services';
  const name = `SAP function ${functionName}${isService ? ' (service)' : ''}`;
  switch (state) {
    case 'as-expected':
      return { name, state: 'passed', finding: 'is there, with the interface that is expected' };
    case 'differs':
      return {
        name,
        state: 'failed',
        finding: differences.join(' '),
        ...about(code, isService ? serviceAdvice : differsAdvice(functionName)),
      };
    case 'missing':
      return missing(name, functionName, features, code);
    case 'not-authorized':
      // What cannot be looked at may work all the same: the calls themselves tell.
      return { name, state: 'warning', finding: 'its interface cannot be looked at', ...about(code, lookAdvice) };
  }
}

const lookAdvice =
  'SAP Basis gives the service user RFC_GET_FUNCTION_INTERFACE and DDIF_FIELDINFO_GET in S_RFC (PFCG); SU53 and STAUTHTRACE show what was refused.';

const serviceAdvice =
  'The operator corrects the service file, or drafts it anew with `gangway service new`, and publishes it again; until then it does not serve.';

function differsAdvice(functionName: string): string {
  if (functionName.startsWith('Z_GANGWAY_'))
    return 'SAP Basis imports the ABAP pack that belongs to this version (docs/sap-basis/abap-pack.md); SE37 shows the interface. The function is not called until then.';
  return 'SAP Basis compares the interface in SE37 with what is said here; it may have come with a support package. The function is not called until it fits: upgrade Gangway, or change the service file over it.';
}

/** Of the pack one line says it all: each function alone is only a consequence. */
function missing(
  name: string,
  functionName: string,
  features: readonly string[],
  code: ErrorCode | undefined,
): CheckResult {
  const finding = `SAP does not have it; it is needed for ${features.join(', ')}`;
  if (code === 'SAP_PACK_MISSING')
    return { name, state: 'skipped', finding: 'the ABAP pack does not have it, or is not there' };
  const advice = `SAP Basis looks for ${functionName} in SE37 (it must be remote-enabled), or the operator takes the feature out of sap.features.`;
  return { name, state: 'failed', finding, ...about(code, advice) };
}

function about(code: ErrorCode | undefined, advice: string): Pick<CheckResult, 'code' | 'owner' | 'advice'> {
  return { code, owner: code === undefined ? 'sap-basis' : catalogue[code].owner, advice };
}
