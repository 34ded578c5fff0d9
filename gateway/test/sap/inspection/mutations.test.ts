/** Interfaces changed in many random ways: what matters is found and named, what does not matter is not. */
import { expect, test } from '@jest/globals';
import { AllowList } from '../../../src/sap/authorizations/allow-list.ts';
import { functionCatalogue } from '../../../src/sap/functions/catalogue.ts';
import { isOpen } from '../../../src/sap/functions/signature.ts';
import type { CatalogueFunction, StructureDefinition } from '../../../src/sap/functions/signature.ts';
import { Findings } from '../../../src/sap/inspection/findings.ts';
import { Inspector } from '../../../src/sap/inspection/inspector.ts';
import { sapSystemId } from '../../../src/model/index.ts';
import { Deadline, systemClock } from '../../../src/timing/index.ts';
import { seeded } from '../fakes/seeded.ts';
import type { Seeded } from '../fakes/seeded.ts';
import { connectionTo, fieldOf, repositoryOf } from './repository-of.ts';
import type { Field, MadeRepository, Parameter } from './repository-of.ts';

/** Something done to the repository; `names` is what a difference must speak of, empty for what is harmless. */
type Mutation = (chance: Seeded, definition: CatalogueFunction, made: MadeRepository) => string | undefined;

const functions = [...functionCatalogue.values()].filter(({ name }) => name !== 'RFC_GET_FUNCTION_INTERFACE');

async function findingOf(definition: CatalogueFunction, made: MadeRepository) {
  const connection = connectionTo(definition.name, made);
  const findings = new Findings(sapSystemId.parse('ERPCLNT100'));
  const allowList = new AllowList({ published: () => new Set() });
  const inspector = new Inspector({ connection, clock: systemClock, allowList, findings });
  const only = new Set([definition.name]);
  for await (const finding of inspector.inspect(Deadline.in(systemClock, 60_000), { only })) return finding;
  throw new Error('nothing was inspected');
}

const expectedStructure = ({ importing, exporting, tables }: CatalogueFunction, name: string): StructureDefinition => {
  const type = { ...importing, ...exporting, ...tables }[name];
  if (type === undefined || typeof type === 'string') throw new Error(`${name} is no structure`);
  return type;
};

interface Used {
  readonly path: string;
  readonly field: Field;
  readonly remove: () => void;
  readonly isOptional: boolean;
}

/** Every elementary value that the code uses: parameters, and fields of structures. */
function usedValues(definition: CatalogueFunction, made: MadeRepository): Used[] {
  return made.parameters.flatMap((parameter): Used[] => {
    const { name, type } = parameter;
    if (!('structure' in type)) {
      const isOptional = definition.optional?.includes(name) === true;
      const remove = (): void => void made.parameters.splice(made.parameters.indexOf(parameter), 1);
      return [{ path: name, field: Object.assign(type, { name }), remove, isOptional }];
    }
    const fields = made.structures.get(type.structure) ?? [];
    const { optional = [] } = expectedStructure(definition, name);
    return fields.map((field) => ({
      path: `${name}.${field.name}`,
      field,
      remove: () => void fields.splice(fields.indexOf(field), 1),
      isOptional: optional.includes(field.name),
    }));
  });
}

function pickUsed(
  chance: Seeded,
  definition: CatalogueFunction,
  made: MadeRepository,
  fits: (used: Used) => boolean,
): Used | undefined {
  const candidates = usedValues(definition, made).filter(fits);
  return candidates.length === 0 ? undefined : chance.pick(candidates);
}

const pickParameter = (chance: Seeded, made: MadeRepository): Parameter | undefined =>
  made.parameters.length === 0 ? undefined : chance.pick(made.parameters);

