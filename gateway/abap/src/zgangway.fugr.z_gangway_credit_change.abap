FUNCTION z_gangway_credit_change.

  DATA gangway TYPE REF TO zcl_gangway.
  DATA request TYPE zcl_gangway_key_claim=>ty_request.
  DATA wish TYPE zcl_gangway_credit_change=>ty_wish.
  DATA change TYPE zcl_gangway_credit_change=>ty_result.

  CLEAR: e_repeated, et_return[].
  request-external_key = i_external_key.
  request-content = i_content.
  request-operation = zcl_gangway_key_claim=>operation-credit.
  request-fence = i_fence.
  wish-customer = i_kunnr.
  wish-credit_area = i_kkber.
  wish-risk_class = i_ctlpc.
  wish-with_risk_class = ix_ctlpc.
  wish-limit = i_klimk.
  wish-with_limit = ix_klimk.
  wish-currency = i_waers.
  CREATE OBJECT gangway.
  change = gangway->credit_change( )->change( request = request wish = wish test_run = i_testrun ).
  e_repeated = change-repeated.
  et_return[] = change-messages.

ENDFUNCTION.
