/** The ABAP pack compiles for its lowest release, follows its rules, and its unit tests pass. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWorkplace, packFolder, patience, sqlFolder } from './workplace.ts';
import type { Workplace } from './workplace.ts';

/** Test methods as the sources declare them. */
function declaredTests(): string[] {
  const files = [join(packFolder, 'src'), sqlFolder].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.testclasses.abap'))
      .map((name) => join(folder, name)),
  );
  return files.flatMap((file) => {
    const source = readFileSync(file, 'utf8');
    return [...source.matchAll(/METHODS (\w+) FOR TESTING/g)].map(([, name = '']) => name);
  });
}

interface Fault {
  readonly fault: string;
  readonly file: string;
  readonly piece: string;
  readonly other: string;
  readonly noticedBy: string;
}

/** Each in a file of its own, so that all of them are transpiled at once and tried one by one. */
const faults: readonly Fault[] = [
  {
    fault: 'a key that is not part of the unit of work',
    file: 'zcl_gangway_creation.clas.abap',
    piece: 'key_claim->register( request = request customer = customer ).',
    other: '',
    noticedBy: 'key_is_in_the_unit_of_work',
  },
  {
    fault: 'a repeated document at the seam of two pages',
    file: 'zcl_gangway_invoices.clas.abap',
    piece: '>= after OR',
    other: '> after OR',
    noticedBy: 'pages_lose_nothing',
  },
  {
    fault: 'an old lease that is looked at only once',
    file: 'zcl_gangway_fence.clas.abap',
    piece: 'refuse_older( row = row highest = held-fence ).',
    other: '',
    noticedBy: 'older_lease_ends_the_update',
  },
  {
    fault: 'a look-up that answers before its lease is in force',
    file: 'zcl_gangway_key_status.clas.abap',
    piece: 'luw->commit( ).',
    other: '',
    noticedBy: 'newer_lease_comes_first',
  },
  {
    fault: 'a key that does not lead to its contact person',
    file: 'zcl_gangway_contact.clas.abap',
    piece: 'result-contact = first-parnr.',
    other: '',
    noticedBy: 'repeated_key_gives_the_person',
  },
  {
    fault: 'an order whose key leads to no document',
    file: 'zcl_gangway_key_claim.clas.abap',
    piece: 'row-vbeln = document.',
    other: '',
    noticedBy: 'key_is_in_the_unit_of_work',
  },
  {
    fault: 'an order that is committed although SAP said no',
    file: 'zcl_gangway_order.clas.abap',
    piece: 'OR zcl_gangway_messages=>has_error( result-messages ) = abap_true.',
    other: '.',
    noticedBy: 'error_of_sap_writes_nothing',
  },
  {
    fault: 'a walk that begins where the one before ended',
    file: 'zcl_gangway_change_position.clas.abap',
    piece: 'VALUE 900.',
    other: 'VALUE 0.',
    noticedBy: 'next_walk_overlaps',
  },
  {
    fault: 'a walk whose moment is that of its last page',
    file: 'zcl_gangway_changes.clas.abap',
    piece: 'position-base = position-began.',
    other: 'position-base = parts-clock->utc( ).',
    noticedBy: 'moment_stays_while_it_walks',
  },
  {
    fault: 'clearings that were dated back by a day or two',
    file: 'zcl_gangway_change_pages.clas.abap',
    piece: 'first-day - clearing_days',
    other: 'first-day',
    noticedBy: 'pages_lose_and_repeat_nothing',
  },
  {
    fault: 'a field of an order that SAP is not told to look at',
    file: 'zcl_gangway_order_marks.clas.abap',
    piece: 'result-purch_no_c = mark( header-purch_no_c ).',
    other: '',
    noticedBy: 'given_header_field_is_marked',
  },
  {
    fault: 'a payer of a new customer that nobody knows',
    file: 'zcl_gangway_area_checks.clas.abap',
    piece: 'customers->general( partner-kunn2 ).',
    other: 'CLEAR refused.',
    noticedBy: 'unknown_customer_is_refused',
  },
  {
    fault: 'an extraction that ends where a selection leaves nothing of a page',
    file: 'zcl_gangway_extract.clas.abap',
    piece: 'IF page-more = abap_false.',
    other: 'IF page-customers IS INITIAL.',
    noticedBy: 'objects_with_rows_below',
  },
  {
    fault: 'a tab in a value that is taken for a border',
    file: 'zcl_gangway_extract_lines.clas.abap',
    piece: 'IN result WITH `\\t`.',
    other: 'IN result WITH ` `.',
    noticedBy: 'values_hide_no_border',
  },
];

describe('the ABAP pack', () => {
  test(
    'has no finding of the strict lint for release 7.02',
    async () => {
      using workplace = createWorkplace();
      const ended = await workplace.lint();
      expect(ended.output).toContain('abaplint: 0 issue(s) found');
      expect(ended.code).toBe(0);
    },
    patience,
  );

  test(
    'is linted with SAP’s own fields known: a field SAP does not have is found',
    async () => {
      using workplace = createWorkplace();
      workplace.plant('zcl_gangway_blocks.clas.abap', 'general-aufsd', 'general-aufsx');
      const ended = await workplace.lint();
      expect(ended.output).toMatch(/aufsx.* not found/i);
      expect(ended.code).not.toBe(0);
    },
    patience,
  );
});

describe('the unit tests of the ABAP pack', () => {
  let sound: Workplace;
  let faulty: Workplace;

  beforeAll(async () => {
    [sound, faulty] = [createWorkplace(), createWorkplace()];
    for (const { file, piece, other } of faults) faulty.plant(file, piece, other);
    for (const ended of await Promise.all([sound.transpile(), faulty.transpile()]))
      expect(ended).toMatchObject({ code: 0 });
  }, 2 * patience);

  afterAll(() => {
    sound[Symbol.dispose]();
    faulty[Symbol.dispose]();
  });

  test(
    'all run, and pass',
    async () => {
      const ended = await sound.runUnitTests();
      expect(ended).toMatchObject({ code: 0 });
      const ran = [...ended.output.matchAll(/->(\w+)$/gm)].map(([, name = '']) => name);
      expect(ran.sort()).toEqual(declaredTests().sort());
      expect(ran.length).toBeGreaterThan(40);
    },
    patience,
  );

  test('are tried with one fault at a time', () => {
    expect(new Set(faults.map((it) => it.file)).size).toBe(faults.length);
  });

  test.each(faults)(
    'notice $fault',
    async ({ file, noticedBy }) => {
      const ended = await sound.runUnitTests({ from: faulty, file });
      expect(ended.code).not.toBe(0);
      expect(ended.output.match(/->(\w+)$/gm)?.at(-1)).toBe(`->${noticedBy}`);
    },
    patience,
  );
});
