/** A SapConnection that answers from a script: for what no simulated system holds. */
import { GatewayError } from '../../../src/errors/index.ts';
import type { AbapParameters, SapConnection } from '../../../src/ports/index.ts';

export type Script = Readonly<Record<string, (parameters: AbapParameters) => AbapParameters | GatewayError>>;

export interface ScriptedConnection extends SapConnection {
  readonly asked: { readonly functionName: string; readonly parameters: AbapParameters }[];
  script: Script;
}

/** A function that is not in the script does not exist in this SAP. */
export function scriptedConnection(script: Script): ScriptedConnection {
  const connection: ScriptedConnection = {
    capabilities: { statefulSession: false },
    asked: [],
    script,
    call: async (functionName, parameters) => {
      connection.asked.push({ functionName, parameters });
      const answer =
        connection.script[functionName]?.(parameters) ?? new GatewayError('SAP_FUNCTION_MISSING', { functionName });
      if (answer instanceof GatewayError) throw answer;
      return answer;
    },
    inOneSession: () => Promise.reject(new Error('over SOAP there is none')),
    close: async () => undefined,
  };
  return connection;
}
