"! Rows of ET_INVOICE from billing documents, and from bills that only accounting has.
CLASS zcl_gangway_invoice_rows DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    TYPES ty_invoices TYPE STANDARD TABLE OF zgangway_s_invoice WITH DEFAULT KEY.

    METHODS constructor
      IMPORTING
        items       TYPE REF TO zif_gangway_items
        receivables TYPE REF TO zcl_gangway_receivables
        amounts     TYPE REF TO zcl_gangway_amounts.
    METHODS of_documents
      IMPORTING
        payer         TYPE kna1-kunnr
        documents     TYPE zif_gangway_items=>ty_documents
        open_items    TYPE zif_gangway_items=>ty_items
      RETURNING
        VALUE(result) TYPE ty_invoices.
    "! One row per accounting document, also where it is due in instalments.
    METHODS of_items
      IMPORTING
        accounting_items TYPE zif_gangway_items=>ty_items
      RETURNING
        VALUE(result)    TYPE ty_invoices.
    "! The place of a row in the order newest first; unique, and what I_BEFORE carries.
    CLASS-METHODS position
      IMPORTING
        row           TYPE zgangway_s_invoice
      RETURNING
        VALUE(result) TYPE zgangway_position.

  PRIVATE SECTION.
    DATA items TYPE REF TO zif_gangway_items.
    DATA receivables TYPE REF TO zcl_gangway_receivables.
    DATA amounts TYPE REF TO zcl_gangway_amounts.

    METHODS cancellations
      IMPORTING
        payer         TYPE kna1-kunnr
        documents     TYPE zif_gangway_items=>ty_documents
      RETURNING
        VALUE(result) TYPE zif_gangway_items=>ty_cancellations.
    METHODS header
      IMPORTING
        document      TYPE zif_gangway_items=>ty_document
      RETURNING
        VALUE(result) TYPE zgangway_s_invoice.
    METHODS of_document_items
      IMPORTING
        own_items     TYPE zif_gangway_items=>ty_items
      RETURNING
        VALUE(result) TYPE zgangway_s_invoice.
    METHODS items_of
      IMPORTING
        document      TYPE vbrk-vbeln
        all_items     TYPE zif_gangway_items=>ty_items
      RETURNING
        VALUE(result) TYPE zif_gangway_items=>ty_items.
    "! Open amount, due date, clearing date and days overdue from the items of one document.
    METHODS settle
      IMPORTING
        own_items TYPE zif_gangway_items=>ty_items
      CHANGING
        row       TYPE zgangway_s_invoice.
    METHODS add_unposted
      IMPORTING
        document TYPE zif_gangway_items=>ty_document
      CHANGING
        row      TYPE zgangway_s_invoice.
    METHODS is_credit
      IMPORTING
        category      TYPE vbrk-vbtyp
      RETURNING
        VALUE(result) TYPE abap_bool.
    METHODS category_of
      IMPORTING
        document_type TYPE bsid-blart
      RETURNING
        VALUE(result) TYPE zgangway_s_invoice-vbtyp.
ENDCLASS.



