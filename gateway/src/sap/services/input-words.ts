/** A refusal that names SAP's fields, in the words of the service: who calls it knows its inputs only. */
import { GatewayError } from '../../errors/index.ts';
import type { BoundInput, BoundService } from './bound-service.ts';

/** Fields that no input fills keep SAP's name. */
export function inInputWords(error: GatewayError, service: BoundService): GatewayError {
  if (error.code !== 'SAP_VALUE_NOT_IN_CODE_PAGE') return error;
  const inputs = new Map(service.inputs.flatMap(pathsOf));
  const inWords = (field: string): string => inputs.get(field) ?? field;
  const context = { ...error.context, field: inWords(String(error.context['field'] ?? '')) };
  const issues = error.issues.map((issue) => ({ ...issue, path: inWords(issue.path) }));
  return new GatewayError(error.code, context, error.cause, { issues });
}

function pathsOf(input: BoundService['inputs'][number]): [string, string][] {
  if (input.kind === 'value') return placesOf(input, input.spec.name);
  return input.fields.flatMap((field) => placesOf(field, `${input.spec.name}.${field.spec.name}`));
}

/** As the refusal names them: which row of a table it was is not said. */
function placesOf({ targets }: BoundInput, path: string): [string, string][] {
  return targets.map(({ place }) => [
    place.field === undefined ? place.parameter : `${place.parameter}.${place.field}`,
    path,
  ]);
}
