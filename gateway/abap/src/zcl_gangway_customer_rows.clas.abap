"! The rows of SAP's customer that come out of the fields of the contract.
CLASS zcl_gangway_customer_rows DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    METHODS constructor
      IMPORTING
        customizing TYPE REF TO zif_gangway_customizing.
    METHODS kna1
      IMPORTING
        general       TYPE zgangway_s_general
      RETURNING
        VALUE(result) TYPE kna1.
    "! Only what becomes different: a row may hold more than the contract knows.
    METHODS changed_kna1
      IMPORTING
        customer      TYPE kna1
        before        TYPE zgangway_s_general
        after         TYPE zgangway_s_general
      RETURNING
        VALUE(result) TYPE kna1.
    METHODS knb1
      IMPORTING
        company       TYPE zgangway_s_company
        account_group TYPE kna1-ktokd
      RETURNING
        VALUE(result) TYPE knb1.
    METHODS knvv
      IMPORTING
        sales         TYPE zgangway_s_sales
      RETURNING
        VALUE(result) TYPE knvv.
    METHODS new_address
      IMPORTING
        general       TYPE zgangway_s_general
        language      TYPE kna1-spras
      RETURNING
        VALUE(result) TYPE bapiaddr1.
    "! The whole address: what is left out here would be cleared.
    METHODS changed_address
      IMPORTING
        address       TYPE adrc
        before        TYPE zgangway_s_general
        after         TYPE zgangway_s_general
      RETURNING
        VALUE(result) TYPE bapiaddr1.

  PRIVATE SECTION.
    DATA customizing TYPE REF TO zif_gangway_customizing.

    METHODS fill_address
      IMPORTING
        general TYPE zgangway_s_general
      CHANGING
        address TYPE bapiaddr1.
ENDCLASS.



