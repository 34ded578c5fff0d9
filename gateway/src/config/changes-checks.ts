/** Checks of the settings by which changes of SAP come, and of where they go. */
import { statSync } from 'node:fs';
import { changesFileOf } from './changes-file.ts';
import { problemAt } from './problems.ts';
import type { ConfigProblem } from './problems.ts';
import type { AgentConfig } from './schema.ts';

interface Configured {
  readonly agent?: AgentConfig['agent'] | undefined;
  readonly sap?: AgentConfig['sap'] | undefined;
}
type Listen = NonNullable<NonNullable<AgentConfig['sap']['idocs']>['listen']>;

const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d+){3}|::1|\[::1\])$/i.test(host);

/** What cannot work, or must not. */
export function changesProblems({ agent, sap }: Configured): readonly ConfigProblem[] {
  if (sap === undefined) return [];
  return [...listenProblems(sap.idocs?.listen), ...packProblems(sap), ...fileProblems(agent)];
}

/** What is rarely meant. */
export function changesWarnings({ agent, sap }: Configured): readonly ConfigProblem[] {
  if (agent === undefined || sap === undefined) return [];
  const { idocs, changesSince, system } = sap;
  const isAnything = idocs?.listen !== undefined || idocs?.folder !== undefined || changesSince !== undefined;
  const isWanted = agent.orgs.some(
    ({ salesforce, systems }) => salesforce?.changes.deliver === true && systems.includes(system),
  );
  const unwanted = 'wants changes of SAP (salesforce.changes.deliver), so what arrives is kept and goes nowhere';
  return [
    ...(isAnything && !isWanted ? [problemAt('agent.orgs', `no org ${unwanted}`)] : []),
    ...(idocs?.listen === undefined ? [] : plainWarnings(idocs.listen)),
    ...(idocs?.folder === undefined ? [] : folderWarnings(idocs.folder.path)),
  ];
}

/** Whoever reaches the port could write into the org what SAP is believed to say. */
function listenProblems(listen: Listen | undefined): readonly ConfigProblem[] {
  if (listen === undefined) return [];
  const { host, user, passwordFile } = listen;
  const setting = 'sap.idocs.listen';
  const why = isLoopback(host)
    ? 'with the other one of user and passwordFile'
    : 'where others than this machine reach it';
  const isNeeded = !isLoopback(host) || user !== undefined || passwordFile !== undefined;
  if (!isNeeded) return [];
  return [
    ...(user === undefined ? [problemAt(`${setting}.user`, `is required ${why}`)] : []),
    ...(passwordFile === undefined ? [problemAt(`${setting}.passwordFile`, `is required ${why}`)] : []),
    ...(user?.includes(':') === true ? [problemAt(`${setting}.user`, 'must not have a colon')] : []),
  ];
}

function packProblems({ changesSince, abapPack, features }: AgentConfig['sap']): readonly ConfigProblem[] {
  if (changesSince === undefined) return [];
  return [
    ...(abapPack === 'absent'
      ? [problemAt('sap.changesSince', 'needs the ABAP pack, and sap.abapPack is absent')]
      : []),
    ...(features.includes('changes') ? [] : [problemAt('sap.features', 'lacks changes, which sap.changesSince needs')]),
  ];
}

/** Two programs of one file would take each other's for damaged. */
function fileProblems(agent: Configured['agent']): readonly ConfigProblem[] {
  if (agent === undefined || changesFileOf(agent) !== agent.journalFile) return [];
  return [problemAt('agent.changesFile', 'is the journal too: they must be two files')];
}

function plainWarnings({ host, tls }: Listen): readonly ConfigProblem[] {
  if (tls !== undefined || isLoopback(host)) return [];
  return [problemAt('sap.idocs.listen.tls', 'is absent: IDocs and the password cross the network in the clear')];
}

/** No reason not to start: a share may come later, and the agent waits for it. */
function folderWarnings(path: string): readonly ConfigProblem[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return [];
  const problem = found === undefined ? 'names a folder that does not exist' : 'names something that is no folder';
  return [problemAt('sap.idocs.folder.path', `${problem}: ${path}`)];
}
