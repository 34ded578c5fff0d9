/** The package as it is passes; every mutation of it is caught. */
import { describe, expect, test } from '@jest/globals';
import { findMetadataProblems, installedWsdlTypes } from '../check-metadata.ts';
import { readFiles } from '../project.ts';
import type { SourceFile } from '../project.ts';

const wsdl = installedWsdlTypes();
const metadata = readFiles(/^force-app\/.*-meta\.xml$/);
const sources = readFiles(/^force-app\/(?!types\/)(?!.*__tests__).*\.(cls|trigger|html|ts)$/);

const problems = (files: readonly SourceFile[], code: readonly SourceFile[] = sources): string[] =>
  findMetadataProblems(files, code, wsdl, '67.0').map((finding) => `${finding.path} ${finding.message}`);

/** The package with one file changed; the test fails when the change changes nothing. */
function mutated(files: readonly SourceFile[], path: string, from: string | RegExp, to: string): readonly SourceFile[] {
  const target = files.find((file) => file.path.endsWith(path));
  if (target === undefined) throw new Error(`there is no ${path}`);
  const text = target.text.replace(from, to);
  if (text === target.text) throw new Error(`${path} does not hold ${String(from)}`);
  return files.map((file) => (file === target ? { path: file.path, text } : file));
}

const without = (files: readonly SourceFile[], path: string): readonly SourceFile[] =>
  files.filter((file) => !file.path.endsWith(path));

const sales = 'Gangway_Sales_User.permissionset-meta.xml';
const page = 'SAP_Account_Page.flexipage-meta.xml';
const action = 'Account.Create_SAP_Customer.quickAction-meta.xml';
const credential = 'namedCredentials/Gangway_Relay.namedCredential-meta.xml';
const area = 'SAP_Sales_Area.Germany_Direct.md-meta.xml';
const number = 'Account/fields/SAP_Customer_Number__c.field-meta.xml';
const layout = 'SAP_Request__c-SAP Request Layout.layout-meta.xml';
const panel = 'sapCreditPanel.js-meta.xml';

