FUNCTION z_gangway_key_insert.

  INSERT zgangway_key FROM is_key.
  IF sy-subrc <> 0.
    " The key came in by another way: ends the update, so that the customer of this unit of work goes with it.
    MESSAGE a003(zgangway) WITH is_key-external_key.
  ENDIF.

ENDFUNCTION.
