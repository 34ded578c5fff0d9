/** The control record of an IDoc (EDI_DC40): its fields in order, with their lengths. */

/** 524 characters in all. */
export const controlFields = (
  'TABNAM:10 MANDT:3 DOCNUM:16 DOCREL:4 STATUS:2 DIRECT:1 OUTMOD:1 EXPRSS:1 TEST:1 IDOCTYP:30 CIMTYP:30 MESTYP:30 ' +
  'MESCOD:3 MESFCT:3 STD:1 STDVRS:6 STDMES:6 SNDPOR:10 SNDPRT:2 SNDPFC:2 SNDPRN:10 SNDSAD:21 SNDLAD:70 RCVPOR:10 ' +
  'RCVPRT:2 RCVPFC:2 RCVPRN:10 RCVSAD:21 RCVLAD:70 CREDAT:8 CRETIM:6 REFINT:14 REFGRP:14 REFMES:14 ARCKEY:70 SERIAL:20'
)
  .split(' ')
  .map((part) => {
    const [name = '', length = ''] = part.split(':');
    return { name, length: Number(length) };
  });

export type ControlRecord = Readonly<Record<string, string>>;

/** The name of the record's table, with which it begins. */
export const controlTable = 'EDI_DC40';
