"! What a payer was billed and what is unpaid, newest first.
CLASS zcl_gangway_invoices DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    TYPES: BEGIN OF ty_result,
             invoices    TYPE zcl_gangway_invoice_rows=>ty_invoices,
             receivables TYPE zcl_gangway_receivables=>ty_receivables,
           END OF ty_result.

    METHODS constructor
      IMPORTING
        customers   TYPE REF TO zif_gangway_customers
        items       TYPE REF TO zif_gangway_items
        authority   TYPE REF TO zif_gangway_authority
        receivables TYPE REF TO zcl_gangway_receivables
        rows        TYPE REF TO zcl_gangway_invoice_rows.
    METHODS read
      IMPORTING
        payer         TYPE kna1-kunnr
        state         TYPE csequence
        most          TYPE i
        before        TYPE csequence
      RETURNING
        VALUE(result) TYPE ty_result
      RAISING
        zcx_gangway_refused.

  PRIVATE SECTION.
    "! Billing documents of one read: enough for a page of a panel with a filter, little to hold in memory.
    CONSTANTS page_size TYPE i VALUE 500.

    DATA customers TYPE REF TO zif_gangway_customers.
    DATA items TYPE REF TO zif_gangway_items.
    DATA authority TYPE REF TO zif_gangway_authority.
    DATA receivables TYPE REF TO zcl_gangway_receivables.
    DATA rows TYPE REF TO zcl_gangway_invoice_rows.

    METHODS check_state
      IMPORTING
        state TYPE csequence
      RAISING
        zcx_gangway_refused.
    METHODS start
      IMPORTING
        before        TYPE csequence
      RETURNING
        VALUE(result) TYPE zgangway_position.
    METHODS documents_after
      IMPORTING
        payer         TYPE kna1-kunnr
        position      TYPE zgangway_position
      RETURNING
        VALUE(result) TYPE zif_gangway_items=>ty_documents.
    METHODS check_documents
      IMPORTING
        documents TYPE zif_gangway_items=>ty_documents
      RAISING
        zcx_gangway_refused.
    "! Where a page of billing documents ends; bills of accounting are merged in down to there.
    METHODS end_of
      IMPORTING
        documents     TYPE zif_gangway_items=>ty_documents
      RETURNING
        VALUE(result) TYPE zgangway_position.
    METHODS accounting_rows
      IMPORTING
        payer         TYPE kna1-kunnr
        open_items    TYPE zif_gangway_items=>ty_items
        after         TYPE zgangway_position
        until         TYPE zgangway_position
      RETURNING
        VALUE(result) TYPE zcl_gangway_invoice_rows=>ty_invoices
      RAISING
        zcx_gangway_refused.
    METHODS is_wanted
      IMPORTING
        row           TYPE zgangway_s_invoice
        state         TYPE csequence
      RETURNING
        VALUE(result) TYPE abap_bool.
ENDCLASS.



