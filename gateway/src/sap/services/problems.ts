/** What is wrong with a service file: each problem with its place and what to do, all of them at once. */
import { GatewayError } from '../../errors/index.ts';

export interface ServiceProblem {
  /** Where in the file, e.g. `inputs[2].to`; empty for the whole file. */
  readonly path: string;
  /** Line of the file, from 1, where there is one. */
  readonly line?: number | undefined;
  /** What is wrong, and what to do. */
  readonly message: string;
}

/** More than anybody reads at once; a file with so many is better drafted again. */
const shownProblems = 40;

/** As people read it: `line 12, inputs[2].to: ...`. */
export function problemText({ line, path, message }: ServiceProblem): string {
  const place = [line === undefined ? '' : `line ${line}`, path].filter((part) => part !== '').join(', ');
  return place === '' ? message : `${place}: ${message}`;
}

/** SERVICE_FILE_INVALID with every problem named. */
export function invalidFile(problems: readonly ServiceProblem[], file?: string): GatewayError {
  const shown = problems.slice(0, shownProblems).map(problemText);
  const rest = problems.length - shown.length;
  const all = rest > 0 ? [...shown, `and ${rest} more`] : shown;
  const issues = problems.map(({ path, message, line }) => ({
    path,
    message: line === undefined ? message : `line ${line}: ${message}`,
  }));
  return new GatewayError('SERVICE_FILE_INVALID', { file, problems: all.join('; ') }, undefined, { issues });
}