describe('the metadata check', () => {
  test('finds nothing wrong with the package', () => {
    expect(problems(metadata)).toEqual([]);
  });

  test.each<[string, string, string | RegExp, string, string]>([
    ['an unknown element', sales, '<label>', '<colour>red</colour><label>', 'has no element colour'],
    ['an element that stands twice', sales, '<label>', '<label>x</label><label>', 'label stands twice'],
    [
      'an element apart from its kind',
      sales,
      '<description>',
      '<classAccesses><apexClass>PanelView</apexClass><enabled>true</enabled></classAccesses><description>',
      'stands apart',
    ],
    ['a word that is no boolean', sales, '<enabled>true', '<enabled>yes', 'neither true nor false'],
    ['a word that is none of the enumeration', number, '<type>Text<', '<type>Words<', 'is none of'],
    ['a missing element', sales, /<label>.*<\/label>/, '', 'PermissionSet lacks label'],
    ['a root that is no type', action, /QuickAction(?= xmlns|>\s*$)/g, 'FastAction', 'is no metadata type'],
    ['a missing namespace', action, / xmlns="[^"]*"/, '', 'lacks the namespace'],
    ['malformed XML', sales, '</label>', '</labe>', 'closes'],
    ['a bare ampersand', sales, 'Sales reps:', 'Reps & co:', 'is no entity'],
    ['another API version', 'PanelController.cls-meta.xml', '67.0', '61.0', "the project's is 67.0"],
    ['a text without length', number, /<length>10<\/length>/, '', 'needs length'],
    [
      'a file not named after its field',
      number,
      '<fullName>SAP_Customer_Number__c',
      '<fullName>Number__c',
      'not named after',
    ],
    ['a class that does not exist', sales, 'PanelController', 'PannelController', 'there is no class PannelController'],
    ['a field that does not exist', sales, 'Account.SAP_System__c', 'Account.SAP_Client__c', 'there is no field'],
    ['a grant on a required field', sales, 'SAP_Request__c.SAP_System__c', 'SAP_Request__c.Key__c', 'is required'],
    [
      'a grant on a master-detail field',
      sales,
      'SAP_Request__c.SAP_System__c',
      'SAP_Request__c.Account__c',
      'is required',
    ],
    ['a grant given twice', sales, 'Account.SAP_System__c', 'Account.SAP_Customer_Key__c', 'is granted twice'],
    ['an object that does not exist', sales, '<object>SAP_Request__c', '<object>SAP_Wish__c', 'there is no object'],
    ['a permission that does not exist', sales, '<name>See_SAP_Amounts', '<name>See_All', 'no custom permission'],
    ['a type that does not exist', sales, 'SAP_Setting__mdt', 'SAP_Parameter__mdt', 'no custom metadata type'],
    [
      'a principal that does not exist',
      sales,
      'Gangway_Relay-Gangway',
      'Gangway_Relay - Gangway',
      'there is no principal',
    ],
    ['a credential that does not exist', credential, '>Gangway_Relay<', '>Gangway_Rely<', 'no external credential'],
    ['an open address', credential, 'https://', 'http://', 'must start with https://'],
    [
      'a component that does not exist',
      page,
      'sapCreditPanel</componentName>',
      'creditPanel</componentName>',
      'no component',
    ],
    [
      'a component used twice under one name',
      page,
      '<identifier>sapOrdersPanel',
      '<identifier>sapCreditPanel',
      'stands twice',
    ],
    ['a tab without region', page, '<value>sapTab', '<value>sap', 'there is no region sap'],
    ['a component not meant for the object', panel, '<object>Account</object>', '', 'is not for Account'],
    ['a component that is hidden', panel, '<isExposed>true', '<isExposed>false', 'is not exposed'],
    [
      'a component without the target',
      panel,
      /<target>lightning__RecordPage</,
      '<target>lightning__AppPage<',
      'has no target',
    ],
    ['an action of another kind', action, 'ScreenAction', 'Action', 'is a ScreenAction'],
    ['a layout field that does not exist', layout, '<field>Next_Step__c', '<field>Next__c', 'has no field Next__c'],
    [
      'a layout without a required field',
      layout,
      '<field>Key__c',
      '<field>Next_Step__c',
      'must hold Key__c as required',
    ],
    [
      'a layout that lets one be empty',
      layout,
      /Required(<\/behavior>\s*<field>Status__c)/,
      'Edit$1',
      'must hold Status__c',
    ],
    ['a detail without its master', sales, '<object>Account<', '<object>Contact<', 'depends on reading Account'],
    ['a record field that does not exist', area, '<field>Division__c', '<field>Divison__c', 'has no field Divison__c'],
    ['a record without a required value', area, '>10<', '><', 'the record lacks Distribution_Channel__c'],
    ['a value of another type', area, '"xsd:string">10<', '"xsd:boolean">10<', 'its value a boolean'],
    ['a record label that is too long', area, /<label>/, `<label>${'x'.repeat(40)}`, 'at most 40 characters'],
    ['a text that is too long', number, '<length>10<', '<length>256<', 'at most 255 characters'],
    [
      'a right to edit what cannot be read',
      sales,
      /<editable>false(<\/editable>\s*<field>[\w.]+<\/field>\s*<readable>)true/,
      '<editable>true$1false',
      'depends on reading it',
    ],
    ['a value that is too long', area, '>10<', '>Direct<', 'takes at most 2 characters'],
    [
      'a lookup to nowhere',
      'SAP_Snapshot__c/fields/Account__c.field-meta.xml',
      '>Account</referenceTo>',
      '>Client__c</referenceTo>',
      'there is no object Client__c',
    ],
    [
      'a label nobody uses',
      'foundation/labels/CustomLabels.labels-meta.xml',
      '<fullName>Issue_Code',
      '<fullName>Issue_Kode',
      'nobody uses the label Issue_Kode',
    ],
  ])('catches %s', (_what, path, from, to, expected) => {
    expect(problems(mutated(metadata, path, from, to)).join('\n')).toContain(expected);
  });

  test.each<[string, string, string, string, string]>([
    [
      'a label that does not exist',
      'GatewayProblem.cls',
      'Label.Problem_No_Access',
      'Label.Problem_No_Entry',
      'no label Problem_No_Entry',
    ],
    [
      'a permission that does not exist',
      'UserRights.cls',
      "'See_SAP_Amounts'",
      "'See_Amounts'",
      'no custom permission See_Amounts',
    ],
    [
      'a credential that does not exist',
      'GatewayCallout.cls',
      'callout:Gangway_Relay',
      'callout:Relay',
      'no named credential Relay',
    ],
    [
      'a controller method that is gone',
      'PanelController.cls',
      'PanelView refresh(',
      'PanelView reload(',
      'PanelController.refresh',
    ],
    ['a component that does not exist', 'sapCreditPanel.html', 'c-credit-summary', 'c-credits', 'no component credits'],
    ['a module that does not exist', 'sapCreditPanel.ts', "'c/panelReader'", "'c/reader'", 'no component reader'],
    ['a field that does not exist', 'SnapshotStore.cls', 'SELECT Body__c', 'SELECT Text__c', 'field Text__c'],
    ['a type that does not exist', 'SapSettings.cls', 'SAP_Setting__mdt', 'SAP_Set__mdt', 'field SAP_Set__mdt'],
  ])('catches %s in code', (_what, path, from, to, expected) => {
    expect(problems(metadata, mutated(sources, path, from, to)).join('\n')).toContain(expected);
  });

  test.each<[string, string]>([
    ['ApexClass', 'PanelController.cls-meta.xml'],
    ['component', 'createSapCustomer.js-meta.xml'],
    ['external credential', 'Gangway_Relay.externalCredential-meta.xml'],
    ['named credential', 'Gangway_Relay.namedCredential-meta.xml'],
    ['custom permission', 'Create_SAP_Customer.customPermission-meta.xml'],
    ['field', 'fields/What_Happened__c.field-meta.xml'],
    ['object', 'SAP_Snapshot__c.object-meta.xml'],
  ])('notices when a %s is gone', (_what, path) => {
    expect(problems(without(metadata, path))).not.toEqual([]);
  });

  test('notices a label that is defined twice', () => {
    const labels = metadata.find((file) => file.path.endsWith('foundation/labels/CustomLabels.labels-meta.xml'));
    const twin = { path: 'force-app/main/setup/labels/CustomLabels.labels-meta.xml', text: labels?.text ?? '' };
    expect(problems([...metadata, twin]).join('\n')).toContain('is defined in');
  });
});
