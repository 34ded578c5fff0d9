"! The rows of SAP's functions for quotations and orders that come out of the fields of the contract.
CLASS zcl_gangway_order_rows DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    TYPES ty_items TYPE STANDARD TABLE OF bapisditm WITH DEFAULT KEY.
    TYPES ty_schedules TYPE STANDARD TABLE OF bapischdl WITH DEFAULT KEY.
    TYPES ty_partners TYPE STANDARD TABLE OF bapiparnr WITH DEFAULT KEY.
    TYPES ty_texts TYPE STANDARD TABLE OF bapisdtext WITH DEFAULT KEY.

    METHODS header
      IMPORTING
        header        TYPE zgangway_s_order
      RETURNING
        VALUE(result) TYPE bapisdhd1.
    METHODS items
      IMPORTING
        wish          TYPE zif_gangway_order_writer=>ty_wish
      RETURNING
        VALUE(result) TYPE ty_items.
    METHODS schedules
      IMPORTING
        wish          TYPE zif_gangway_order_writer=>ty_wish
      RETURNING
        VALUE(result) TYPE ty_schedules.
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

ENDCLASS.
