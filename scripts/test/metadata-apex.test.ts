/** Apex that breaks a rule is named with its line. */
import { describe, expect, test } from '@jest/globals';
import { findApexProblems } from '../check-apex.ts';
import { listFiles, readFiles } from '../project.ts';

const problems = (text: string, path = 'force-app/main/panels/classes/Sample.cls'): string[] =>
  findApexProblems([{ path, text }], new Set([`${path}-meta.xml`])).map(
    (finding) => `${finding.line ?? 0} ${finding.message}`,
  );
const inClass = (body: string): string => `public with sharing class Sample {\n${body}\n}`;

describe('the Apex check', () => {
  test('finds nothing wrong with the package', () => {
    expect(findApexProblems(readFiles(/^force-app\/.*\.(cls|trigger)$/), new Set(listFiles()))).toEqual([]);
  });

  test.each<[string, string, string]>([
    ['a syntax error', inClass('void go() { Integer x = ; }'), '2 '],
    ['a missing brace', 'public with sharing class Sample {', '1 '],
    ['a class silent about sharing', 'public class Sample {}', '1 the class does not say'],
    ['sharing left off without a reason', 'public without sharing class Sample {}', '1 without sharing: say'],
    ['a test branch', inClass('Boolean x = Test.isRunningTest();'), '2 no test branch'],
    ['a global name', 'global with sharing class Sample {}', '1 nothing is global'],
    ['debug output', inClass('void go() {\n System.debug(1); }'), '3 no debug output'],
    ['a callout elsewhere', inClass('void go() { new Http().send(null); }'), '2 only GatewayCallout'],
    ['unexplained system mode', inClass('void go() { update as system x; }'), '2 system mode belongs'],
    ["a query with anybody's rights", inClass('List<Account> a = [SELECT Id FROM Account];'), '2 a query says whose'],
    ["a write with anybody's rights", inClass('void go() { insert new Account(); }'), '2 a write says whose'],
    ["a call with anybody's rights", inClass('void go() { Database.query(text); }'), '2 a call of Database says'],
    ['a reserved property', inClass('public String number { get; set; }'), '2 number is a word Apex reserves'],
    ['a reserved variable', inClass('void go() { String system = null; }'), '2 system is a word Apex reserves'],
    ['a reserved parameter', inClass('void go(String limit) {}'), '2 limit is a word Apex reserves'],
    ['a reserved method', inClass('public static void of() {}'), '2 of is a word Apex reserves'],
  ])('names %s', (_what, text, expected) => {
    expect(problems(text).join('\n')).toContain(expected);
  });

  test('a test must not see the data of the org', () => {
    expect(problems('@IsTest(SeeAllData=true)\nprivate with sharing class Sample {}')).toEqual([
      '1 a test sees its own data only',
    ]);
  });

  test('a query, a write and a call that say whose rights they have are accepted', () => {
    const body =
      'void go() { List<Account> a = [SELECT Id FROM Account WHERE Id IN :ids WITH USER_MODE LIMIT 1]; insert as user a;\n' +
      'Database.update(a, false, AccessLevel.USER_MODE); }';
    expect(problems(inClass(body))).toEqual([]);
  });

  test('a controller reads nothing itself', () => {
    const text = 'public with sharing class XController {\nList<Account> a = [SELECT Id FROM Account];\n}';
    expect(problems(text, 'force-app/main/x/classes/XController.cls').join()).toContain('2 a controller reads');
  });

  test('comments and text literals are not code', () => {
    expect(
      problems(inClass("// global Test.isRunningTest()\n/* System.debug */ String x = 'global System.debug';")),
    ).toEqual([]);
  });

  test('a REST resource may be global, because no other class can be one', () => {
    expect(
      problems("@RestResource(urlMapping='/x')\nglobal with sharing class Sample {\nglobal static void go() {}\n}"),
    ).toEqual([]);
  });

  test('explained system mode is accepted', () => {
    expect(
      problems(
        '/** On reasons, on purpose. */\npublic without sharing class Sample { void go() { update as system x; } }',
      ),
    ).toEqual([]);
  });

  test('a class needs its other half', () => {
    const found = findApexProblems([{ path: 'a/B.cls', text: 'public with sharing class B {}' }], new Set());
    expect(found.map((finding) => finding.message)).toEqual(['the -meta.xml beside it is missing']);
  });

  test('triggers are parsed as triggers', () => {
    expect(problems('trigger T on Account(before insert) { A.b(Trigger.new); }', 'force-app/T.trigger')).toEqual([]);
    expect(problems('trigger T on Account(before insertion) { }', 'force-app/T.trigger')).not.toEqual([]);
  });
});
