FUNCTION z_gangway_customer_change.

  DATA gangway TYPE REF TO zcl_gangway.
  DATA request TYPE zcl_gangway_key_claim=>ty_request.
  DATA wish TYPE zcl_gangway_change=>ty_wish.
  DATA change TYPE zcl_gangway_change=>ty_result.

  CLEAR: e_repeated, et_return[].
  request-external_key = i_external_key.
  request-content = i_content.
  request-operation = zcl_gangway_key_claim=>operation-change.
  request-fence = i_fence.
  wish-customer = i_kunnr.
  wish-values = is_general.
  wish-marks = isx_general.
  CREATE OBJECT gangway.
  change = gangway->change( )->change( request = request wish = wish test_run = i_testrun ).
  e_repeated = change-repeated.
  et_return[] = change-messages.

ENDFUNCTION.
