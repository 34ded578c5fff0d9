/** Checks a service file against the function as SAP has it, and joins the two. */
import { hasAmount, parametersOf } from './bound-service.ts';
import type {
  BoundFixed,
  BoundInput,
  BoundInputGroup,
  BoundOutput,
  BoundOutputGroup,
  BoundService,
  Target,
} from './bound-service.ts';
import { fixedProblem, inputTypeProblem, outputTypeProblem } from './fit.ts';
import type { FormatProblem } from './format-problems.ts';
import { findMessages, messagesProblem, unreadableMessages } from './message-parameters.ts';
import { placeOf, placeText } from './place.ts';
import type { Place } from './place.ts';
import type { SapInterface, SapParameter } from './sap-interface.ts';
import { isGroup } from './service-file.ts';
import type { Input, InputValue, Output, OutputValue, ServiceFile } from './service-file.ts';

type Path = readonly PropertyKey[];
export type Bound =
  | { readonly service: BoundService; readonly problems: readonly [] }
  | { readonly service?: undefined; readonly problems: readonly FormatProblem[] };

/** Every problem at once; the service where there is none. */
export function bind(file: ServiceFile, iface: SapInterface, statefulSession: boolean): Bound {
  const binding = new Binding(file, iface);
  const service = binding.service();
  binding.checkFunction(statefulSession);
  return binding.problems.length > 0 ? { problems: binding.problems } : { service, problems: [] };
}

class Binding {
  readonly problems: FormatProblem[] = [];
  readonly #file: ServiceFile;
  readonly #iface: SapInterface;
  /** Parameters that something fills: certainly, or only when an optional input is given. */
  readonly #filled = new Map<string, 'certainly' | 'perhaps'>();

  constructor(file: ServiceFile, iface: SapInterface) {
    this.#file = file;
    this.#iface = iface;
  }

  service(): BoundService {
    const file = this.#file;
    const inputs = file.inputs.map((input, index) => this.#input(input, ['inputs', index]));
    const fixed = this.#fixed(file.fixed, ['fixed'], undefined, 0);
    const outputs = file.outputs.map((output, index) => this.#output(output, ['outputs', index]));
    const messages = this.#messages();
    const parameters = [...this.#iface.parameters.values()];
    const read = new Set([...outputs.flatMap(parametersOf), ...messages]);
    return {
      file,
      iface: this.#iface,
      inputs,
      fixed,
      outputs,
      messages,
      tables: parameters.filter(({ kind, name }) => kind === 'tables' && read.has(name)).map(({ name }) => name),
      required: Object.fromEntries(
        parameters.filter(isRequired).map(({ name, shape }) => [name, shape.kind === 'table' ? [] : {}]),
      ),
      hasAmounts: [...file.inputs, ...file.outputs].some(hasAmount),
    };
  }

  checkFunction(statefulSession: boolean): void {
    const { functionName, isRemote } = this.#iface;
    if (isRemote === false)
      this.#report(
        ['function'],
        `${functionName} is not remote-enabled; look at its attributes in SE37, or wrap it in a function that is`,
      );
    if (this.#file.commit === 'BAPI_TRANSACTION_COMMIT' && !statefulSession)
      this.#report(
        ['commit'],
        'over SOAP a change and its commit cannot be one session; use the driver node-rfc, or publish another function that commits itself',
      );
    for (const parameter of this.#iface.parameters.values()) this.#checkRequired(parameter);
  }

  #checkRequired({ name, kind, isOptional, shape }: SapParameter): void {
    if (isOptional || (kind !== 'importing' && kind !== 'changing')) return;
    if (shape.kind === 'unsupported')
      return this.#report(
        ['function'],
        `${this.#iface.functionName} requires ${name}, which is ${shape.reason} and cannot be passed; wrap it in a function without it`,
      );
    const filled = this.#filled.get(name);
    if (filled === undefined)
      return this.#report(
        ['inputs'],
        `${name} is required by SAP and nothing fills it; add an input for it, or put it into \`fixed\``,
      );
    if (filled === 'perhaps' && shape.kind === 'field')
      this.#report(['inputs'], `${name} is required by SAP, so its input needs \`required: true\` or a default`);
  }

