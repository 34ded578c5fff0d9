/** The ABAP pack compiles for its lowest release, follows its rules, and its unit tests pass. */
import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWorkplace, packFolder, patience, sqlFolder } from './workplace.ts';

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

  test(
    'runs every unit test, and they pass',
    async () => {
      using workplace = createWorkplace();
      const ended = await workplace.runUnitTests();
      expect(ended).toMatchObject({ code: 0 });
      const ran = [...ended.output.matchAll(/->(\w+)$/gm)].map(([, name = '']) => name);
      expect(ran.sort()).toEqual(declaredTests().sort());
      expect(ran.length).toBeGreaterThan(40);
    },
    patience,
  );

  test.each([
    [
      'a key that is not part of the unit of work',
      'zcl_gangway_creation.clas.abap',
      'key_claim->register( request = request customer = customer ).',
      '',
      'key_is_in_the_unit_of_work',
    ],
    [
      'a repeated document at the seam of two pages',
      'zcl_gangway_invoices.clas.abap',
      '>= after OR',
      '> after OR',
      'pages_lose_nothing',
    ],
    [
      'an old lease that is looked at only once',
      'zcl_gangway_fence.clas.abap',
      'refuse_older( row = row highest = held-fence ).',
      '',
      'older_lease_ends_the_update',
    ],
    [
      'a look-up that answers before its lease is in force',
      'zcl_gangway_key_status.clas.abap',
      'luw->commit( ).',
      '',
      'newer_lease_comes_first',
    ],
    [
      'a key that does not lead to its contact person',
      'zcl_gangway_contact.clas.abap',
      'result-contact = first-parnr.',
      '',
      'repeated_key_gives_the_person',
    ],
    [
      'an order whose key leads to no document',
      'zcl_gangway_key_claim.clas.abap',
      'row-vbeln = document.',
      '',
      'key_is_in_the_unit_of_work',
    ],
    [
      'an order that is committed although SAP said no',
      'zcl_gangway_order.clas.abap',
      'OR zcl_gangway_messages=>has_error( result-messages ) = abap_true.',
      '.',
      'error_of_sap_writes_nothing',
    ],
    [
      'a walk that begins where the one before ended',
      'zcl_gangway_change_position.clas.abap',
      'VALUE 900.',
      'VALUE 0.',
      'next_walk_overlaps',
    ],
    [
      'a walk whose moment is that of its last page',
      'zcl_gangway_changes.clas.abap',
      'position-base = position-began.',
      'position-base = parts-clock->utc( ).',
      'moment_stays_while_it_walks',
    ],
    [
      'a payer of a new customer that nobody knows',
      'zcl_gangway_area_checks.clas.abap',
      'customers->general( partner-kunn2 ).',
      'CLEAR refused.',
      'unknown_customer_is_refused',
    ],
  ])(
    'has unit tests that notice %s',
    async (_fault, file, piece, other, noticedBy) => {
      using workplace = createWorkplace();
      workplace.plant(file, piece, other);
      const ended = await workplace.runUnitTests();
      expect(ended.code).not.toBe(0);
      expect(ended.output.match(/->(\w+)$/gm)?.at(-1)).toBe(`->${noticedBy}`);
    },
    patience,
  );
});
