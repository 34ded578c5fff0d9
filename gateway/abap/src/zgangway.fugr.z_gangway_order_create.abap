FUNCTION z_gangway_order_create.

  DATA gangway TYPE REF TO zcl_gangway.
  DATA request TYPE zcl_gangway_key_claim=>ty_request.
  DATA wish TYPE zif_gangway_order_writer=>ty_wish.
  DATA order TYPE zcl_gangway_order=>ty_result.

  CLEAR: e_vbeln, e_cmgst, e_repeated, et_return[].
  request-external_key = i_external_key.
  request-content = i_content.
  request-fence = i_fence.
  wish-header = is_header.
  wish-items = it_item[].
  wish-lines = it_schedule[].
  wish-partners = it_partner[].
  wish-texts = it_text[].
  CREATE OBJECT gangway.
  order = gangway->order( )->create( request = request wish = wish test_run = i_testrun ).
  e_vbeln = order-document.
  e_cmgst = order-credit_status.
  e_repeated = order-repeated.
  et_return[] = order-messages.

ENDFUNCTION.
