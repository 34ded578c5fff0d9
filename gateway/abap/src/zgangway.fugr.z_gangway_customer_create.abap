FUNCTION z_gangway_customer_create.

  DATA gangway TYPE REF TO zcl_gangway.
  DATA request TYPE zcl_gangway_key_claim=>ty_request.
  DATA new_customer TYPE zif_gangway_customer_writer=>ty_new_customer.
  DATA creation TYPE zcl_gangway_creation=>ty_result.

  CLEAR: e_kunnr, e_repeated, et_return[].
  request-external_key = i_external_key.
  request-content = i_content.
  request-operation = zcl_gangway_key_claim=>operation-create.
  request-fence = i_fence.
  new_customer-general = is_general.
  new_customer-company = is_company.
  new_customer-sales = is_sales.
  new_customer-partners = it_partners[].
  new_customer-taxes = it_tax[].
  CREATE OBJECT gangway.
  creation = gangway->creation( )->create( request = request new_customer = new_customer test_run = i_testrun ).
  e_kunnr = creation-customer.
  e_repeated = creation-repeated.
  et_return[] = creation-messages.

ENDFUNCTION.
