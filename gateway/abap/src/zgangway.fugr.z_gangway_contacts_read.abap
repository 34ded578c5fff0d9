FUNCTION z_gangway_contacts_read.

  DATA readers TYPE REF TO zcl_gangway_readers.
  DATA persons TYPE zcl_gangway_persons=>ty_result.
  DATA refused TYPE REF TO zcx_gangway_refused.

  CLEAR: e_more, et_contact[], et_return[].
  CREATE OBJECT readers.
  TRY.
      persons = readers->persons( )->read( customer = i_kunnr most = i_max_rows ).
    CATCH zcx_gangway_refused INTO refused.
      APPEND refused->message TO et_return.
  ENDTRY.
  e_more = persons-more.
  et_contact[] = persons-rows.

ENDFUNCTION.
