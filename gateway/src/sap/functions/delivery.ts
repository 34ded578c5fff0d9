/** Function modules about deliveries. */
import { anyReturn } from './returns.ts';
import { openStructure, structure } from './signature.ts';
import type { CatalogueFunction } from './signature.ts';

export const deliveryList: CatalogueFunction = {
  name: 'BAPI_DELIVERY_GETLIST',
  purpose: 'deliveries of one order',
  neededBy: { orders: 'always' },
  importing: { IS_DLV_DATA_CONTROL: structure('BAPIDLVBUFFERCONTROL', { BYPASSING_BUFFER: 'C1', ITEM: 'C1' }) },
  tables: {
    IT_VGBEL: structure('BAPIDLV_RANGE_VGBEL', { SIGN: 'C1', OPTION: 'C2', REF_DOC_LOW: 'C10', REF_DOC_HIGH: 'C10' }),
    ET_DELIVERY_HEADER: openStructure('BAPIDLVHDR', { VBELN: 'C10' }, [
      'LFDAT',
      'WADAT',
      'WADAT_IST',
      'BOLNR',
      'TRAID',
    ]),
    ET_DELIVERY_ITEM: openStructure('BAPIDLVITEM', { MATNR: 'C18', LFIMG: 'P13.3', VGBEL: 'C10', VGPOS: 'N6' }, [
      'VBELN',
      'POSNR',
      'VRKME',
    ]),
    RETURN: anyReturn,
  },
};
