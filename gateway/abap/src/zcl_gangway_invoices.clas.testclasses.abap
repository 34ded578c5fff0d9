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

CLASS ltd_customers DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_customers.
    DATA row TYPE kna1.
    DATA company_rows TYPE zif_gangway_customers=>ty_companies.
    DATA area_rows TYPE zif_gangway_customers=>ty_sales_areas.
    DATA address_row TYPE adrc.
ENDCLASS.

CLASS ltd_customers IMPLEMENTATION.

  METHOD zif_gangway_customers~general.
    DATA message TYPE bapiret2.

    IF customer <> '0000104711'.
      message = zcl_gangway_messages=>build( id = 'F2' number = '153' v1 = customer ).
      RAISE EXCEPTION TYPE zcx_gangway_refused
        EXPORTING
          message = message.
    ENDIF.
    result = row.
  ENDMETHOD.

  METHOD zif_gangway_customers~companies.
    result = company_rows.
  ENDMETHOD.

  METHOD zif_gangway_customers~sales_areas.
    result = area_rows.
  ENDMETHOD.

  METHOD zif_gangway_customers~address.
    result = address_row.
  ENDMETHOD.

  METHOD zif_gangway_customers~email.
    result = 'old@example.com'.
  ENDMETHOD.

ENDCLASS.

CLASS ltc_invoices DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    DATA items TYPE REF TO ltd_items.

    METHODS setup.
    METHODS bill
      IMPORTING
        number    TYPE vbrk-vbeln
        date      TYPE vbrk-fkdat
        category  TYPE vbrk-vbtyp DEFAULT 'M'
        cancels   TYPE vbrk-sfakn OPTIONAL
        cancelled TYPE vbrk-fksto OPTIONAL.
    METHODS post
      IMPORTING
        document TYPE bsid-vbeln OPTIONAL
        number   TYPE bsid-belnr
        line     TYPE bsid-buzei DEFAULT '001'
        date     TYPE bsid-bldat
        amount   TYPE csequence DEFAULT '119.00'
        cleared  TYPE bsad-augdt OPTIONAL.
    METHODS read
      IMPORTING
        state         TYPE csequence DEFAULT ' '
        most          TYPE i DEFAULT 0
        before        TYPE csequence DEFAULT ''
      RETURNING
        VALUE(result) TYPE zcl_gangway_invoice_rows=>ty_invoices
      RAISING
        zcx_gangway_refused.
    METHODS paid_open_and_unposted FOR TESTING RAISING zcx_gangway_refused.
    METHODS instalments_are_one_row FOR TESTING RAISING zcx_gangway_refused.
    METHODS cancelled_pair_is_not_paid FOR TESTING RAISING zcx_gangway_refused.
    METHODS credit_memo_is_negative FOR TESTING RAISING zcx_gangway_refused.
    METHODS states_select FOR TESTING RAISING zcx_gangway_refused.
    METHODS pages_lose_nothing FOR TESTING RAISING zcx_gangway_refused.
    METHODS unknown_state_is_refused FOR TESTING.
ENDCLASS.

