"! The rows of SAP's functions for quotations and orders that come out of the fields of the contract.
CLASS zcl_gangway_order_rows DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    TYPES ty_items TYPE STANDARD TABLE OF bapisditm WITH DEFAULT KEY.
    TYPES ty_itemsx TYPE STANDARD TABLE OF bapisditmx WITH DEFAULT KEY.
    TYPES ty_schedules TYPE STANDARD TABLE OF bapischdl WITH DEFAULT KEY.
    TYPES ty_schedulesx TYPE STANDARD TABLE OF bapischdlx WITH DEFAULT KEY.
    TYPES ty_partners TYPE STANDARD TABLE OF bapiparnr WITH DEFAULT KEY.
    TYPES ty_texts TYPE STANDARD TABLE OF bapisdtext WITH DEFAULT KEY.

    METHODS header
      IMPORTING
        header        TYPE zgangway_s_order
      RETURNING
        VALUE(result) TYPE bapisdhd1.
    "! SAP takes only what is marked; what is empty it determines itself.
    METHODS headerx
      IMPORTING
        header        TYPE bapisdhd1
      RETURNING
        VALUE(result) TYPE bapisdhd1x.
    METHODS items
      IMPORTING
        wish          TYPE zif_gangway_order_writer=>ty_wish
      RETURNING
        VALUE(result) TYPE ty_items.
    METHODS itemsx
      IMPORTING
        items         TYPE ty_items
      RETURNING
        VALUE(result) TYPE ty_itemsx.
    METHODS schedules
      IMPORTING
        wish          TYPE zif_gangway_order_writer=>ty_wish
      RETURNING
        VALUE(result) TYPE ty_schedules.
    METHODS schedulesx
      IMPORTING
        schedules     TYPE ty_schedules
      RETURNING
        VALUE(result) TYPE ty_schedulesx.
    METHODS partners
      IMPORTING
        wish          TYPE zif_gangway_order_writer=>ty_wish
      RETURNING
        VALUE(result) TYPE ty_partners.
    METHODS texts
      IMPORTING
        wish          TYPE zif_gangway_order_writer=>ty_wish
      RETURNING
        VALUE(result) TYPE ty_texts.

  PRIVATE SECTION.
    METHODS next_line
      IMPORTING
        schedules     TYPE ty_schedules
        item          TYPE bapischdl-itm_number
      RETURNING
        VALUE(result) TYPE bapischdl-sched_line.
    METHODS mark
      IMPORTING
        value         TYPE clike
      RETURNING
        VALUE(result) TYPE char1.
ENDCLASS.



CLASS zcl_gangway_order_rows IMPLEMENTATION.

  METHOD header.
    result-doc_type = header-auart.
    result-sales_org = header-vkorg.
    result-distr_chan = header-vtweg.
    result-division = header-spart.
    result-purch_no_c = header-bstkd.
    result-purch_date = header-bstdk.
    result-doc_date = header-audat.
    result-req_date_h = header-vdatu.
    result-price_date = header-prsdt.
    result-qt_valid_f = header-angdt.
    result-qt_valid_t = header-bnddt.
    result-currency = header-waerk.
    result-pmnttrms = header-zterm.
    result-incoterms1 = header-inco1.
    result-incoterms2 = header-inco2.
    result-ship_cond = header-vsbed.
    result-ord_reason = header-augru.
    result-dlv_block = header-lifsk.
    result-bill_block = header-faksk.
    result-sales_off = header-vkbur.
    result-sales_grp = header-vkgrp.
    result-ref_doc = header-vgbel.
    result-refdoc_cat = header-vgtyp.
  ENDMETHOD.


  METHOD headerx.
    result-updateflag = 'I'.
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
    DATA item TYPE zgangway_s_order_item.
    DATA row TYPE bapisditm.

    LOOP AT wish-items INTO item.
      CLEAR row.
      row-itm_number = item-posnr.
      row-material = item-matnr.
      row-cust_mat35 = item-kdmat.
      row-short_text = item-arktx.
      row-sales_unit = item-vrkme.
      row-plant = item-werks.
      row-item_categ = item-pstyv.
      row-ref_doc = item-vgbel.
      row-ref_doc_it = item-vgpos.
      IF item-vgbel IS NOT INITIAL.
        row-ref_doc_ca = wish-header-vgtyp.
      ENDIF.
      APPEND row TO result.
    ENDLOOP.
  ENDMETHOD.


  METHOD itemsx.
    DATA item TYPE bapisditm.
    DATA row TYPE bapisditmx.

    LOOP AT items INTO item.
      row-itm_number = item-itm_number.
      row-updateflag = 'I'.
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
    DATA line TYPE zgangway_s_order_line.
    DATA row TYPE bapischdl.

    LOOP AT wish-lines INTO line.
      CLEAR row.
      row-itm_number = line-posnr.
      row-sched_line = line-etenr.
      IF row-sched_line IS INITIAL.
        row-sched_line = next_line( schedules = result item = line-posnr ).
      ENDIF.
      row-req_date = line-edatu.
      IF row-req_date IS INITIAL.
        row-req_date = wish-header-vdatu.
      ENDIF.
      row-req_qty = line-wmeng.
      APPEND row TO result.
    ENDLOOP.
  ENDMETHOD.


  METHOD next_line.
    DATA schedule TYPE bapischdl.

    LOOP AT schedules INTO schedule WHERE itm_number = item.
      IF schedule-sched_line > result.
        result = schedule-sched_line.
      ENDIF.
    ENDLOOP.
    result = result + 1.
  ENDMETHOD.


  METHOD schedulesx.
    DATA schedule TYPE bapischdl.
    DATA row TYPE bapischdlx.

    LOOP AT schedules INTO schedule.
      row-itm_number = schedule-itm_number.
      row-sched_line = schedule-sched_line.
      row-updateflag = 'I'.
      row-req_date = mark( schedule-req_date ).
      row-req_qty = 'X'.
      APPEND row TO result.
    ENDLOOP.
  ENDMETHOD.


  METHOD partners.
    DATA partner TYPE zgangway_s_order_partner.
    DATA row TYPE bapiparnr.

    row-partn_role = 'AG'.
    row-partn_numb = wish-header-kunnr.
    APPEND row TO result.
    LOOP AT wish-partners INTO partner.
      row-partn_role = partner-parvw.
      row-partn_numb = partner-partner.
      row-itm_number = partner-posnr.
      APPEND row TO result.
    ENDLOOP.
  ENDMETHOD.


  METHOD texts.
    DATA text TYPE zgangway_s_order_text.
    DATA row TYPE bapisdtext.

    LOOP AT wish-texts INTO text.
      row-itm_number = text-posnr.
      row-text_id = text-tdid.
      row-langu_iso = text-spras_iso.
      " Each line is a paragraph of its own, as the caller sent it.
      row-format_col = '*'.
      row-text_line = text-tdline.
      APPEND row TO result.
    ENDLOOP.
  ENDMETHOD.


  METHOD mark.
    IF value IS NOT INITIAL.
      result = 'X'.
    ENDIF.
  ENDMETHOD.

ENDCLASS.