  #input(input: Input, at: Path): BoundInput | BoundInputGroup {
    if (!isGroup(input)) return this.#inputValue(input, at, undefined, false);
    const isList = input.type === 'list';
    if (input.to !== undefined) this.#group(input.to, isList ? 'table' : 'structure', [...at, 'to'], 'into');
    const fields = input.fields.map((field, index) =>
      this.#inputValue(field, [...at, 'fields', index], input.to, isList),
    );
    const maxRows = input.type === 'list' ? input.maxRows : 0;
    const fixed = input.type === 'list' ? this.#fixed(input.fixed, [...at, 'fixed'], input.to, maxRows) : [];
    return { kind: 'group', spec: input, fields, fixed };
  }

  #inputValue(spec: InputValue, at: Path, owner: string | undefined, isList: boolean): BoundInput {
    const isCertain = spec.required || spec.default !== undefined;
    const targets = spec.to.flatMap((to) => this.#target(placeOf(to, owner), [...at, 'to'], 'into', isList));
    const marks = (spec.mark ?? []).flatMap((to) => this.#target(placeOf(to, owner), [...at, 'mark'], 'into', isList));
    for (const { place, field } of targets) {
      this.#fill(place.parameter, isCertain ? 'certainly' : 'perhaps');
      for (const { part, message } of inputTypeProblem(spec, field))
        this.#report([...at, part], `${placeText(place)} ${message}`);
    }
    for (const { place, field } of marks)
      if (field.abap !== 'C') this.#report([...at, 'mark'], `${placeText(place)} cannot hold an X`);
    return { kind: 'value', spec, targets, marks };
  }

  #fixed(values: Readonly<Record<string, string>>, at: Path, owner: string | undefined, maxRows: number): BoundFixed[] {
    return Object.entries(values).flatMap(([place, value]) => {
      const targets = this.#target(placeOf(place, owner), [...at, place], 'into', maxRows > 0);
      return targets.map((target) => {
        // A fence is there only where the agent has a lease.
        this.#fill(target.place.parameter, value === '$fence' ? 'perhaps' : 'certainly');
        const problem = fixedProblem(value, target.field, maxRows);
        if (problem !== undefined) this.#report([...at, place], problem);
        return { target, value };
      });
    });
  }

  #output(output: Output, at: Path): BoundOutput | BoundOutputGroup {
    if (!isGroup(output)) {
      const [bound] = this.#outputValue(output, at, undefined, false);
      return (
        bound ?? { kind: 'group', spec: { ...output, type: 'structure', fields: [], from: undefined }, fields: [] }
      );
    }
    const isList = output.type === 'list';
    if (output.from === undefined && isList) this.#report([...at, 'from'], 'is missing: name the table');
    if (output.from !== undefined) this.#group(output.from, isList ? 'table' : 'structure', [...at, 'from'], 'out of');
    const fields = output.fields.flatMap((field, index) =>
      this.#outputValue(field, [...at, 'fields', index], output.from, isList),
    );
    return { kind: 'group', spec: output, fields };
  }

  #outputValue(spec: OutputValue, at: Path, owner: string | undefined, isList: boolean): BoundOutput[] {
    return this.#target(placeOf(spec.from, owner), [...at, 'from'], 'out of', isList).map((source) => {
      for (const { part, message } of outputTypeProblem(spec, source.field))
        this.#report([...at, part], `${placeText(source.place)} ${message}`);
      return { kind: 'value', spec, source };
    });
  }

  #messages(): readonly string[] {
    const { messages } = this.#file;
    if (messages === undefined) {
      const unseen = unreadableMessages(this.#iface);
      if (unseen !== undefined && this.#file.effect === 'write')
        this.#report(
          ['function'],
          `SAP's messages come in ${unseen}, which cannot be read, so a refusal would pass for a success; wrap the function, or name another parameter in \`messages\``,
        );
      return findMessages(this.#iface);
    }
    for (const name of messages) {
      const problem = messagesProblem(this.#iface.parameters.get(name));
      if (problem !== undefined) this.#report(['messages'], `${name} ${problem}`);
    }
    return messages;
  }

  #group(name: string, wanted: 'table' | 'structure', at: Path, way: Way): void {
    const parameter = this.#parameter(name, at, way);
    if (parameter === undefined) return;
    if (parameter.shape.kind !== wanted && parameter.shape.kind !== 'unsupported')
      this.#report(at, `${name} is a ${parameter.shape.kind} in SAP, not a ${wanted}`);
  }

  #target(place: Place, at: Path, way: Way, isList: boolean): Target[] {
    const parameter = this.#parameter(place.parameter, at, way);
    if (parameter === undefined) return [];
    const wrong = (message: string): [] => {
      this.#report(at, message);
      return [];
    };
    const { shape } = parameter;
    if (shape.kind === 'unsupported')
      return wrong(`${place.parameter} is ${shape.reason} and cannot be passed; remove it`);
    if (shape.kind === 'field')
      return place.field === undefined && place.row === undefined && !isList
        ? [{ place, field: shape.field }]
        : wrong(`${place.parameter} is a single value in SAP; write its name alone`);
    if (place.field === undefined)
      return wrong(`${place.parameter} is a ${shape.kind} in SAP; name one of its fields, ${place.parameter}.FIELD`);
    const isRow = place.row !== undefined || isList;
    if (shape.kind === 'table' && !isRow)
      return wrong(
        `${place.parameter} is a table in SAP; use a list, or name a row, ${place.parameter}[1].${place.field}`,
      );
    if (shape.kind === 'structure' && isRow) return wrong(`${place.parameter} is a structure in SAP and has no rows`);
    const field = shape.type.fields.get(place.field);
    if (field !== undefined) return [{ place, field }];
    const reason = shape.type.leftOut.get(place.field);
    if (reason !== undefined) return wrong(`${placeText(place)} is ${reason} and cannot be passed; remove it`);
    return wrong(`${place.parameter} (${shape.type.name}) has no field ${place.field}; look at the structure in SE11`);
  }

  #parameter(name: string, at: Path, way: Way): SapParameter | undefined {
    const parameter = this.#iface.parameters.get(name);
    if (parameter === undefined) {
      this.#report(at, `${this.#iface.functionName} has no parameter ${name}; look at it in SE37`);
      return undefined;
    }
    if (parameter.kind === (way === 'into' ? 'exporting' : 'importing')) {
      const advice = way === 'into' ? 'SAP fills it; it can be an output' : 'SAP only reads it; it can be an input';
      this.#report(at, `${name} is an ${parameter.kind} parameter: ${advice}`);
      return undefined;
    }
    return parameter;
  }

  #fill(parameter: string, how: 'certainly' | 'perhaps'): void {
    if (this.#filled.get(parameter) !== 'certainly') this.#filled.set(parameter, how);
  }

  #report(path: Path, message: string): void {
    this.problems.push({ path, message });
  }
}

type Way = 'into' | 'out of';

/** Structures and tables only: a single value has an input, a default or a fixed value. */
function isRequired({ kind, isOptional, shape }: SapParameter): boolean {
  const isGroup = shape.kind === 'structure' || shape.kind === 'table';
  return !isOptional && isGroup && (kind === 'importing' || kind === 'changing');
}
