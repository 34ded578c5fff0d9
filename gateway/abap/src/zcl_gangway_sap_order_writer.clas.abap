"! Quotations and orders through SAP's own functions, which check, price and determine as VA21 and VA01 do.
CLASS zcl_gangway_sap_order_writer DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    INTERFACES zif_gangway_order_writer.
ENDCLASS.



CLASS zcl_gangway_sap_order_writer IMPLEMENTATION.

  METHOD zif_gangway_order_writer~create.
    DATA rows TYPE REF TO zcl_gangway_order_rows.
    DATA marks TYPE REF TO zcl_gangway_order_marks.
    DATA header TYPE bapisdhd1.
    DATA headerx TYPE bapisdhd1x.
    DATA items TYPE zcl_gangway_order_rows=>ty_items.
    DATA itemsx TYPE zcl_gangway_order_marks=>ty_items.
    DATA schedules TYPE zcl_gangway_order_rows=>ty_schedules.
    DATA schedulesx TYPE zcl_gangway_order_marks=>ty_schedules.
    DATA partners TYPE zcl_gangway_order_rows=>ty_partners.
    DATA texts TYPE zcl_gangway_order_rows=>ty_texts.

    CREATE OBJECT rows.
    CREATE OBJECT marks.
    header = rows->header( wish-header ).
    headerx = marks->header( header ).
    items = rows->items( wish ).
    itemsx = marks->items( items ).
    schedules = rows->schedules( wish ).
    schedulesx = marks->schedules( schedules ).
    partners = rows->partners( wish ).
    texts = rows->texts( wish ).
    " Internal keys: CONVERT stays empty.
    CASE wish-header-vbtyp.
      WHEN zif_gangway_order_writer=>category-quotation.
        CALL FUNCTION 'BAPI_QUOTATION_CREATEFROMDATA2'
          EXPORTING
            quotation_header_in     = header
            quotation_header_inx    = headerx
            testrun                 = test_run
          IMPORTING
            salesdocument           = result-document
          TABLES
            return                  = result-messages
            quotation_items_in      = items
            quotation_items_inx     = itemsx
            quotation_partners      = partners
            quotation_schedules_in  = schedules
            quotation_schedules_inx = schedulesx
            quotation_text          = texts.
      WHEN zif_gangway_order_writer=>category-order.
        CALL FUNCTION 'BAPI_SALESORDER_CREATEFROMDAT2'
          EXPORTING
            order_header_in         = header
            order_header_inx        = headerx
            testrun                 = test_run
          IMPORTING
            salesdocument           = result-document
          TABLES
            return                  = result-messages
            order_items_in          = items
            order_items_inx         = itemsx
            order_partners          = partners
            order_schedules_in      = schedules
            order_schedules_inx     = schedulesx
            order_text              = texts.
    ENDCASE.
  ENDMETHOD.


  METHOD zif_gangway_order_writer~credit_status.
    SELECT SINGLE cmgst FROM vbuk INTO result WHERE vbeln = document.
  ENDMETHOD.

ENDCLASS.
