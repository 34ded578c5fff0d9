FUNCTION z_gangway_changes_read.

  DATA readers TYPE REF TO zcl_gangway_readers.
  DATA changes TYPE zcl_gangway_changes=>ty_result.
  DATA refused TYPE REF TO zcx_gangway_refused.

  CLEAR: e_position, e_more, et_change[], et_return[].
  CREATE OBJECT readers.
  TRY.
      changes = readers->changes( )->read( since = i_since kinds = i_kinds most = i_max_rows ).
    CATCH zcx_gangway_refused INTO refused.
      APPEND refused->message TO et_return.
  ENDTRY.
  e_position = changes-position.
  e_more = changes-more.
  et_change[] = changes-rows.

ENDFUNCTION.
