/** Functions about the system itself: a ping, the dictionary, function interfaces, customizing tables. */
import { structure } from './signature.ts';
import type { CatalogueFunction, StructureDefinition } from './signature.ts';

export const ping: CatalogueFunction = {
  name: 'RFC_PING',
  purpose: 'whether SAP answers',
  neededBy: 'every',
};

export const systemInfo: CatalogueFunction = {
  name: 'RFC_SYSTEM_INFO',
  purpose: 'system id, release and code page',
  neededBy: 'every',
  exporting: { RFCSI_EXPORT: structure('RFCSI', { RFCCHARTYP: 'C4', RFCSYSID: 'C8', RFCSAPRL: 'C4' }) },
};

export const dictionaryRow: StructureDefinition = {
  ...structure('DFIES', {
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
    CONVEXIT: 'C5',
    FIELDTEXT: 'C60',
  }),
  optional: ['CONVEXIT', 'FIELDTEXT'],
};

export const fieldInfo: CatalogueFunction = {
  name: 'DDIF_FIELDINFO_GET',
  purpose: 'fields of a structure as this release has them',
  neededBy: 'every',
  importing: { TABNAME: 'C30', ALL_TYPES: 'C1' },
  // A data element is no structure: it answers with a single field.
  exporting: { DFIES_WA: dictionaryRow },
  optional: ['DFIES_WA'],
  tables: { DFIES_TAB: dictionaryRow },
};

export const functionInterface: CatalogueFunction = {
  name: 'RFC_GET_FUNCTION_INTERFACE',
  purpose: 'parameters of a function as this release has them',
  neededBy: 'every',
  importing: { FUNCNAME: 'C30', NONE_UNICODE_LENGTH: 'C1' },
  // `R` for a remote-enabled function; releases differ in whether they say it.
  exporting: { REMOTE_CALL: 'C1' },
  optional: ['REMOTE_CALL', 'NONE_UNICODE_LENGTH'],
  tables: {
    PARAMS: {
      ...structure('RFC_FUNINT', {
        PARAMCLASS: 'C1',
        PARAMETER: 'C30',
        TABNAME: 'C30',
        FIELDNAME: 'C30',
        EXID: 'C1',
        INTLENGTH: 'I',
        DECIMALS: 'I',
        OPTIONAL: 'C1',
        PARAMTEXT: 'C79',
      }),
      optional: ['PARAMTEXT'],
    },
  },
};

/** Not released by SAP and forbidden in many systems: used only for texts that no other function gives. */
export const readTable: CatalogueFunction = {
  name: 'RFC_READ_TABLE',
  purpose: 'words for codes, and partner functions, from small tables',
  neededBy: { texts: 'always', partners: 'without-pack' },
  importing: { QUERY_TABLE: 'C30', DELIMITER: 'C1', NO_DATA: 'C1', ROWSKIPS: 'I', ROWCOUNT: 'I' },
  tables: {
    OPTIONS: structure('RFC_DB_OPT', { TEXT: 'C72' }),
    FIELDS: structure('RFC_DB_FLD', { FIELDNAME: 'C30', OFFSET: 'N6', LENGTH: 'N6', TYPE: 'C1', FIELDTEXT: 'C60' }),
    DATA: structure('TAB512', { WA: 'C512' }),
  },
};
