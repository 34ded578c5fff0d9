/** What the command line does with service files: draft, check, publish, try. */
import type { PublishedService } from '../../model/index.ts';
import type { ServiceAnswer } from '../../ports/index.ts';
import type { Deadline } from '../../timing/index.ts';
import type { ServiceProblem } from './problems.ts';

/** A file that now serves. */
export interface PublishedFile {
  /** Path of the file in the folder of published services. */
  readonly file: string;
  readonly service: PublishedService;
  /** True when a file of the same service was there and has been replaced. */
  readonly isReplaced: boolean;
}

export interface ServiceWorkbench {
  /** The text of a service file for a function, from its real interface; SAP_FUNCTION_MISSING when there is none. */
  draftService(functionName: string, deadline: Deadline): Promise<string>;
  /** Every problem of a file's text; none when it may be published. Without SAP's part when `offline`. */
  checkServiceFile(
    text: string,
    deadline: Deadline,
    options?: { readonly offline?: boolean },
  ): Promise<readonly ServiceProblem[]>;
  /**
   * Checks the text and puts it into the folder of published services (`sap.servicesFolder`); throws SERVICE_FILE_INVALID
   * with every problem, also when another file has the service's name already and `replace` is not set.
   */
  publishService(text: string, deadline: Deadline, options?: { readonly replace?: boolean }): Promise<PublishedFile>;
  /**
   * Runs a file's text once: checks it, then the inputs, then calls SAP. A write really writes, under a key of its own; ask
   * the person first (`describeServiceFile(text).effect`).
   */
  testService(text: string, inputs: unknown, deadline: Deadline): Promise<ServiceAnswer>;
  /** The text of a published file by its service's name; undefined when none is published. */
  publishedText(name: string): string | undefined;
  /** What is published now, by name; files with problems are in `problems`. */
  list(): { readonly services: readonly PublishedService[]; readonly problems: readonly ServiceProblem[] };
  /** Takes a published file out of the folder; gives its path, undefined when none is published under the name. */
  withdrawService(name: string): string | undefined;
  /** What callers would see of a file; throws SERVICE_FILE_INVALID. Needs no SAP. */
  describeServiceFile(text: string): PublishedService;
  close(): Promise<void>;
}
