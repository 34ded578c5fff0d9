/** What `gangway service` says of files: drafts, checks, what is published. */
import { writeFileSync } from 'node:fs';
import type { ServiceProblem } from '../agent/index.ts';
import { GatewayError } from '../errors/index.ts';
import type { PublishedService } from '../model/index.ts';
import { exitCodes } from './exit-codes.ts';
import { codeOf, readServiceText } from './service-desk.ts';
import type { OpenedDesk } from './service-desk.ts';
import type { Terminal } from './terminal.ts';

/** Prints a draft, or writes it into a new file; never over another one, for somebody may have worked on it. */
export function writeDraft(terminal: Terminal, draft: string, out: string | undefined): void {
  if (out === undefined) return terminal.print(draft.trimEnd());
  try {
    writeFileSync(out, draft, { flag: 'wx' });
  } catch (cause) {
    throw new GatewayError('FILE_NOT_CHANGED', { file: out, reason: codeOf(cause) }, cause);
  }
  terminal.say(
    `The draft is in ${out}. Remove what nobody needs, name its callers, then: gangway service check ${out}`,
  );
}

interface Checked {
  readonly file: string;
  readonly problems: readonly ServiceProblem[];
}

/** Every problem of every file; one that is wrong makes the command fail. */
export async function checkFiles(
  terminal: Terminal,
  { desk, deadline }: OpenedDesk,
  files: readonly string[],
  { offline = false, json = false }: { readonly offline?: boolean; readonly json?: boolean },
): Promise<void> {
  const results: Checked[] = [];
  for (const file of files) {
    const problems = await desk.checkServiceFile(readServiceText(file), deadline(), { offline });
    results.push({ file, problems });
    if (!json) printChecked(terminal, { file, problems });
  }
  const hasFailed = results.some(({ problems }) => problems.length > 0);
  if (json) terminal.print(JSON.stringify({ ok: !hasFailed, results }, null, 2));
  if (hasFailed) process.exitCode = exitCodes.failed;
}

function printChecked(terminal: Terminal, { file, problems }: Checked): void {
  terminal.print(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${file}`);
  for (const problem of problems) terminal.print(`       ${placeOf(problem)}${problem.message}`);
}

function placeOf({ line, path }: ServiceProblem): string {
  const place = [line === undefined ? '' : `line ${line}`, path].filter((part) => part !== '').join(', ');
  return place === '' ? '' : `${place}: `;
}

/** Publishes a file's text and says what callers see of it. */
export async function publish(
  terminal: Terminal,
  { desk, deadline }: OpenedDesk,
  text: string,
  replace: boolean,
): Promise<void> {
  const { file, service, isReplaced } = await desk.publishService(text, deadline(), { replace });
  terminal.print(`${isReplaced ? 'Replaced' : 'Published'} ${service.name} (${service.effect}) as ${file}.`);
  terminal.say(`It can be called at POST /v1/services/${service.name} within seconds, by ${callersOf(service)}.`);
  if (isReplaced)
    terminal.say('Writes of its former version that are still open end at a person; they are not mixed up.');
}

function callersOf({ callers }: PublishedService): string {
  if (callers.length === 0) return 'nobody: its file names no callers';
  return callers
    .map(({ org, users }) => (users === undefined ? `everybody in ${org}` : `${users.join(', ')} in ${org}`))
    .join('; ');
}

/** The published services as a table; what is wrong in the folder is said beside it. */
export function printServices(
  terminal: Terminal,
  {
    services,
    problems,
  }: { readonly services: readonly PublishedService[]; readonly problems: readonly ServiceProblem[] },
  json: boolean,
): void {
  if (json) terminal.print(JSON.stringify({ services, problems }, null, 2));
  const width = Math.max(0, ...services.map(({ name }) => name.length));
  for (const service of json ? [] : services) {
    terminal.print(
      `${service.name.padEnd(width)}  ${service.effect.padEnd(5)}  ${callersOf(service)}  ${service.summary}`,
    );
  }
  for (const problem of json ? [] : problems) terminal.say(`Not served: ${placeOf(problem)}${problem.message}`);
  if (problems.length > 0) process.exitCode = exitCodes.failed;
}
