CLASS ltc_order_rows DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    DATA rows TYPE REF TO zcl_gangway_order_rows.
    DATA wish TYPE zif_gangway_order_writer=>ty_wish.

    METHODS setup.
    METHODS add_line
      IMPORTING
        item   TYPE zgangway_s_order_line-posnr
        number TYPE zgangway_s_order_line-etenr DEFAULT '0000'
        day    TYPE d OPTIONAL.
    METHODS fill_header.
    METHODS every_header_field_arrives FOR TESTING.
    METHODS full_item
      RETURNING
        VALUE(result) TYPE zgangway_s_order_item.
    METHODS every_item_field_arrives FOR TESTING.
    METHODS item_without_predecessor FOR TESTING.
    METHODS lines_are_counted_by_item FOR TESTING.
    METHODS counting_goes_on_behind_given FOR TESTING.
    METHODS line_takes_day_of_the_header FOR TESTING.
    METHODS quantity_keeps_its_decimals FOR TESTING.
    METHODS sold_to_comes_first FOR TESTING.
    METHODS text_lines_keep_their_order FOR TESTING.
ENDCLASS.

CLASS ltc_order_rows IMPLEMENTATION.

  METHOD setup.
    CREATE OBJECT rows.
    CLEAR wish.
  ENDMETHOD.

  METHOD add_line.
    DATA line TYPE zgangway_s_order_line.

    line-posnr = item.
    line-etenr = number.
    line-edatu = day.
    line-wmeng = '1.500'.
    APPEND line TO wish-lines.
  ENDMETHOD.

  METHOD fill_header.
    wish-header-auart = 'TA'.
    wish-header-vkorg = '1000'.
    wish-header-vtweg = '10'.
    wish-header-spart = '01'.
    wish-header-bstkd = 'PO 4711'.
    wish-header-bstdk = '20260101'.
    wish-header-audat = '20260102'.
    wish-header-vdatu = '20260103'.
    wish-header-prsdt = '20260104'.
    wish-header-angdt = '20260105'.
    wish-header-bnddt = '20260106'.
    wish-header-waerk = 'KWD'.
    wish-header-zterm = 'Z030'.
    wish-header-inco1 = 'FCA'.
    wish-header-inco2 = 'Hamburg'.
    wish-header-vsbed = '02'.
    wish-header-augru = '003'.
    wish-header-lifsk = '04'.
    wish-header-faksk = '05'.
    wish-header-vkbur = 'B001'.
    wish-header-vkgrp = 'G01'.
    wish-header-vgbel = '0020000001'.
    wish-header-vgtyp = 'B'.
  ENDMETHOD.

  METHOD every_header_field_arrives.
    DATA header TYPE bapisdhd1.

    fill_header( ).
    header = rows->header( wish-header ).
    cl_abap_unit_assert=>assert_equals( exp = 'TA' act = header-doc_type ).
    cl_abap_unit_assert=>assert_equals( exp = '1000' act = header-sales_org ).
    cl_abap_unit_assert=>assert_equals( exp = '10' act = header-distr_chan ).
    cl_abap_unit_assert=>assert_equals( exp = '01' act = header-division ).
    cl_abap_unit_assert=>assert_equals( exp = 'PO 4711' act = header-purch_no_c ).
    cl_abap_unit_assert=>assert_equals( exp = '20260101' act = header-purch_date ).
    cl_abap_unit_assert=>assert_equals( exp = '20260102' act = header-doc_date ).
    cl_abap_unit_assert=>assert_equals( exp = '20260103' act = header-req_date_h ).
    cl_abap_unit_assert=>assert_equals( exp = '20260104' act = header-price_date ).
    cl_abap_unit_assert=>assert_equals( exp = '20260105' act = header-qt_valid_f ).
    cl_abap_unit_assert=>assert_equals( exp = '20260106' act = header-qt_valid_t ).
    cl_abap_unit_assert=>assert_equals( exp = 'KWD' act = header-currency ).
    cl_abap_unit_assert=>assert_equals( exp = 'Z030' act = header-pmnttrms ).
    cl_abap_unit_assert=>assert_equals( exp = 'FCA' act = header-incoterms1 ).
    cl_abap_unit_assert=>assert_equals( exp = 'Hamburg' act = header-incoterms2 ).
    cl_abap_unit_assert=>assert_equals( exp = '02' act = header-ship_cond ).
    cl_abap_unit_assert=>assert_equals( exp = '003' act = header-ord_reason ).
    cl_abap_unit_assert=>assert_equals( exp = '04' act = header-dlv_block ).
    cl_abap_unit_assert=>assert_equals( exp = '05' act = header-bill_block ).
    cl_abap_unit_assert=>assert_equals( exp = 'B001' act = header-sales_off ).
    cl_abap_unit_assert=>assert_equals( exp = 'G01' act = header-sales_grp ).
    cl_abap_unit_assert=>assert_equals( exp = '0020000001' act = header-ref_doc ).
    cl_abap_unit_assert=>assert_equals( exp = 'B' act = header-refdoc_cat ).
  ENDMETHOD.

  METHOD full_item.
    result-posnr = '000010'.
    result-matnr = 'P-100'.
    result-kdmat = 'PUMP 3'.
    result-arktx = 'A pump'.
    result-vrkme = 'ST'.
    result-werks = '1100'.
    result-pstyv = 'TAN'.
    result-vgbel = '0020000001'.
    result-vgpos = '000030'.
  ENDMETHOD.

  METHOD every_item_field_arrives.
    DATA item TYPE zgangway_s_order_item.
    DATA items TYPE zcl_gangway_order_rows=>ty_items.
    DATA row TYPE bapisditm.

    wish-header-vgtyp = 'B'.
    item = full_item( ).
    APPEND item TO wish-items.
    items = rows->items( wish ).
    READ TABLE items INTO row INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = '000010' act = row-itm_number ).
    cl_abap_unit_assert=>assert_equals( exp = 'B' act = row-ref_doc_ca ).
    cl_abap_unit_assert=>assert_equals( exp = 'P-100' act = row-material ).
    cl_abap_unit_assert=>assert_equals( exp = 'PUMP 3' act = row-cust_mat35 ).
    cl_abap_unit_assert=>assert_equals( exp = 'A pump' act = row-short_text ).
    cl_abap_unit_assert=>assert_equals( exp = 'ST' act = row-sales_unit ).
    cl_abap_unit_assert=>assert_equals( exp = '1100' act = row-plant ).
    cl_abap_unit_assert=>assert_equals( exp = 'TAN' act = row-item_categ ).
    cl_abap_unit_assert=>assert_equals( exp = '0020000001' act = row-ref_doc ).
    cl_abap_unit_assert=>assert_equals( exp = '000030' act = row-ref_doc_it ).
  ENDMETHOD.

  METHOD item_without_predecessor.
    DATA item TYPE zgangway_s_order_item.
    DATA items TYPE zcl_gangway_order_rows=>ty_items.
    DATA row TYPE bapisditm.

    wish-header-vgtyp = 'B'.
    item-posnr = '000010'.
    APPEND item TO wish-items.
    items = rows->items( wish ).
    READ TABLE items INTO row INDEX 1.
    cl_abap_unit_assert=>assert_initial( act = row-ref_doc_ca msg = 'category without a document' ).
  ENDMETHOD.

  METHOD lines_are_counted_by_item.
    DATA schedules TYPE zcl_gangway_order_rows=>ty_schedules.
    DATA schedule TYPE bapischdl.

    add_line( '000010' ).
    add_line( '000020' ).
    add_line( '000010' ).
    schedules = rows->schedules( wish ).
    READ TABLE schedules INTO schedule INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = '0001' act = schedule-sched_line ).
    READ TABLE schedules INTO schedule INDEX 2.
    cl_abap_unit_assert=>assert_equals( exp = '0001' act = schedule-sched_line ).
    READ TABLE schedules INTO schedule INDEX 3.
    cl_abap_unit_assert=>assert_equals( exp = '0002' act = schedule-sched_line ).
    cl_abap_unit_assert=>assert_equals( exp = '000010' act = schedule-itm_number ).
  ENDMETHOD.

  METHOD counting_goes_on_behind_given.
    DATA schedules TYPE zcl_gangway_order_rows=>ty_schedules.
    DATA schedule TYPE bapischdl.

    add_line( item = '000010' number = '0007' ).
    add_line( '000010' ).
    schedules = rows->schedules( wish ).
    READ TABLE schedules INTO schedule INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = '0007' act = schedule-sched_line ).
    READ TABLE schedules INTO schedule INDEX 2.
    cl_abap_unit_assert=>assert_equals( exp = '0008' act = schedule-sched_line ).
  ENDMETHOD.

  METHOD line_takes_day_of_the_header.
    DATA schedules TYPE zcl_gangway_order_rows=>ty_schedules.
    DATA schedule TYPE bapischdl.

    wish-header-vdatu = '20260301'.
    add_line( '000010' ).
    add_line( item = '000010' day = '20260401' ).
    schedules = rows->schedules( wish ).
    READ TABLE schedules INTO schedule INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = '20260301' act = schedule-req_date ).
    READ TABLE schedules INTO schedule INDEX 2.
    cl_abap_unit_assert=>assert_equals( exp = '20260401' act = schedule-req_date ).
  ENDMETHOD.

  METHOD quantity_keeps_its_decimals.
    DATA schedules TYPE zcl_gangway_order_rows=>ty_schedules.
    DATA schedule TYPE bapischdl.
    DATA quantity TYPE bapischdl-req_qty.

    add_line( '000010' ).
    schedules = rows->schedules( wish ).
    READ TABLE schedules INTO schedule INDEX 1.
    quantity = '1.500'.
    cl_abap_unit_assert=>assert_equals( exp = quantity act = schedule-req_qty ).
  ENDMETHOD.

  METHOD sold_to_comes_first.
    DATA partner TYPE zgangway_s_order_partner.
    DATA partners TYPE zcl_gangway_order_rows=>ty_partners.
    DATA row TYPE bapiparnr.

    wish-header-kunnr = '0000104711'.
    partner-posnr = '000010'.
    partner-parvw = 'WE'.
    partner-partner = '0000104712'.
    APPEND partner TO wish-partners.
    partners = rows->partners( wish ).
    cl_abap_unit_assert=>assert_equals( exp = 2 act = lines( partners ) ).
    READ TABLE partners INTO row INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = 'AG' act = row-partn_role ).
    cl_abap_unit_assert=>assert_equals( exp = '0000104711' act = row-partn_numb ).
    cl_abap_unit_assert=>assert_initial( act = row-itm_number msg = 'sold-to of an item' ).
    READ TABLE partners INTO row INDEX 2.
    cl_abap_unit_assert=>assert_equals( exp = 'WE' act = row-partn_role ).
    cl_abap_unit_assert=>assert_equals( exp = '0000104712' act = row-partn_numb ).
    cl_abap_unit_assert=>assert_equals( exp = '000010' act = row-itm_number ).
  ENDMETHOD.

  METHOD text_lines_keep_their_order.
    DATA text TYPE zgangway_s_order_text.
    DATA texts TYPE zcl_gangway_order_rows=>ty_texts.
    DATA row TYPE bapisdtext.

    text-posnr = '000010'.
    text-tdid = '0001'.
    text-spras_iso = 'DE'.
    text-tdline = 'Ring twice'.
    APPEND text TO wish-texts.
    text-tdline = 'and wait'.
    APPEND text TO wish-texts.
    texts = rows->texts( wish ).
    READ TABLE texts INTO row INDEX 2.
    cl_abap_unit_assert=>assert_equals( exp = 'and wait' act = row-text_line ).
    cl_abap_unit_assert=>assert_equals( exp = '0001' act = row-text_id ).
    cl_abap_unit_assert=>assert_equals( exp = 'DE' act = row-langu_iso ).
    cl_abap_unit_assert=>assert_equals( exp = '000010' act = row-itm_number ).
    cl_abap_unit_assert=>assert_equals( exp = '*' act = row-format_col ).
  ENDMETHOD.

ENDCLASS.
