/** A value of each ABAP type, each at an end of what it can hold, for the simulator's echo function. */

/** Takes one parameter `I_...` of each type, and gives it back as `E_...`. */
export const echoFunction = 'Z_GANGWAY_TEST_ECHO';

/** By the name of the parameter without its prefix. */
export const echoed: Readonly<Record<string, string>> = {
  CHAR1: 'X',
  CHAR10: '  ü<&>"ß日',
  CHAR255: `${'é'.repeat(250)}😀`,
  CLNT: '100',
  LANG: 'D',
  CUKY: 'KWD',
  UNIT: 'ST',
  NUMC1: '7',
  NUMC10: '0000000042',
  NUMC18: '000000000000000042',
  DATS: '99991231',
  TIMS: '235959',
  DEC5: '-99999',
  DEC23: '-9999999999999999999.9999',
  DEC31: '99999999999999999.99999999999999',
  CURR: '-9999999999999.99',
  QUAN: '9999999999.999',
  INT1: '255',
  INT2: '-32768',
  INT4: '-2147483648',
  INT8: '2147483647',
  FLTP: '1.5',
  RAW3: 'AB01FF',
  RAW16: '000102030405060708090A0B0C0D0E0F',
  KUNNR: '0000104711',
  MATNR: '000000000000004711',
  STRING: `line\nbreak ${'ü'.repeat(5_000)}`,
  XSTRING: 'AB01'.repeat(500),
};
