/** The door every IDoc of a document passes: checked, counted, each number once; what is refused holds only itself. */
import { GatewayError, toGatewayError } from '../../errors/index.ts';
import type { IdocControl } from './control-record.ts';
import { checkControl } from './expectations.ts';
import type { IdocExpectations } from './expectations.ts';
import type { Idoc, IdocResult } from './idoc.ts';
import { IdocDraft, tooLarge } from './idoc-draft.ts';
import type { IdocLimits } from './limits.ts';
import { NumbersSeen } from './numbers-seen.ts';

export class Admission {
  readonly limits: IdocLimits;
  readonly #expected: IdocExpectations;
  /** Numbers by sender. */
  readonly #seen = new Map<string, NumbersSeen>();
  #results: IdocResult[] = [];
  #position = 0;

  constructor(expected: IdocExpectations, limits: IdocLimits) {
    this.limits = limits;
    this.#expected = expected;
  }

  /** How many IDocs have begun. */
  get count(): number {
    return this.#position;
  }

  /** Another IDoc begins; more than the limit ends the document. */
  begin(): IdocDraft {
    this.#position += 1;
    if (this.#position > this.limits.idocs) throw tooLarge('IDocs', this.limits.idocs);
    return new IdocDraft(this.limits);
  }

  /** The IDoc that began last is whole; `rootName` is the element around it, where there is one. */
  finish(draft: IdocDraft, rootName?: string): void {
    try {
      const idoc = draft.finish();
      this.#check(idoc, rootName);
      this.#results.push({ idoc });
    } catch (error) {
      this.refuse(error, draft.control);
    }
  }

  /** The IDoc that began last cannot be taken. */
  refuse(error: unknown, control: Readonly<Partial<IdocControl>> = {}): void {
    const { code, context } = toGatewayError(error);
    const position = this.#position;
    const idoc = control.DOCNUM === '' ? undefined : control.DOCNUM;
    const named = new GatewayError(code, { ...context, idoc, position }, error);
    this.#results.push({ refused: { error: named, position, control } });
  }

  /** What is ready to be handed on, once. */
  take(): readonly IdocResult[] {
    const results = this.#results;
    this.#results = [];
    return results;
  }

  #check({ control }: Idoc, rootName: string | undefined): void {
    checkControl(control, this.#expected);
    if (rootName !== undefined && rootName !== control.IDOCTYP && rootName !== control.CIMTYP) {
      throw new GatewayError('IDOC_MALFORMED', {
        reason: `the document is ${rootName}, its control record says ${control.IDOCTYP}`,
      });
    }
    if (!this.#isFirst(control)) throw new GatewayError('IDOC_NUMBER_TWICE');
  }

  /** A number counts within its sender; other systems count for themselves. */
  #isFirst({ DOCNUM, SNDPRT, SNDPRN }: IdocControl): boolean {
    const sender = `${SNDPRT}|${SNDPRN}`;
    let seen = this.#seen.get(sender);
    if (seen === undefined) this.#seen.set(sender, (seen = new NumbersSeen()));
    return seen.isFirst(DOCNUM);
  }
}
