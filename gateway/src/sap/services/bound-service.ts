/** A service file joined with the function's real interface: everything a call needs, resolved once. */
import type { AbapStructure } from '../../ports/index.ts';
import type { Place } from './place.ts';
import type { SapField } from './sap-field.ts';
import type { SapInterface } from './sap-interface.ts';
import { isGroup } from './service-file.ts';
import type { Input, InputGroup, InputValue, Output, OutputGroup, OutputValue, ServiceFile } from './service-file.ts';

/** A place that exists, with what SAP keeps there. */
export interface Target {
  readonly place: Place;
  readonly field: SapField;
}

export interface BoundFixed {
  readonly target: Target;
  /** As in the file: a text in SAP's form, or a special value. */
  readonly value: string;
}

export interface BoundInput {
  readonly kind: 'value';
  readonly spec: InputValue;
  readonly targets: readonly Target[];
  readonly marks: readonly Target[];
}

export interface BoundInputGroup {
  readonly kind: 'group';
  readonly spec: InputGroup;
  readonly fields: readonly BoundInput[];
  /** Of each row of a list. */
  readonly fixed: readonly BoundFixed[];
}

export interface BoundOutput {
  readonly kind: 'value';
  readonly spec: OutputValue;
  readonly source: Target;
}

export interface BoundOutputGroup {
  readonly kind: 'group';
  readonly spec: OutputGroup;
  readonly fields: readonly BoundOutput[];
}

export interface BoundService {
  readonly file: ServiceFile;
  readonly iface: SapInterface;
  readonly inputs: readonly (BoundInput | BoundInputGroup)[];
  readonly fixed: readonly BoundFixed[];
  readonly outputs: readonly (BoundOutput | BoundOutputGroup)[];
  /** Parameters that say whether SAP did it. */
  readonly messages: readonly string[];
  /** Tables to ask back. */
  readonly tables: readonly string[];
  /** Structures and tables that SAP requires: sent empty where no input of them was given. */
  readonly required: Readonly<Record<string, AbapStructure | readonly AbapStructure[]>>;
  /** True where an amount is read or written, so the decimals of currencies are needed. */
  readonly hasAmounts: boolean;
}

/** Which parameters an output is read from. */
export function parametersOf(output: BoundOutput | BoundOutputGroup): readonly string[] {
  if (output.kind === 'value') return [output.source.place.parameter];
  return output.fields.map(({ source }) => source.place.parameter);
}

/** True where an amount is read or written. */
export function hasAmount(field: Input | Output): boolean {
  if (isGroup<Input | Output>(field)) return field.fields.some(({ conversion }) => conversion === 'amount');
  return field.conversion === 'amount';
}
