/** Functions about the system itself: a ping, the dictionary, function interfaces, customizing tables. */
import { structure } from './signature.ts';
import type { FunctionDefinition } from './signature.ts';

export const ping: FunctionDefinition = { name: 'RFC_PING' };

export const dictionaryRow = structure('DFIES', {
  TABNAME: 'C30',
  FIELDNAME: 'C30',
  POSITION: 'N4',
  ROLLNAME: 'C30',
  DOMNAME: 'C30',
  LENG: 'N6',
  INTLEN: 'N6',
  DECIMALS: 'N6',
  DATATYPE: 'C4',
  INTTYPE: 'C1',
});

export const fieldInfo: FunctionDefinition = {
  name: 'DDIF_FIELDINFO_GET',
  importing: { TABNAME: 'C30', ALL_TYPES: 'C1' },
  tables: { DFIES_TAB: dictionaryRow },
};

export const functionInterface: FunctionDefinition = {
  name: 'RFC_GET_FUNCTION_INTERFACE',
  importing: { FUNCNAME: 'C30', NONE_UNICODE_LENGTH: 'C1' },
  tables: {
    PARAMS: structure('RFC_FUNINT', {
      PARAMCLASS: 'C1',
      PARAMETER: 'C30',
      TABNAME: 'C30',
      FIELDNAME: 'C30',
      EXID: 'C1',
      INTLENGTH: 'I',
      DECIMALS: 'I',
      OPTIONAL: 'C1',
    }),
  },
};

/** Not released by SAP and forbidden in many systems: used only for texts that no other function gives. */
export const readTable: FunctionDefinition = {
  name: 'RFC_READ_TABLE',
  importing: { QUERY_TABLE: 'C30', DELIMITER: 'C1', NO_DATA: 'C1', ROWSKIPS: 'I', ROWCOUNT: 'I' },
  tables: {
    OPTIONS: structure('RFC_DB_OPT', { TEXT: 'C72' }),
    FIELDS: structure('RFC_DB_FLD', { FIELDNAME: 'C30', OFFSET: 'N6', LENGTH: 'N6', TYPE: 'C1', FIELDTEXT: 'C60' }),
    DATA: structure('TAB512', { WA: 'C512' }),
  },
};
