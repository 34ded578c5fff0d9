/** Settings about SAP that are allowed and rarely meant: budgets that contradict each other, features that cannot work. */
import { problemAt } from './problems.ts';
import type { ConfigProblem } from './problems.ts';
import type { AgentConfig } from './schema.ts';

/** What only the ABAP pack can do. */
const packOnly: ReadonlySet<string> = new Set([
  'customer-writes',
  'contact-writes',
  'credit-writes',
  'order-writes',
  'changes',
]);
/** Of calls from relays that are worked on at once, so many for each that may be in SAP: the others only wait there. */
const farAbove = 4;

type Sap = AgentConfig['sap'];
type Figures = Pick<Sap['governor'], 'workProcesses' | 'bulkWorkProcesses'>;

/** `isSet`: whether somebody has given the setting; a default contradicts nobody. */
export function loadWarnings(
  { agent, sap }: { readonly agent?: AgentConfig['agent'] | undefined; readonly sap?: Sap | undefined },
  isSet: (setting: string) => boolean,
): readonly ConfigProblem[] {
  if (sap === undefined) return [];
  const { workProcesses, bulkWorkProcesses, calendar } = sap.governor;
  const own = figureWarnings('sap.governor', { workProcesses, bulkWorkProcesses }, sap.maxConnections);
  return [
    ...own.filter(({ setting }) => isSet(setting)),
    ...calendar.flatMap((rule, index) => figureWarnings(`sap.governor.calendar[${index}]`, rule, sap.maxConnections)),
    ...namedTwice(calendar.map(({ name }) => name)),
    ...(agent === undefined ? [] : concurrencyWarnings(agent, sap)),
    ...packWarnings(sap),
  ];
}

function figureWarnings(
  section: string,
  { workProcesses, bulkWorkProcesses }: Figures,
  maxConnections: number,
): readonly ConfigProblem[] {
  const never = (most: number, setting: string): string => `more than ${most} (${setting}) are never used`;
  return [
    ...(workProcesses > maxConnections
      ? [problemAt(`${section}.workProcesses`, `is ${workProcesses}; ${never(maxConnections, 'sap.maxConnections')}`)]
      : []),
    ...(bulkWorkProcesses > workProcesses
      ? [problemAt(`${section}.bulkWorkProcesses`, `is ${bulkWorkProcesses}; ${never(workProcesses, 'workProcesses')}`)]
      : []),
  ];
}

function namedTwice(names: readonly string[]): readonly ConfigProblem[] {
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...repeated].map((name) =>
    problemAt('sap.governor.calendar', `has two rules named ${name}: the daily page cannot tell them apart`),
  );
}

function concurrencyWarnings({ concurrency }: AgentConfig['agent'], { governor }: Sap): readonly ConfigProblem[] {
  const { workProcesses, calendar } = governor;
  const most = Math.max(workProcesses, ...calendar.map((rule) => rule.workProcesses));
  if (concurrency.calls <= most * farAbove) return [];
  const words = `is ${concurrency.calls}, but at most ${most} calls are in SAP at once (sap.governor): the others only wait for a place`;
  return [problemAt('agent.concurrency.calls', words)];
}

function packWarnings({ abapPack, features }: Sap): readonly ConfigProblem[] {
  const lost = features.filter((feature) => packOnly.has(feature));
  if (abapPack !== 'absent' || lost.length === 0) return [];
  return [problemAt('sap.features', `names ${lost.join(', ')}, which cannot work while sap.abapPack is absent`)];
}
