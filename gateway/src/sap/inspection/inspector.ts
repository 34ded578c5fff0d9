/** Compares what the code expects of SAP with what SAP has, and keeps what differs from being called. */
import { GatewayError, toGatewayError } from '../../errors/index.ts';
import type { ErrorCode } from '../../errors/index.ts';
import type { SapFeature } from '../../model/index.ts';
import type { InspectOptions, InterfaceFinding, SapIdentity, SapInspection, SapSession } from '../../ports/index.ts';
import type { Clock, Deadline } from '../../timing/index.ts';
import type { AllowList } from '../authorizations/allow-list.ts';
import { packVersion } from '../functions/abap-pack.ts';
import type { FunctionDefinition } from '../functions/signature.ts';
import { functionInterface } from '../functions/system.ts';
import { compareInterface } from './compare-interface.ts';
import type { Findings } from './findings.ts';
import { Repository } from './function-interface.ts';
import type { FoundFields } from './function-interface.ts';
import { identify } from './identify.ts';

export interface InspectorParts {
  /** The way to SAP that everybody takes, budget included. */
  readonly connection: SapSession;
  readonly clock: Clock;
  readonly allowList: AllowList;
  readonly findings: Findings;
}

/** These say nothing about a function: SAP cannot be asked now, or must not be. */
const endsInspection: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'SAP_UNREACHABLE',
  'SAP_LOGON_REFUSED',
  'SAP_WORK_PROCESSES_EXHAUSTED',
  'SAP_PAUSED',
  'AGENT_BUSY',
  'DEADLINE_PASSED',
  'SECRET_MISSING',
  'SAP_SDK_MISSING',
]);

export class Inspector implements SapInspection {
  readonly #parts: InspectorParts;

  constructor(parts: InspectorParts) {
    this.#parts = parts;
  }

  async identify(deadline: Deadline): Promise<SapIdentity> {
    const { connection, clock, allowList, findings } = this.#parts;
    const identity = await identify({ connection, clock, deadline, asksPack: allowList.has(packVersion) });
    findings.noteSystem(identity.logicalSystem ?? '');
    return identity;
  }

  async *inspect(deadline: Deadline, { only }: InspectOptions = {}): AsyncGenerator<InterfaceFinding> {
    const { connection, clock, findings } = this.#parts;
    const repository = new Repository(connection, clock, deadline);
    const saysRemote = await this.#saysRemote(repository);
    for (const { definition, features } of this.#expectations()) {
      if (only?.has(definition.name) === false) continue;
      const finding =
        saysRemote instanceof GatewayError
          ? unseen(definition, saysRemote)
          : await look(repository, definition, saysRemote);
      // A function that could not be looked at is not known to differ.
      findings.noteFunction(definition.name, finding.state === 'differs' ? finding.differences : []);
      yield { ...finding, features };
    }
  }

  /** The function that answers is remote-enabled; a release that denies it does not say it of others either. */
  async #saysRemote(repository: Repository): Promise<boolean | GatewayError> {
    try {
      return (await repository.interfaceOf(functionInterface.name)).isRemote === true;
    } catch (thrown) {
      const failure = toGatewayError(thrown);
      if (endsInspection.has(failure.code)) throw failure;
      return failure;
    }
  }

  #expectations(): Expectation[] {
    const { allowList } = this.#parts;
    return allowList.functions.map((definition) => ({ definition, features: allowList.featuresOf(definition) }));
  }
}

interface Expectation {
  readonly definition: FunctionDefinition;
  readonly features: readonly SapFeature[];
}

type Looked = Omit<InterfaceFinding, 'features'>;

async function look(repository: Repository, definition: FunctionDefinition, saysRemote: boolean): Promise<Looked> {
  const functionName = definition.name;
  try {
    const found = await repository.interfaceOf(functionName);
    const fieldsOf = (structure: string): Promise<FoundFields | undefined> => fieldsOrNone(repository, structure);
    const isRemote = saysRemote ? found.isRemote : undefined;
    const differences = await compareInterface(definition, { ...found, isRemote }, fieldsOf);
    if (differences.length === 0) return { functionName, state: 'as-expected', differences };
    return { functionName, state: 'differs', differences, code: 'SAP_INTERFACE_CHANGED' };
  } catch (thrown) {
    const failure = toGatewayError(thrown);
    if (endsInspection.has(failure.code)) throw failure;
    if (failure.code !== 'SAP_FUNCTION_MISSING') return unseen(definition, failure);
    const code = functionName.startsWith('Z_GANGWAY_') ? 'SAP_PACK_MISSING' : 'SAP_FUNCTION_MISSING';
    return { functionName, state: 'missing', differences: [], code };
  }
}

const unseen = ({ name }: FunctionDefinition, { code }: GatewayError): Looked => ({
  functionName: name,
  state: 'not-authorized',
  differences: [],
  code,
});

/** A type that the dictionary does not have as a structure cannot be compared, so it is not known to differ. */
async function fieldsOrNone(repository: Repository, structure: string): Promise<FoundFields | undefined> {
  try {
    return await repository.fieldsOf(structure);
  } catch (thrown) {
    if (toGatewayError(thrown).code === 'SAP_REFUSED') return undefined;
    throw thrown;
  }
}