CLASS ltc_invoices IMPLEMENTATION.

  METHOD setup.
    CREATE OBJECT items.
  ENDMETHOD.

  METHOD bill.
    DATA document TYPE zif_gangway_items=>ty_document.

    document-vbeln = number.
    document-fkdat = date.
    document-vbtyp = category.
    document-bukrs = '1000'.
    document-waerk = 'EUR'.
    document-netwr = '100.00'.
    document-mwsbk = '19.00'.
    document-sfakn = cancels.
    document-fksto = cancelled.
    APPEND document TO items->documents.
  ENDMETHOD.

  METHOD post.
    DATA item TYPE zif_gangway_items=>ty_item.

    item-bukrs = '1000'.
    item-gjahr = '2024'.
    item-belnr = number.
    item-buzei = line.
    item-vbeln = document.
    item-bldat = date.
    item-zfbdt = date.
    item-zbd3t = 30.
    item-waers = 'EUR'.
    item-wrbtr = amount.
    item-shkzg = 'S'.
    item-blart = 'DR'.
    item-augdt = cleared.
    IF cleared IS INITIAL.
      APPEND item TO items->open_items.
    ELSEIF document IS INITIAL.
      APPEND item TO items->bills.
    ELSE.
      APPEND item TO items->cleared.
    ENDIF.
  ENDMETHOD.

  METHOD read.
    DATA currencies TYPE REF TO ltd_currencies.
    DATA authority TYPE REF TO ltd_authority.
    DATA customers TYPE REF TO ltd_customers.
    DATA amounts TYPE REF TO zcl_gangway_amounts.
    DATA receivables TYPE REF TO zcl_gangway_receivables.
    DATA rows TYPE REF TO zcl_gangway_invoice_rows.
    DATA invoices TYPE REF TO zcl_gangway_invoices.
    DATA all TYPE zcl_gangway_invoices=>ty_result.

    CREATE OBJECT currencies.
    CREATE OBJECT authority.
    CREATE OBJECT customers.
    CREATE OBJECT amounts
      EXPORTING
        currencies = currencies.
    CREATE OBJECT receivables
      EXPORTING
        items     = items
        authority = authority
        amounts   = amounts
        today     = '20240630'.
    CREATE OBJECT rows
      EXPORTING
        items       = items
        receivables = receivables
        amounts     = amounts.
    CREATE OBJECT invoices
      EXPORTING
        customers   = customers
        items       = items
        authority   = authority
        receivables = receivables
        rows        = rows.
    all = invoices->read( payer = '0000104711' state = state most = most before = before ).
    result = all-invoices.
  ENDMETHOD.

  METHOD paid_open_and_unposted.
    DATA rows TYPE zcl_gangway_invoice_rows=>ty_invoices.
    DATA row TYPE zgangway_s_invoice.

    bill( number = '0090000001' date = '20240401' ).
    post( document = '0090000001' number = '0100000001' date = '20240401' cleared = '20240510' ).
    bill( number = '0090000002' date = '20240501' ).
    post( document = '0090000002' number = '0100000002' date = '20240501' ).
    bill( number = '0090000003' date = '20240620' ).
    rows = read( ).
    cl_abap_unit_assert=>assert_equals( exp = 3 act = lines( rows ) ).
    READ TABLE rows INTO row INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = '0090000003' act = row-vbeln ).
    cl_abap_unit_assert=>assert_equals( exp = 119 act = row-open ).
    cl_abap_unit_assert=>assert_equals( exp = '20240720' act = row-faedt ).
    READ TABLE rows INTO row INDEX 2.
    cl_abap_unit_assert=>assert_equals( exp = '0100000002' act = row-belnr ).
    cl_abap_unit_assert=>assert_equals( exp = 119 act = row-open ).
    cl_abap_unit_assert=>assert_equals( exp = 30 act = row-days_overdue ).
    READ TABLE rows INTO row INDEX 3.
    cl_abap_unit_assert=>assert_initial( row-open ).
    cl_abap_unit_assert=>assert_equals( exp = '20240510' act = row-augdt ).
  ENDMETHOD.

  METHOD instalments_are_one_row.
    DATA rows TYPE zcl_gangway_invoice_rows=>ty_invoices.
    DATA row TYPE zgangway_s_invoice.

    post( number = '0100000009' line = '001' date = '20240301' amount = '50.00' cleared = '20240401' ).
    post( number = '0100000009' line = '002' date = '20240301' amount = '70.00' ).
    rows = read( ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = lines( rows ) ).
    READ TABLE rows INTO row INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = 120 act = row-amount ).
    cl_abap_unit_assert=>assert_equals( exp = 70 act = row-open ).
    cl_abap_unit_assert=>assert_equals( exp = 'DR' act = row-blart ).
    cl_abap_unit_assert=>assert_equals( exp = 'M' act = row-vbtyp ).
    cl_abap_unit_assert=>assert_initial( row-augdt ).
  ENDMETHOD.

  METHOD cancelled_pair_is_not_paid.
    DATA rows TYPE zcl_gangway_invoice_rows=>ty_invoices.
    DATA row TYPE zgangway_s_invoice.

    bill( number = '0090000001' date = '20240401' cancelled = 'X' ).
    bill( number = '0090000002' date = '20240402' category = 'N' cancels = '0090000001' ).
    rows = read( state = 'P' ).
    cl_abap_unit_assert=>assert_initial( rows ).
    rows = read( ).
    READ TABLE rows INTO row INDEX 2.
    cl_abap_unit_assert=>assert_equals( exp = '0090000002' act = row-storno ).
    cl_abap_unit_assert=>assert_initial( row-open ).
  ENDMETHOD.

  METHOD credit_memo_is_negative.
    DATA rows TYPE zcl_gangway_invoice_rows=>ty_invoices.
    DATA row TYPE zgangway_s_invoice.

    bill( number = '0090000001' date = '20240401' category = 'O' ).
    rows = read( ).
    READ TABLE rows INTO row INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = -119 act = row-amount ).
    cl_abap_unit_assert=>assert_initial( row-days_overdue ).
  ENDMETHOD.

  METHOD states_select.
    DATA rows TYPE zcl_gangway_invoice_rows=>ty_invoices.

    bill( number = '0090000001' date = '20240401' ).
    post( document = '0090000001' number = '0100000001' date = '20240401' cleared = '20240510' ).
    bill( number = '0090000002' date = '20240501' ).
    post( document = '0090000002' number = '0100000002' date = '20240501' ).
    bill( number = '0090000003' date = '20240620' ).
    rows = read( state = 'O' ).
    cl_abap_unit_assert=>assert_equals( exp = 2 act = lines( rows ) ).
    rows = read( state = 'D' ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = lines( rows ) ).
    rows = read( state = 'P' ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = lines( rows ) ).
  ENDMETHOD.

  METHOD pages_lose_nothing.
    DATA rows TYPE zcl_gangway_invoice_rows=>ty_invoices.
    DATA page TYPE zcl_gangway_invoice_rows=>ty_invoices.
    DATA row TYPE zgangway_s_invoice.
    DATA before TYPE zgangway_position.
    DATA number TYPE n LENGTH 10.

    " More documents of one day than one read takes, and a bill of accounting among them.
    DO 520 TIMES.
      number = sy-index.
      bill( number = number date = '20240401' ).
    ENDDO.
    post( number = '0000000100' date = '20240401' cleared = '20240410' ).
    DO 10 TIMES.
      page = read( most = 100 before = before ).
      APPEND LINES OF page TO rows.
      IF lines( page ) < 100.
        EXIT.
      ENDIF.
      READ TABLE page INTO row INDEX 100.
      before = zcl_gangway_invoice_rows=>position( row ).
    ENDDO.
    cl_abap_unit_assert=>assert_equals( exp = 521 act = lines( rows ) ).
    SORT rows BY vbeln gjahr.
    DELETE ADJACENT DUPLICATES FROM rows COMPARING vbeln gjahr.
    cl_abap_unit_assert=>assert_equals( exp = 521 act = lines( rows ) ).
    rows = read( ).
    cl_abap_unit_assert=>assert_equals( exp = 521 act = lines( rows ) ).
  ENDMETHOD.

  METHOD unknown_state_is_refused.
    DATA refused TYPE REF TO zcx_gangway_refused.

    TRY.
        read( state = 'Z' ).
        cl_abap_unit_assert=>fail( 'not refused' ).
      CATCH zcx_gangway_refused INTO refused.
        cl_abap_unit_assert=>assert_equals( exp = '005' act = refused->message-number ).
    ENDTRY.
  ENDMETHOD.

ENDCLASS.
