/** What a person sees of `gangway check`: lines as they come, SAP's functions by feature, and who has something to do. */
import { beforeEach, expect, test } from '@jest/globals';
import type { CheckResult } from '../../src/agent/index.ts';
import { CheckPrinter } from '../../src/cli/print-checks.ts';

let printed: string[];
let underWay: string[];
let printer: CheckPrinter;
beforeEach(() => {
  printed = [];
  underWay = [];
  printer = new CheckPrinter({
    print: (line) => void printed.push(line),
    say: () => undefined,
    progress: (line) => void underWay.push(line),
  });
});

const passed = (name: string, features?: readonly string[]): CheckResult => ({
  name,
  state: 'passed',
  finding: 'works',
  features,
});
const differs: CheckResult = {
  name: 'SAP function BAPI_B',
  state: 'failed',
  finding: 'A: expected a date, SAP has a time.',
  code: 'SAP_INTERFACE_CHANGED',
  owner: 'sap-basis',
  advice: 'Look in SE37.',
  features: ['orders'],
};

test('prints each result as it comes', () => {
  printer.add(passed('journal'));
  expect(printed).toEqual(['ok   journal: works']);
});

test('prints one line for the functions of a feature that are as they should be, and shows meanwhile which one it is at', () => {
  printer.add(passed('SAP function RFC_PING', ['credit', 'orders']));
  printer.add(passed('SAP function BAPI_A', ['orders']));
  expect(printed).toEqual([]);
  expect(underWay).toHaveLength(2);
  printer.add(passed('SAP credit'));
  expect(printed).toEqual([
    'ok   SAP functions for credit: 1 is there, as expected',
    'ok   SAP functions for orders: 2 are there, as expected',
    'ok   SAP credit: works',
  ]);
});

test('prints a function that is not as it should be at once, with what to do, and counts it in its feature', () => {
  printer.add(passed('SAP function BAPI_A', ['orders']));
  printer.add(differs);
  expect(printed).toEqual([
    'FAIL SAP function BAPI_B: A: expected a date, SAP has a time. (SAP_INTERFACE_CHANGED)',
    '       Next (sap-basis): Look in SE37.',
  ]);
  printer.end();
  expect(printed.slice(2)).toEqual([
    'FAIL SAP functions for orders: 1 of 2 as expected',
    '2 checks, 1 not in order: 1 for sap-basis.',
  ]);
});

test('does not call a feature in order of which a function was skipped', () => {
  printer.add({ ...passed('SAP function Z_GANGWAY_CREDIT_READ', ['credit']), state: 'skipped' });
  printer.end();
  expect(printed).toEqual([
    '-    SAP function Z_GANGWAY_CREDIT_READ: works',
    '-    SAP functions for credit: 0 of 1 as expected',
    '1 check, all that could be looked at is in order.',
  ]);
});