CLASS zcl_gangway_invoices IMPLEMENTATION.

  METHOD constructor.
    me->customers = customers.
    me->items = items.
    me->authority = authority.
    me->receivables = receivables.
    me->rows = rows.
  ENDMETHOD.


  METHOD read.
    DATA open_items TYPE zif_gangway_items=>ty_items.
    DATA unbilled TYPE zif_gangway_items=>ty_items.
    DATA documents TYPE zif_gangway_items=>ty_documents.
    DATA after TYPE zgangway_position.
    DATA until TYPE zgangway_position.
    DATA page TYPE zcl_gangway_invoice_rows=>ty_invoices.
    DATA bills TYPE zcl_gangway_invoice_rows=>ty_invoices.
    DATA row TYPE zgangway_s_invoice.

    check_state( state ).
    authority->check_general( zif_gangway_authority=>activity-read ).
    customers->general( payer ).
    open_items = items->open_items( payer ).
    unbilled = items->without_document( payer = payer customer_items = open_items ).
    result-receivables = receivables->of_items( open_items ).

    after = start( before ).
    DO.
      documents = documents_after( payer = payer position = after ).
      check_documents( documents ).
      until = end_of( documents ).
      page = rows->of_documents( payer = payer documents = documents open_items = open_items ).
      bills = accounting_rows( payer = payer open_items = unbilled after = after until = until ).
      APPEND LINES OF bills TO page.
      SORT page BY fkdat DESCENDING vbeln DESCENDING bukrs DESCENDING gjahr DESCENDING.
      LOOP AT page INTO row.
        " A page begins with the document the one before ended with.
        IF zcl_gangway_invoice_rows=>position( row ) >= after OR is_wanted( row = row state = state ) = abap_false.
          CONTINUE.
        ENDIF.
        APPEND row TO result-invoices.
        IF most > 0 AND lines( result-invoices ) >= most.
          RETURN.
        ENDIF.
      ENDLOOP.
      IF until IS INITIAL.
        RETURN.
      ENDIF.
      after = until.
    ENDDO.
  ENDMETHOD.


  METHOD check_state.
    DATA refusal TYPE bapiret2.

    IF state CA 'ODP' OR state IS INITIAL.
      RETURN.
    ENDIF.
    refusal = zcl_gangway_messages=>build( number = '005' v1 = 'I_STATE' v2 = state parameter = 'I_STATE' ).
    RAISE EXCEPTION TYPE zcx_gangway_refused
      EXPORTING
        message = refusal.
  ENDMETHOD.


  METHOD start.
    " Higher than any date SAP takes: everything comes after it.
    result = '99999999'.
    IF before IS NOT INITIAL.
      result = before.
    ENDIF.
  ENDMETHOD.


  METHOD documents_after.
    DATA billing_date TYPE vbrk-fkdat.
    DATA number TYPE vbrk-vbeln.

    billing_date = position(8).
    number = position+8(10).
    result = items->documents_from( payer = payer billing_date = billing_date number = number most = page_size ).
  ENDMETHOD.


  METHOD check_documents.
    DATA document TYPE zif_gangway_items=>ty_document.

    LOOP AT documents INTO document.
      authority->check_billing( billing_type = document-fkart vkorg = document-vkorg ).
    ENDLOOP.
  ENDMETHOD.


  METHOD end_of.
    DATA last TYPE zif_gangway_items=>ty_document.
    DATA row TYPE zgangway_s_invoice.

    " A page that is not full is the last one: everything older belongs to it.
    IF lines( documents ) < page_size.
      RETURN.
    ENDIF.
    READ TABLE documents INTO last INDEX lines( documents ).
    row-fkdat = last-fkdat.
    row-vbeln = last-vbeln.
    result = zcl_gangway_invoice_rows=>position( row ).
  ENDMETHOD.


  METHOD accounting_rows.
    DATA item TYPE zif_gangway_items=>ty_item.
    DATA bills TYPE zif_gangway_items=>ty_items.
    DATA row TYPE zgangway_s_invoice.
    DATA found TYPE zcl_gangway_invoice_rows=>ty_invoices.
    DATA position TYPE zgangway_position.
    DATA first_day TYPE bsad-bldat.
    DATA last_day TYPE bsad-bldat.

    IF until IS NOT INITIAL.
      first_day = until(8).
    ENDIF.
    last_day = after(8).
    bills = items->cleared_bills( customer = payer first_day = first_day last_day = last_day ).
    LOOP AT bills INTO item.
      authority->check_items( item-bukrs ).
    ENDLOOP.
    APPEND LINES OF open_items TO bills.
    found = rows->of_items( bills ).
    LOOP AT found INTO row.
      position = zcl_gangway_invoice_rows=>position( row ).
      IF position < after AND position >= until.
        APPEND row TO result.
      ENDIF.
    ENDLOOP.
  ENDMETHOD.


  METHOD is_wanted.
    CASE state.
      WHEN 'O'.
        result = boolc( row-open <> 0 ).
      WHEN 'D'.
        result = boolc( row-open > 0 AND row-days_overdue > 0 ).
      WHEN 'P'.
        " A cancelled pair is settled, but nobody paid it.
        result = boolc( row-open = 0 AND row-sfakn IS INITIAL AND row-storno IS INITIAL ).
      WHEN OTHERS.
        result = abap_true.
    ENDCASE.
  ENDMETHOD.

ENDCLASS.
