FUNCTION z_gangway_contact_save.

  DATA gangway TYPE REF TO zcl_gangway.
  DATA request TYPE zcl_gangway_key_claim=>ty_request.
  DATA wish TYPE zcl_gangway_contact=>ty_wish.
  DATA contact TYPE zcl_gangway_contact=>ty_result.

  CLEAR: e_parnr, e_repeated, et_return[].
  request-external_key = i_external_key.
  request-content = i_content.
  request-operation = zcl_gangway_key_claim=>operation-contact.
  request-fence = i_fence.
  wish-customer = i_kunnr.
  wish-contact = i_parnr.
  wish-fields-values = is_contact.
  wish-fields-marks = isx_contact.
  CREATE OBJECT gangway.
  contact = gangway->contact( )->save( request = request wish = wish test_run = i_testrun ).
  e_parnr = contact-contact.
  e_repeated = contact-repeated.
  et_return[] = contact-messages.

ENDFUNCTION.
