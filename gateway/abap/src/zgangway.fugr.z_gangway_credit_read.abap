FUNCTION z_gangway_credit_read.

  DATA gangway TYPE REF TO zcl_gangway.
  DATA credit TYPE zcl_gangway_credit=>ty_result.
  DATA refused TYPE REF TO zcx_gangway_refused.

  CLEAR: e_name, et_account[], et_shared[], et_receivable[], et_terms[], et_block[], et_return[].
  CREATE OBJECT gangway.
  TRY.
      credit = gangway->credit( )->read( i_kunnr ).
    CATCH zcx_gangway_refused INTO refused.
      APPEND refused->message TO et_return.
  ENDTRY.
  e_name = credit-name.
  et_account[] = credit-accounts.
  et_shared[] = credit-shared.
  et_receivable[] = credit-receivables.
  et_terms[] = credit-terms.
  et_block[] = credit-blocks.

ENDFUNCTION.
