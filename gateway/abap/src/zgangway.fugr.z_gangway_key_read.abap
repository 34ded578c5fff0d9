FUNCTION z_gangway_key_read.

  DATA gangway TYPE REF TO zcl_gangway.
  DATA status TYPE zcl_gangway_key_status=>ty_result.

  CLEAR: e_state, e_kunnr, e_parnr, e_vbeln, e_content, e_date, e_time, et_return[].
  CREATE OBJECT gangway.
  status = gangway->key_status( )->read( external_key = i_external_key fence = i_fence ).
  e_state = status-state.
  e_kunnr = status-row-kunnr.
  e_parnr = status-row-parnr.
  e_vbeln = status-row-vbeln.
  e_content = status-row-content.
  e_date = status-row-erdat.
  e_time = status-row-erzet.
  et_return[] = status-messages.

ENDFUNCTION.