CLASS zcl_gangway_invoice_rows IMPLEMENTATION.

  METHOD constructor.
    me->items = items.
    me->receivables = receivables.
    me->amounts = amounts.
  ENDMETHOD.


  METHOD of_documents.
    DATA document TYPE zif_gangway_items=>ty_document.
    DATA all_items TYPE zif_gangway_items=>ty_items.
    DATA own_items TYPE zif_gangway_items=>ty_items.
    DATA pairs TYPE zif_gangway_items=>ty_cancellations.
    DATA pair TYPE zif_gangway_items=>ty_cancellation.
    DATA row TYPE zgangway_s_invoice.

    all_items = items->cleared_items_of( payer = payer documents = documents ).
    APPEND LINES OF open_items TO all_items.
    pairs = cancellations( payer = payer documents = documents ).
    LOOP AT documents INTO document.
      row = header( document ).
      READ TABLE pairs INTO pair WITH KEY sfakn = document-vbeln.
      IF sy-subrc = 0.
        row-storno = pair-vbeln.
      ENDIF.
      own_items = items_of( document = document-vbeln all_items = all_items ).
      IF own_items IS INITIAL.
        add_unposted( EXPORTING document = document CHANGING row = row ).
      ELSE.
        settle( EXPORTING own_items = own_items CHANGING row = row ).
      ENDIF.
      APPEND row TO result.
    ENDLOOP.
  ENDMETHOD.


  METHOD of_items.
    DATA sorted TYPE zif_gangway_items=>ty_items.
    DATA own_items TYPE zif_gangway_items=>ty_items.
    DATA item TYPE zif_gangway_items=>ty_item.
    DATA last TYPE zif_gangway_items=>ty_item.
    DATA row TYPE zgangway_s_invoice.

    sorted = accounting_items.
    SORT sorted BY bukrs belnr gjahr buzei.
    LOOP AT sorted INTO item.
      IF item-bukrs <> last-bukrs OR item-belnr <> last-belnr OR item-gjahr <> last-gjahr.
        row = of_document_items( own_items ).
        APPEND row TO result.
        CLEAR own_items.
        last = item.
      ENDIF.
      APPEND item TO own_items.
    ENDLOOP.
    row = of_document_items( own_items ).
    APPEND row TO result.
    " What stands before the first change of documents belongs to none.
    DELETE result WHERE belnr IS INITIAL.
  ENDMETHOD.


  METHOD of_document_items.
    DATA item TYPE zif_gangway_items=>ty_item.

    LOOP AT own_items INTO item.
      result-amount = result-amount + receivables->signed_amount( item ).
    ENDLOOP.
    result-vbeln = item-belnr.
    result-bukrs = item-bukrs.
    result-vbtyp = category_of( item-blart ).
    result-blart = item-blart.
    result-fkdat = item-bldat.
    result-waers = item-waers.
    settle( EXPORTING own_items = own_items CHANGING row = result ).
  ENDMETHOD.


  METHOD position.
    CONCATENATE row-fkdat row-vbeln row-bukrs row-gjahr INTO result RESPECTING BLANKS.
  ENDMETHOD.


  METHOD cancellations.
    DATA cancelled TYPE zif_gangway_items=>ty_documents.

    " VBRK has no index on SFAKN, so only the documents that say they are cancelled are looked for.
    cancelled = documents.
    DELETE cancelled WHERE fksto = space.
    result = items->cancellations_of( payer = payer documents = cancelled ).
  ENDMETHOD.


  METHOD header.
    DATA gross TYPE vbrk-netwr.

    gross = document-netwr + document-mwsbk.
    result-vbeln = document-vbeln.
    result-bukrs = document-bukrs.
    result-belnr = document-belnr.
    result-gjahr = document-gjahr.
    result-vbtyp = document-vbtyp.
    result-fkdat = document-fkdat.
    result-waers = document-waerk.
    result-amount = amounts->real( stored = gross currency = document-waerk ).
    IF is_credit( document-vbtyp ) = abap_true.
      result-amount = 0 - result-amount.
    ENDIF.
    result-sfakn = document-sfakn.
  ENDMETHOD.


  METHOD items_of.
    DATA item TYPE zif_gangway_items=>ty_item.

    LOOP AT all_items INTO item WHERE vbeln = document.
      APPEND item TO result.
    ENDLOOP.
  ENDMETHOD.


  METHOD settle.
    DATA open_items TYPE zif_gangway_items=>ty_items.
    DATA item TYPE zif_gangway_items=>ty_item.
    DATA due TYPE sy-datum.
    DATA days TYPE i.

    READ TABLE own_items INTO item INDEX 1.
    row-belnr = item-belnr.
    row-gjahr = item-gjahr.
    open_items = own_items.
    DELETE open_items WHERE augdt IS NOT INITIAL.
    LOOP AT open_items INTO item.
      row-open = row-open + receivables->signed_amount( item ).
      days = receivables->days_overdue( item ).
      IF item-shkzg <> 'H' AND days > row-days_overdue.
        row-days_overdue = days.
      ENDIF.
    ENDLOOP.
    IF row-open <= 0.
      row-days_overdue = 0.
    ENDIF.
    " Of several instalments the next one that is open; of a settled document the first one.
    IF open_items IS INITIAL.
      open_items = own_items.
    ENDIF.
    LOOP AT open_items INTO item.
      due = items->net_due_date( item ).
      IF row-faedt IS INITIAL OR ( due IS NOT INITIAL AND due < row-faedt ).
        row-faedt = due.
      ENDIF.
      " While anything is open the clearing date of these items is initial, and so it stays in the row.
      IF item-augdt > row-augdt.
        row-augdt = item-augdt.
      ENDIF.
    ENDLOOP.
  ENDMETHOD.


  METHOD add_unposted.
    DATA item TYPE zif_gangway_items=>ty_item.

    item-zfbdt = document-fkdat.
    item-zbd3t = items->terms_days( document-zterm ).
    item-shkzg = 'S'.
    IF is_credit( document-vbtyp ) = abap_true.
      item-shkzg = 'H'.
    ENDIF.
    row-faedt = items->net_due_date( item ).
    " Posted and archived (C), not for accounting (D) or cancelled before (E): nothing is owed for it.
    IF document-rfbsk CA 'CDE' OR document-fksto IS NOT INITIAL OR document-sfakn IS NOT INITIAL.
      RETURN.
    ENDIF.
    row-open = row-amount.
  ENDMETHOD.


  METHOD is_credit.
    result = boolc( category = 'O' OR category = 'N' ).
  ENDMETHOD.


  METHOD category_of.
    " SAP's delivered document types; anything else is shown without a category.
    CASE document_type.
      WHEN 'DR' OR 'RV'.
        result = 'M'.
      WHEN 'DG'.
        result = 'O'.
    ENDCASE.
  ENDMETHOD.

ENDCLASS.
