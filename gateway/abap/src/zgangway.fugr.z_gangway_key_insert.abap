FUNCTION z_gangway_key_insert.

  DATA gangway TYPE REF TO zcl_gangway.
  DATA refused TYPE REF TO zcx_gangway_refused.

  CREATE OBJECT gangway.
  TRY.
      gangway->fence( )->advance( is_fence ).
    CATCH zcx_gangway_refused INTO refused.
      " A newer lease was committed meanwhile: ends the update, and what the caller wanted to write goes with it.
      MESSAGE a011(zgangway) WITH refused->message-message_v1 refused->message-message_v2.
  ENDTRY.
  INSERT zgangway_key FROM is_key.
  IF sy-subrc <> 0.
    " The key came in by another way: ends the update, so that the customer of this unit of work goes with it.
    MESSAGE a003(zgangway) WITH is_key-external_key.
  ENDIF.

ENDFUNCTION.
