/** Values of every ABAP type as the addon takes and gives them; what it would spoil silently is refused. */
import { describe, expect, test } from '@jest/globals';
import { GatewayError } from '../../../../src/errors/index.ts';
import { readAnswer } from '../../../../src/sap/drivers/node-rfc/rfc-answer.ts';
import { prepareRequest } from '../../../../src/sap/drivers/node-rfc/rfc-request.ts';
import { fromRfc, toRfc } from '../../../../src/sap/drivers/node-rfc/rfc-values.ts';
import { compileFunction, compileStructure, scalarType, structure } from '../../../../src/sap/functions/signature.ts';
import type { FieldType } from '../../../../src/sap/functions/signature.ts';

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'accepted';
  } catch (thrown) {
    return thrown instanceof GatewayError ? thrown.code : String(thrown);
  }
};
const read = (type: FieldType, value: unknown): string => {
  const { abap, length } = scalarType(type);
  return fromRfc(abap, length, value);
};

describe('values on their way to SAP', () => {
  test.each<[FieldType, string, unknown]>([
    ['C10', 'Müller 😀', 'Müller 😀'],
    ['N6', '10', '000010'],
    ['D', '', '00000000'],
    ['T', '', '000000'],
    ['P15.2', '-12.50', '-12.50'],
    ['I', '-2147483648', -2_147_483_648],
    ['I1', '255', 255],
    ['I8', '2147483647', 2_147_483_647],
    ['F', '1.5E-3', '1.5E-3'],
    ['X2', 'ab01', Buffer.from([0xab, 1])],
  ])('%s %j is sent as %j', (type, value, expected) => {
    expect(toRfc(scalarType(type), value, 'F')).toEqual(expected);
  });

  test.each<[FieldType, string, string]>([
    ['C3', 'abcd', 'SAP_VALUE_TOO_LONG'],
    ['C10', 'a\u0000b', 'REQUEST_INVALID'],
    ['S', 'a\u0000b', 'REQUEST_INVALID'],
    ['C10', 'a\ud800', 'REQUEST_INVALID'],
    ['N3', '1234', 'SAP_VALUE_TOO_LONG'],
    ['D', '2026-1-1', 'REQUEST_INVALID'],
    ['T', '12:00', 'REQUEST_INVALID'],
    ['P5.2', '1234.00', 'SAP_VALUE_TOO_LONG'],
    ['P5.2', '1.005', 'SAP_VALUE_TOO_LONG'],
    ['I', '2147483648', 'SAP_VALUE_TOO_LONG'],
    ['I1', '256', 'SAP_VALUE_TOO_LONG'],
    ['I1', '-1', 'SAP_VALUE_TOO_LONG'],
    ['I2', '32768', 'SAP_VALUE_TOO_LONG'],
    ['I8', '9223372036854775808', 'SAP_VALUE_TOO_LONG'],
    // SAP would keep it; the addon keeps its low 32 bits.
    ['I8', '1099511627776', 'REQUEST_INVALID'],
    ['I8', '-2147483649', 'REQUEST_INVALID'],
    ['F', '1e400', 'REQUEST_INVALID'],
    ['X2', 'aabbcc', 'SAP_VALUE_TOO_LONG'],
  ])('%s %j: %s', (type, value, expected) => {
    expect(codeOf(() => toRfc(scalarType(type), value, 'F'))).toBe(expected);
  });
});

describe('values of an answer', () => {
  test.each<[FieldType, unknown, string]>([
    ['C10', '  a b', '  a b'],
    ['N6', '000010', '000010'],
    ['N6', '', '000000'],
    ['D', '', '00000000'],
    ['D', '20260131', '20260131'],
    ['T', '', '000000'],
    ['P15.2', '-12.50', '-12.50'],
    ['P15.2', '', '0'],
    ['I', -7, '-7'],
    ['I8', 9_007_199_254_740_991, '9007199254740991'],
    ['F', 1.5, '1.5'],
    ['X2', Buffer.from([0xab, 0xcd]), 'ABCD'],
  ])('%s %j is read as %j', (type, value, expected) => {
    expect(read(type, value)).toBe(expected);
  });

  test.each<[FieldType, unknown]>([
    ['I8', 2 ** 53],
    ['P15.2', '1.5E+10'],
    ['C1', true],
  ])('%s %j cannot be trusted, so it is unreadable', (type, value) => {
    expect(codeOf(() => read(type, value))).toBe('SAP_ANSWER_UNREADABLE');
  });
});

describe('parameters', () => {
  const row = structure('ROW', { KUNNR: 'C10', ITEMS: 'I', DAY: 'D' });
  const signature = compileFunction(
    { name: 'Z_TEST', importing: { I_A: 'C1', IS_ROW: row }, exporting: { E_N: 'I' }, tables: { T_A: row, T_B: row } },
    compileStructure,
  );

  test('tables that are neither sent nor wanted need not come', () => {
    expect(prepareRequest(signature, {}, []).notRequested).toEqual(['T_A', 'T_B']);
    expect(prepareRequest(signature, { T_A: [] }, ['T_B']).notRequested).toEqual([]);
  });

  test.each([
    ['a parameter', () => prepareRequest(signature, { NO_SUCH: 'x' }, [])],
    ['a table', () => prepareRequest(signature, {}, ['T_C'])],
    ['a field', () => prepareRequest(signature, { IS_ROW: { NO_SUCH: 'x' } }, [])],
    ['a field of a row', () => prepareRequest(signature, { T_A: [{ NO_SUCH: 'x' }] }, [])],
    ['a text for a structure', () => prepareRequest(signature, { IS_ROW: 'x' }, [])],
    ['a structure for a table', () => prepareRequest(signature, { T_A: {} }, [])],
    ['a table for a text', () => prepareRequest(signature, { I_A: [] }, [])],
  ])('%s that the function does not have is refused before the addon sees it', (_what, work) => {
    expect(codeOf(work)).toBe('INTERNAL');
  });

  test('only what was asked for comes back, in the form of the port', () => {
    const rows = [
      { KUNNR: '0000104711', ITEMS: 3, DAY: '', MORE: 1 },
      { KUNNR: '', ITEMS: 0, DAY: '20260131', MORE: 2 },
    ];
    const answer = { I_A: 'x', IS_ROW: {}, E_N: 4, T_A: rows, T_B: [] };
    expect(readAnswer(signature, answer, ['T_A'])).toEqual({
      E_N: '4',
      T_A: [
        { KUNNR: '0000104711', ITEMS: '3', DAY: '00000000', MORE: '1' },
        { KUNNR: '', ITEMS: '0', DAY: '20260131', MORE: '2' },
      ],
    });
  });
});
