CLASS ltc_order_marks DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    DATA marks TYPE REF TO zcl_gangway_order_marks.
    DATA items TYPE zcl_gangway_order_rows=>ty_items.
    DATA schedules TYPE zcl_gangway_order_rows=>ty_schedules.

    METHODS setup.
    METHODS full_header
      RETURNING
        VALUE(result) TYPE bapisdhd1.
    METHODS full_item
      RETURNING
        VALUE(result) TYPE bapisditm.
    METHODS given_header_field_is_marked FOR TESTING.
    METHODS empty_header_field_is_not FOR TESTING.
    METHODS given_item_field_is_marked FOR TESTING.
    METHODS empty_item_field_is_not FOR TESTING.
    METHODS quantity_is_always_marked FOR TESTING.
    METHODS day_is_marked_where_given FOR TESTING.
ENDCLASS.

CLASS ltc_order_marks IMPLEMENTATION.

  METHOD setup.
    CREATE OBJECT marks.
    CLEAR: items, schedules.
  ENDMETHOD.

  METHOD full_header.
    result-doc_type = 'TA'.
    result-sales_org = '1'.
    result-distr_chan = '1'.
    result-division = '1'.
    result-purch_no_c = '1'.
    result-purch_date = '20260101'.
    result-doc_date = '20260102'.
    result-req_date_h = '20260103'.
    result-price_date = '20260104'.
    result-qt_valid_f = '20260105'.
    result-qt_valid_t = '20260106'.
    result-currency = '1'.
    result-pmnttrms = '1'.
    result-incoterms1 = '1'.
    result-incoterms2 = '1'.
    result-ship_cond = '1'.
    result-ord_reason = '1'.
    result-dlv_block = '1'.
    result-bill_block = '1'.
    result-sales_off = '1'.
    result-sales_grp = '1'.
    result-ref_doc = '1'.
    result-refdoc_cat = '1'.
  ENDMETHOD.

  METHOD full_item.
    result-itm_number = '000010'.
    result-ref_doc_ca = '1'.
    result-material = '1'.
    result-cust_mat35 = '1'.
    result-short_text = '1'.
    result-sales_unit = '1'.
    result-plant = '1'.
    result-item_categ = '1'.
    result-ref_doc = '1'.
    result-ref_doc_it = '000030'.
  ENDMETHOD.

  METHOD given_header_field_is_marked.
    DATA expected TYPE bapisdhd1x.

    expected-updateflag = 'I'.
    expected-doc_type = 'X'.
    expected-sales_org = 'X'.
    expected-distr_chan = 'X'.
    expected-division = 'X'.
    expected-purch_no_c = 'X'.
    expected-purch_date = 'X'.
    expected-doc_date = 'X'.
    expected-req_date_h = 'X'.
    expected-price_date = 'X'.
    expected-qt_valid_f = 'X'.
    expected-qt_valid_t = 'X'.
    expected-currency = 'X'.
    expected-pmnttrms = 'X'.
    expected-incoterms1 = 'X'.
    expected-incoterms2 = 'X'.
    expected-ship_cond = 'X'.
    expected-ord_reason = 'X'.
    expected-dlv_block = 'X'.
    expected-bill_block = 'X'.
    expected-sales_off = 'X'.
    expected-sales_grp = 'X'.
    expected-ref_doc = 'X'.
    expected-refdoc_cat = 'X'.
    cl_abap_unit_assert=>assert_equals( exp = expected act = marks->header( full_header( ) ) ).
  ENDMETHOD.

  METHOD empty_header_field_is_not.
    DATA header TYPE bapisdhd1.
    DATA expected TYPE bapisdhd1x.

    expected-updateflag = 'I'.
    cl_abap_unit_assert=>assert_equals( exp = expected act = marks->header( header ) ).
  ENDMETHOD.

  METHOD given_item_field_is_marked.
    DATA item TYPE bapisditm.
    DATA marked TYPE zcl_gangway_order_marks=>ty_items.
    DATA row TYPE bapisditmx.
    DATA expected TYPE bapisditmx.

    item = full_item( ).
    APPEND item TO items.
    marked = marks->items( items ).
    READ TABLE marked INTO row INDEX 1.
    expected-itm_number = '000010'.
    expected-updateflag = 'I'.
    expected-ref_doc_ca = 'X'.
    expected-material = 'X'.
    expected-cust_mat35 = 'X'.
    expected-short_text = 'X'.
    expected-sales_unit = 'X'.
    expected-plant = 'X'.
    expected-item_categ = 'X'.
    expected-ref_doc = 'X'.
    expected-ref_doc_it = 'X'.
    cl_abap_unit_assert=>assert_equals( exp = expected act = row ).
  ENDMETHOD.

  METHOD empty_item_field_is_not.
    DATA item TYPE bapisditm.
    DATA marked TYPE zcl_gangway_order_marks=>ty_items.
    DATA row TYPE bapisditmx.
    DATA expected TYPE bapisditmx.

    item = full_item( ).
    APPEND item TO items.
    CLEAR item.
    item-itm_number = '000020'.
    item-material = 'P-200'.
    APPEND item TO items.
    marked = marks->items( items ).
    " Nothing is left of the item before.
    READ TABLE marked INTO row INDEX 2.
    expected-itm_number = '000020'.
    expected-updateflag = 'I'.
    expected-material = 'X'.
    cl_abap_unit_assert=>assert_equals( exp = expected act = row ).
  ENDMETHOD.

  METHOD quantity_is_always_marked.
    DATA schedule TYPE bapischdl.
    DATA marked TYPE zcl_gangway_order_marks=>ty_schedules.
    DATA row TYPE bapischdlx.
    DATA expected TYPE bapischdlx.

    schedule-itm_number = '000010'.
    schedule-sched_line = '0003'.
    APPEND schedule TO schedules.
    marked = marks->schedules( schedules ).
    READ TABLE marked INTO row INDEX 1.
    expected-itm_number = '000010'.
    expected-sched_line = '0003'.
    expected-updateflag = 'I'.
    expected-req_qty = 'X'.
    cl_abap_unit_assert=>assert_equals( exp = expected act = row ).
  ENDMETHOD.

  METHOD day_is_marked_where_given.
    DATA schedule TYPE bapischdl.
    DATA marked TYPE zcl_gangway_order_marks=>ty_schedules.
    DATA row TYPE bapischdlx.

    schedule-req_date = '20260401'.
    APPEND schedule TO schedules.
    CLEAR schedule.
    APPEND schedule TO schedules.
    marked = marks->schedules( schedules ).
    READ TABLE marked INTO row INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = 'X' act = row-req_date ).
    READ TABLE marked INTO row INDEX 2.
    cl_abap_unit_assert=>assert_initial( act = row-req_date msg = 'a day that nobody gave' ).
  ENDMETHOD.

ENDCLASS.
