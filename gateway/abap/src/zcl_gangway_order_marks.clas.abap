"! Which fields of a quotation or order are given: SAP takes only what is marked, and determines what is not.
CLASS zcl_gangway_order_marks DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    TYPES ty_items TYPE STANDARD TABLE OF bapisditmx WITH DEFAULT KEY.
    TYPES ty_schedules TYPE STANDARD TABLE OF bapischdlx WITH DEFAULT KEY.

    METHODS header
      IMPORTING
        header        TYPE bapisdhd1
      RETURNING
        VALUE(result) TYPE bapisdhd1x.
    METHODS items
      IMPORTING
        items         TYPE zcl_gangway_order_rows=>ty_items
      RETURNING
        VALUE(result) TYPE ty_items.
    METHODS schedules
      IMPORTING
        schedules     TYPE zcl_gangway_order_rows=>ty_schedules
      RETURNING
        VALUE(result) TYPE ty_schedules.

  PRIVATE SECTION.
    "! A row that is to be inserted.
    CONSTANTS insert TYPE c LENGTH 1 VALUE 'I'.

    METHODS mark
      IMPORTING
        value         TYPE clike
      RETURNING
        VALUE(result) TYPE char1.
ENDCLASS.



CLASS zcl_gangway_order_marks IMPLEMENTATION.

  METHOD header.
    result-updateflag = insert.
    result-doc_type = mark( header-doc_type ).
    result-sales_org = mark( header-sales_org ).
    result-distr_chan = mark( header-distr_chan ).
    result-division = mark( header-division ).
    result-purch_no_c = mark( header-purch_no_c ).
    result-purch_date = mark( header-purch_date ).
    result-doc_date = mark( header-doc_date ).
    result-req_date_h = mark( header-req_date_h ).
    result-price_date = mark( header-price_date ).
    result-qt_valid_f = mark( header-qt_valid_f ).
    result-qt_valid_t = mark( header-qt_valid_t ).
    result-currency = mark( header-currency ).
    result-pmnttrms = mark( header-pmnttrms ).
    result-incoterms1 = mark( header-incoterms1 ).
    result-incoterms2 = mark( header-incoterms2 ).
    result-ship_cond = mark( header-ship_cond ).
    result-ord_reason = mark( header-ord_reason ).
    result-dlv_block = mark( header-dlv_block ).
    result-bill_block = mark( header-bill_block ).
    result-sales_off = mark( header-sales_off ).
    result-sales_grp = mark( header-sales_grp ).
    result-ref_doc = mark( header-ref_doc ).
    result-refdoc_cat = mark( header-refdoc_cat ).
  ENDMETHOD.


  METHOD items.
    DATA item TYPE bapisditm.
    DATA row TYPE bapisditmx.

    LOOP AT items INTO item.
      row-itm_number = item-itm_number.
      row-updateflag = insert.
      row-material = mark( item-material ).
      row-cust_mat35 = mark( item-cust_mat35 ).
      row-short_text = mark( item-short_text ).
      row-sales_unit = mark( item-sales_unit ).
      row-plant = mark( item-plant ).
      row-item_categ = mark( item-item_categ ).
      row-ref_doc = mark( item-ref_doc ).
      row-ref_doc_it = mark( item-ref_doc_it ).
      row-ref_doc_ca = mark( item-ref_doc_ca ).
      APPEND row TO result.
    ENDLOOP.
  ENDMETHOD.


  METHOD schedules.
    DATA schedule TYPE bapischdl.
    DATA row TYPE bapischdlx.

    LOOP AT schedules INTO schedule.
      row-itm_number = schedule-itm_number.
      row-sched_line = schedule-sched_line.
      row-updateflag = insert.
      row-req_date = mark( schedule-req_date ).
      row-req_qty = 'X'.
      APPEND row TO result.
    ENDLOOP.
  ENDMETHOD.


  METHOD mark.
    IF value IS NOT INITIAL.
      result = 'X'.
    ENDIF.
  ENDMETHOD.

ENDCLASS.
