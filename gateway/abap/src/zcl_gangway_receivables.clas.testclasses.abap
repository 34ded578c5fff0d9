CLASS ltd_currencies DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_currencies.
ENDCLASS.

CLASS ltd_currencies IMPLEMENTATION.

  METHOD zif_gangway_currencies~decimals.
    result = 2.
  ENDMETHOD.

ENDCLASS.

CLASS ltd_authority DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_authority.
    DATA refused TYPE string.
    DATA asked TYPE i.
  PRIVATE SECTION.
    METHODS refuse
      RAISING
        zcx_gangway_refused.
ENDCLASS.

CLASS ltd_authority IMPLEMENTATION.

  METHOD zif_gangway_authority~check_general.
    asked = asked + 1.
    IF refused = 'check_general'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_authority~check_account_group.
    asked = asked + 1.
    IF refused = 'check_account_group'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_authority~check_company.
    asked = asked + 1.
    IF refused = 'check_company'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_authority~check_sales_area.
    asked = asked + 1.
    IF refused = 'check_sales_area'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_authority~check_credit_area.
    asked = asked + 1.
    IF refused = 'check_credit_area'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_authority~check_items.
    asked = asked + 1.
    IF refused = 'check_items'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_authority~check_billing.
    asked = asked + 1.
    IF refused = 'check_billing'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD refuse.
    DATA message TYPE bapiret2.

    message = zcl_gangway_messages=>build( number = '009' v1 = refused ).
    RAISE EXCEPTION TYPE zcx_gangway_refused
      EXPORTING
        message = message.
  ENDMETHOD.

ENDCLASS.

CLASS ltd_items DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_items.
    DATA open_items TYPE zif_gangway_items=>ty_items.
    DATA cleared TYPE zif_gangway_items=>ty_items.
    DATA bills TYPE zif_gangway_items=>ty_items.
    DATA documents TYPE zif_gangway_items=>ty_documents.
ENDCLASS.

CLASS ltd_items IMPLEMENTATION.

  METHOD zif_gangway_items~open_items.
    result = open_items.
  ENDMETHOD.

  METHOD zif_gangway_items~documents_from.
    DATA document TYPE zif_gangway_items=>ty_document.

    SORT documents BY fkdat DESCENDING vbeln DESCENDING.
    LOOP AT documents INTO document.
      IF document-fkdat > billing_date OR ( document-fkdat = billing_date AND document-vbeln > number ).
        CONTINUE.
      ENDIF.
      APPEND document TO result.
      IF lines( result ) = most.
        RETURN.
      ENDIF.
    ENDLOOP.
  ENDMETHOD.

  METHOD zif_gangway_items~cleared_items_of.
    result = cleared.
  ENDMETHOD.

  METHOD zif_gangway_items~cleared_bills.
    DATA item TYPE zif_gangway_items=>ty_item.

    LOOP AT bills INTO item WHERE bldat >= first_day AND bldat <= last_day.
      APPEND item TO result.
    ENDLOOP.
  ENDMETHOD.

  METHOD zif_gangway_items~without_document.
    result = customer_items.
    DELETE result WHERE vbeln IS NOT INITIAL.
  ENDMETHOD.

  METHOD zif_gangway_items~cancellations_of.
    DATA document TYPE zif_gangway_items=>ty_document.
    DATA row TYPE zif_gangway_items=>ty_cancellation.

    LOOP AT me->documents INTO document WHERE sfakn IS NOT INITIAL.
      row-vbeln = document-vbeln.
      row-sfakn = document-sfakn.
      APPEND row TO result.
    ENDLOOP.
  ENDMETHOD.

  METHOD zif_gangway_items~net_due_date.
    result = item-zfbdt.
    IF result IS NOT INITIAL.
      result = result + item-zbd3t.
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_items~terms_days.
    result = 30.
  ENDMETHOD.

ENDCLASS.

CLASS ltc_receivables DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    DATA items TYPE REF TO ltd_items.
    DATA authority TYPE REF TO ltd_authority.

    METHODS setup.
    METHODS add
      IMPORTING
        due    TYPE sy-datum
        amount TYPE csequence
        side   TYPE bsid-shkzg.
    METHODS age
      RETURNING
        VALUE(result) TYPE zgangway_s_receivable
      RAISING
        zcx_gangway_refused.
    METHODS every_age_has_its_bucket FOR TESTING RAISING zcx_gangway_refused.
    METHODS due_today_is_not_overdue FOR TESTING RAISING zcx_gangway_refused.
    METHODS credits_count_negative FOR TESTING RAISING zcx_gangway_refused.
    METHODS item_without_due_date_is_open FOR TESTING RAISING zcx_gangway_refused.
    METHODS company_without_right_refuses FOR TESTING.