CLASS zcl_gangway_customer_rows IMPLEMENTATION.

  METHOD constructor.
    me->customizing = customizing.
  ENDMETHOD.


  METHOD kna1.
    " KNA1 has one short field for street and number, and short ones for city and telephone; the address has them whole.
    result-name1 = general-name1.
    result-name2 = general-name2.
    result-stras = |{ general-street } { general-house_num1 }|.
    result-pstlz = general-pstlz.
    result-ort01 = general-ort01.
    result-regio = general-regio.
    result-land1 = general-land1.
    result-telf1 = general-telf1.
    result-stceg = general-stceg.
    result-lzone = general-lzone.
    result-stcd1 = general-stcd1.
    result-stcd2 = general-stcd2.
    result-brsch = general-brsch.
    result-kukla = general-kukla.
    result-sortl = general-name1.
    TRANSLATE result-sortl TO UPPER CASE.
    " Without a number SAP draws one from the range of the account group.
    result-ktokd = general-ktokd.
    result-spras = customizing->language( general-spras_iso ).
  ENDMETHOD.


  METHOD changed_kna1.
    DATA changed TYPE kna1.

    changed = kna1( after ).
    result = customer.
    result-pstlz = changed-pstlz.
    result-regio = changed-regio.
    result-land1 = changed-land1.
    result-stceg = changed-stceg.
    result-lzone = changed-lzone.
    result-stcd1 = changed-stcd1.
    result-stcd2 = changed-stcd2.
    result-brsch = changed-brsch.
    result-kukla = changed-kukla.
    result-name1 = changed-name1.
    result-name2 = changed-name2.
    IF after-street <> before-street OR after-house_num1 <> before-house_num1.
      result-stras = changed-stras.
    ENDIF.
    IF after-ort01 <> before-ort01.
      result-ort01 = changed-ort01.
    ENDIF.
    IF after-telf1 <> before-telf1.
      result-telf1 = changed-telf1.
    ENDIF.
  ENDMETHOD.


  METHOD knb1.
    result-bukrs = company-bukrs.
    result-zterm = company-zterm.
    result-zuawa = company-zuawa.
    result-zwels = company-zwels.
    result-fdgrv = company-fdgrv.
    result-akont = company-akont.
    IF result-akont IS INITIAL.
      result-akont = customizing->reconciliation_account( company_code = company-bukrs account_group = account_group ).
    ENDIF.
  ENDMETHOD.


  METHOD knvv.
    DATA defaults TYPE zgangway_sales.

    defaults = customizing->sales_defaults( sales ).
    result-vkorg = sales-vkorg.
    result-vtweg = sales-vtweg.
    result-spart = sales-spart.
    result-waers = sales-waers.
    result-zterm = sales-zterm.
    result-inco1 = sales-inco1.
    result-inco2 = sales-inco2.
    result-konda = sales-konda.
    result-pltyp = sales-pltyp.
    result-kdgrp = sales-kdgrp.
    result-bzirk = sales-bzirk.
    result-vkbur = sales-vkbur.
    result-vkgrp = sales-vkgrp.
    result-vwerk = sales-vwerk.
    result-lprio = sales-lprio.
    " What the caller leaves open comes from the pack's customizing.
    result-ktgrd = sales-ktgrd.
    IF result-ktgrd IS INITIAL.
      result-ktgrd = defaults-ktgrd.
    ENDIF.
    result-kalks = sales-kalks.
    IF result-kalks IS INITIAL.
      result-kalks = defaults-kalks.
    ENDIF.
    result-vsbed = sales-vsbed.
    IF result-vsbed IS INITIAL.
      result-vsbed = defaults-vsbed.
    ENDIF.
  ENDMETHOD.


  METHOD new_address.
    result-langu = language.
    result-transpzone = general-lzone.
    fill_address( EXPORTING general = general CHANGING address = result ).
  ENDMETHOD.


  METHOD changed_address.
    result-name_3 = address-name3.
    result-name_4 = address-name4.
    result-c_o_name = address-name_co.
    result-district = address-city2.
    result-postl_cod2 = address-post_code2.
    result-postl_cod3 = address-post_code3.
    result-po_box = address-po_box.
    result-str_suppl1 = address-str_suppl1.
    result-str_suppl2 = address-str_suppl2.
    result-str_suppl3 = address-str_suppl3.
    result-location = address-location.
    result-building = address-building.
    result-floor = address-floor.
    result-room_no = address-roomnumber.
    result-house_no2 = address-house_num2.
    result-langu = address-langu.
    result-sort1 = address-sort1.
    result-sort2 = address-sort2.
    result-time_zone = address-time_zone.
    result-taxjurcode = address-taxjurcode.
    result-transpzone = address-transpzone.
    result-tel1_ext = address-tel_extens.
    result-fax_number = address-fax_number.
    result-fax_extens = address-fax_extens.
    result-comm_type = address-deflt_comm.
    fill_address( EXPORTING general = after CHANGING address = result ).
    " The names of the address are longer than those of the contract; one that nobody changed stays whole.
    IF after-name1 = before-name1.
      result-name = address-name1.
    ENDIF.
    IF after-lzone <> before-lzone.
      result-transpzone = after-lzone.
    ENDIF.
    IF after-name2 = before-name2.
      result-name_2 = address-name2.
    ENDIF.
  ENDMETHOD.


  METHOD fill_address.
    address-name = general-name1.
    address-name_2 = general-name2.
    address-city = general-ort01.
    address-postl_cod1 = general-pstlz.
    " STREET is the 40 characters of old releases, STREET_LNG the 60 of today.
    address-street = general-street.
    address-street_lng = general-street.
    address-house_no = general-house_num1.
    address-country = general-land1.
    address-region = general-regio.
    address-tel1_numbr = general-telf1.
    address-e_mail = general-smtp_addr.
    IF address-sort1 IS INITIAL.
      address-sort1 = general-name1.
      TRANSLATE address-sort1 TO UPPER CASE.
    ENDIF.
  ENDMETHOD.

ENDCLASS.