const relevant: Readonly<Record<string, Mutation>> = {
  'a field is missing': (chance, definition, made) => {
    const used = pickUsed(chance, definition, made, ({ isOptional }) => !isOptional);
    used?.remove();
    return used?.path;
  },
  'a value is shorter': (chance, definition, made) => {
    const used = pickUsed(chance, definition, made, ({ field }) => 'CNX'.includes(field.letter) && field.length > 1);
    if (used !== undefined) used.field.length -= 1 + chance.below(used.field.length - 1);
    return used?.path;
  },
  'a packed number has fewer digits': (chance, definition, made) => {
    const used = pickUsed(chance, definition, made, ({ field }) => field.letter === 'P' && field.length > 2);
    if (used !== undefined) used.field.length -= 2;
    return used?.path;
  },
  'a packed number has other decimals': (chance, definition, made) => {
    const used = pickUsed(chance, definition, made, ({ field }) => field.letter === 'P');
    if (used !== undefined) used.field.decimals += chance.pick([1, 2]);
    return used?.path;
  },
  'a value has another type': (chance, definition, made) => {
    const used = pickUsed(chance, definition, made, () => true);
    if (used === undefined) return undefined;
    const others = ['C', 'N', 'P', 'D', 'T', 'F', 'X'].filter((letter) => letter !== used.field.letter);
    used.field.letter = chance.pick(others);
    used.field.length = 40;
    return used.path;
  },
  'an integer is smaller': (chance, definition, made) => {
    const used = pickUsed(chance, definition, made, ({ field }) => field.letter === 'I');
    if (used !== undefined) used.field.letter = chance.pick(['b', 's']);
    return used?.path;
  },
  'a parameter is missing': (chance, definition, made) => {
    const parameter = pickParameter(chance, made);
    if (parameter === undefined || definition.optional?.includes(parameter.name) === true) return undefined;
    made.parameters.splice(made.parameters.indexOf(parameter), 1);
    return parameter.name;
  },
  'a parameter has another direction': (chance, _definition, made) => {
    const parameter = pickParameter(chance, made);
    if (parameter === undefined) return undefined;
    const others = (['I', 'E', 'T'] as const).filter((it) => it !== parameter.paramClass);
    parameter.paramClass = chance.pick(others);
    return parameter.name;
  },
  'a structure has become a single value': (chance, _definition, made) => {
    const parameter = made.parameters.find(({ type, paramClass }) => 'structure' in type && paramClass !== 'T');
    if (parameter !== undefined) parameter.type = { letter: 'C', length: 10 + chance.below(10), decimals: 0 };
    return parameter?.name;
  },
  'a new parameter must be filled': (chance, _definition, made) => {
    const type = fieldOf('I_NEW', 'C10');
    made.parameters.push({ name: 'I_NEW', paramClass: chance.pick(['I', 'C']), isOptional: false, type });
    return 'I_NEW';
  },
  'it may not be called from outside': (_chance, _definition, made) => {
    made.remoteCall = '';
    return 'remote-enabled';
  },
};

const harmless: Readonly<Record<string, Mutation>> = {
  'SAP is as expected': () => '',
  'values are longer': (_chance, definition, made) => {
    for (const { field } of usedValues(definition, made)) if ('CNXP'.includes(field.letter)) field.length += 2;
    return '';
  },
  'texts have no limit': (chance, definition, made) => {
    const used = pickUsed(chance, definition, made, ({ field }) => field.letter === 'C');
    if (used !== undefined) used.field.letter = 'g';
    return '';
  },
  'structures have further fields': (_chance, _definition, made) => {
    for (const fields of made.structures.values()) fields.unshift(fieldOf('ZZNEW', 'C3'));
    return '';
  },
  'there are optional and exporting parameters more': (_chance, _definition, made) => {
    made.parameters.push({ name: 'I_ZZMORE', paramClass: 'I', isOptional: true, type: fieldOf('I_ZZMORE', 'D') });
    made.parameters.push({ name: 'E_ZZMORE', paramClass: 'E', isOptional: false, type: fieldOf('E_ZZMORE', 'D') });
    made.parameters.push({ name: 'T_ZZMORE', paramClass: 'T', isOptional: true, type: { structure: 'SAP_UNKNOWN' } });
    return '';
  },
  'what the code can do without is missing': (_chance, definition, made) => {
    for (const used of usedValues(definition, made)) if (used.isOptional) used.remove();
    return '';
  },
  'a parameter is changing now': (_chance, _definition, made) => {
    for (const parameter of made.parameters)
      if (parameter.paramClass !== 'T') Object.assign(parameter, { paramClass: 'C', isOptional: true });
    return '';
  },
  'the release does not say what is remote-enabled': (_chance, _definition, made) => {
    made.remoteCall = undefined;
    return '';
  },
};

const casesEach = 120;

test.each(Object.entries(relevant))('finds that %s, and says where', async (title, mutate) => {
  const chance = seeded(title.length * 7919);
  let found = 0;
  for (let round = 0; round < casesEach; round += 1) {
    const definition = chance.pick(functions);
    const made = repositoryOf(definition);
    const names = mutate(chance, definition, made);
    // Not every function has such a value.
    if (names === undefined) continue;
    found += 1;
    const finding = await findingOf(definition, made);
    const told = { functionName: definition.name, state: finding.state, code: finding.code };
    expect(told).toEqual({ functionName: definition.name, state: 'differs', code: 'SAP_INTERFACE_CHANGED' });
    expect(finding.differences.some((sentence) => sentence.includes(names))).toBe(true);
    expect(finding.differences.every((sentence) => /^[A-Z].*\.$/.test(sentence))).toBe(true);
  }
  expect(found).toBeGreaterThan(10);
});

test.each(Object.entries(harmless))('finds nothing to say when %s', async (title, mutate) => {
  const chance = seeded(title.length * 104_729);
  for (const definition of functions) {
    const made = repositoryOf(definition);
    mutate(chance, definition, made);
    expect(await findingOf(definition, made)).toMatchObject({ state: 'as-expected', differences: [] });
  }
});

test('takes fields that are read from the dictionary as they come', async () => {
  const open = functions.filter(({ exporting, tables }) =>
    Object.values({ ...exporting, ...tables }).some((type) => typeof type !== 'string' && isOpen(type)),
  );
  expect(open.length).toBeGreaterThan(3);
  for (const definition of open) {
    const made = repositoryOf(definition);
    // None of them is there at all.
    expect(await findingOf(definition, made)).toMatchObject({ state: 'as-expected' });
  }
});