ENDCLASS.

CLASS ltc_receivables IMPLEMENTATION.

  METHOD setup.
    CREATE OBJECT items.
    CREATE OBJECT authority.
  ENDMETHOD.

  METHOD add.
    DATA item TYPE zif_gangway_items=>ty_item.

    item-bukrs = '1000'.
    item-waers = 'EUR'.
    item-zfbdt = due.
    item-wrbtr = amount.
    item-shkzg = side.
    APPEND item TO items->open_items.
  ENDMETHOD.

  METHOD age.
    DATA currencies TYPE REF TO ltd_currencies.
    DATA amounts TYPE REF TO zcl_gangway_amounts.
    DATA receivables TYPE REF TO zcl_gangway_receivables.
    DATA rows TYPE zcl_gangway_receivables=>ty_receivables.

    CREATE OBJECT currencies.
    CREATE OBJECT amounts
      EXPORTING
        currencies = currencies.
    CREATE OBJECT receivables
      EXPORTING
        items     = items
        authority = authority
        amounts   = amounts
        today     = '20240630'.
    rows = receivables->of_customer( '0000104711' ).
    READ TABLE rows INTO result INDEX 1.
  ENDMETHOD.

  METHOD every_age_has_its_bucket.
    DATA row TYPE zgangway_s_receivable.

    add( due = '20240705' amount = '1.00' side = 'S' ).
    add( due = '20240531' amount = '2.00' side = 'S' ).
    add( due = '20240501' amount = '4.00' side = 'S' ).
    add( due = '20240401' amount = '8.00' side = 'S' ).
    add( due = '20240331' amount = '16.00' side = 'S' ).
    row = age( ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = row-not_due ).
    cl_abap_unit_assert=>assert_equals( exp = 2 act = row-days_1_30 ).
    cl_abap_unit_assert=>assert_equals( exp = 4 act = row-days_31_60 ).
    cl_abap_unit_assert=>assert_equals( exp = 8 act = row-days_61_90 ).
    cl_abap_unit_assert=>assert_equals( exp = 16 act = row-days_over_90 ).
    cl_abap_unit_assert=>assert_equals( exp = 30 act = row-overdue ).
    cl_abap_unit_assert=>assert_equals( exp = 91 act = row-oldest_days ).
  ENDMETHOD.

  METHOD due_today_is_not_overdue.
    DATA row TYPE zgangway_s_receivable.

    add( due = '20240630' amount = '5.00' side = 'S' ).
    row = age( ).
    cl_abap_unit_assert=>assert_equals( exp = 5 act = row-not_due ).
    cl_abap_unit_assert=>assert_initial( row-oldest_days ).
  ENDMETHOD.

  METHOD credits_count_negative.
    DATA row TYPE zgangway_s_receivable.

    add( due = '20240101' amount = '5.00' side = 'H' ).
    row = age( ).
    cl_abap_unit_assert=>assert_equals( exp = -5 act = row-days_over_90 ).
    cl_abap_unit_assert=>assert_initial( row-oldest_days ).
  ENDMETHOD.

  METHOD item_without_due_date_is_open.
    DATA row TYPE zgangway_s_receivable.
    DATA never TYPE sy-datum.

    add( due = never amount = '5.00' side = 'S' ).
    row = age( ).
    cl_abap_unit_assert=>assert_equals( exp = 5 act = row-not_due ).
  ENDMETHOD.

  METHOD company_without_right_refuses.
    DATA refused TYPE REF TO zcx_gangway_refused.

    authority->refused = 'check_items'.
    add( due = '20240101' amount = '5.00' side = 'S' ).
    TRY.
        age( ).
        cl_abap_unit_assert=>fail( 'not refused' ).
      CATCH zcx_gangway_refused INTO refused.
        cl_abap_unit_assert=>assert_equals( exp = '009' act = refused->message-number ).
    ENDTRY.
  ENDMETHOD.

ENDCLASS.
