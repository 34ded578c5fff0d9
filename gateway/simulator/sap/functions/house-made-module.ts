/** Runs a function module of the data file: fixed answers, echo, rows that wait for a commit. */
import type { HouseMadeFunction } from '../metadata/house-made.ts';
import { readValue } from '../tables/read-value.ts';
import { pause } from '../system/clock.ts';
import type { OutputRow } from '../wire/encode.ts';
import { abapException, messageFault, shortDump } from '../wire/soap-fault.ts';
import type { Parameter } from '../metadata/repository.ts';
import type { FunctionCall, FunctionModule } from './function-call.ts';

type Answer = HouseMadeFunction['answers'][number];
type Given = NonNullable<Answer['give']>[string];

/** `E_X` takes back `I_X`; of a name without such a beginning, an input of the same name. */
function sourceOf(call: FunctionCall, output: Parameter): Parameter | undefined {
  const twin = output.name.replace(/^E(?=[ST]?_)/, 'I');
  return call.interface.inputs.get(twin) ?? call.interface.inputs.get(output.name);
}

function echo(call: FunctionCall): void {
  for (const output of call.interface.outputs.filter((it) => it.kind === 'exporting')) {
    const source = sourceOf(call, output);
    if (source === undefined || source.isTable !== output.isTable) continue;
    if (source.isTable) call.setTable(output.name, call.tableInput(source.name));
    else if (source.structure !== undefined) call.setStructure(output.name, call.structure(source.name));
    else call.set(output.name, call.value(source.name));
  }
}

/** In the form the parameter keeps; numbers and dates may stand in the data file as they stand in its tables. */
function readRow(call: FunctionCall, output: Parameter, row: Readonly<Record<string, string | number>>): OutputRow {
  const today = call.system.time.today();
  const entries = Object.entries(row).map(([name, value]): [string, string] => {
    const field = output.structure?.byName.get(name);
    if (field === undefined) throw new Error(`${output.name} has no field ${name}`);
    return [name, readValue(field, value, today)];
  });
  return Object.fromEntries(entries);
}

function give(call: FunctionCall, name: string, value: Given): void {
  const output = call.interface.outputs.find((it) => it.name === name);
  if (output === undefined) throw new Error(`${call.interface.name} gives no ${name}`);
  if (Array.isArray(value))
    return call.setTable(
      name,
      value.map((row) => readRow(call, output, row)),
    );
  if (typeof value === 'object') return call.setStructure(name, readRow(call, output, value));
  if (output.field === undefined) throw new Error(`${name} is no single value`);
  call.set(name, readValue(output.field, value, call.system.time.today()) || output.field.initial);
}

async function answerWith(call: FunctionCall, answer: Answer): Promise<void> {
  if (answer.delayMs !== undefined) await pause(call.system.clock, answer.delayMs);
  if (answer.message !== undefined) throw messageFault(answer.message, answer.exception);
  if (answer.exception !== undefined) throw abapException(answer.exception);
  if (answer.dump !== undefined) throw shortDump(answer.dump, call.interface.name);
  for (const [name, value] of Object.entries(answer.give ?? {})) give(call, name, value);
}

function registerInserts(call: FunctionCall, inserts: HouseMadeFunction['inserts']): void {
  for (const { table, row } of inserts) {
    const values = Object.entries(row).map(([field, value]): [string, string] => [
      field,
      typeof value === 'string' ? value : call.value(value.from),
    ]);
    call.change({
      kind: 'insert',
      table,
      row: Object.fromEntries(values.filter(([, value]) => value !== '')),
    });
  }
}

function fits(call: FunctionCall, answer: Answer): boolean {
  return Object.entries(answer.when ?? {}).every(([name, value]) => call.value(name) === value);
}

/** The function module that a definition describes. */
export function houseMadeModule(definition: HouseMadeFunction): FunctionModule {
  return async (call) => {
    if (definition.isEcho) echo(call);
    const answer = definition.answers.find((it) => fits(call, it));
    if (answer !== undefined) await answerWith(call, answer);
    registerInserts(call, definition.inserts);
    if (definition.commits) await call.commit();
  };
}
