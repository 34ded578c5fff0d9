FUNCTION z_gangway_invoices_read.

  DATA gangway TYPE REF TO zcl_gangway.
  DATA invoices TYPE zcl_gangway_invoices=>ty_result.
  DATA refused TYPE REF TO zcx_gangway_refused.

  CLEAR: et_invoice[], et_receivable[], et_return[].
  CREATE OBJECT gangway.
  TRY.
      invoices = gangway->invoices( )->read( payer = i_kunnr state = i_state most = i_max before = i_before ).
    CATCH zcx_gangway_refused INTO refused.
      APPEND refused->message TO et_return.
  ENDTRY.
  et_invoice[] = invoices-invoices.
  et_receivable[] = invoices-receivables.

ENDFUNCTION.
