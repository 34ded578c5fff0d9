CLASS ltd_customizing DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_customizing.
    DATA account TYPE knb1-akont VALUE '0000140000'.
    DATA unknown TYPE string.
ENDCLASS.

CLASS ltd_customizing IMPLEMENTATION.

  METHOD zif_gangway_customizing~has_account_group.
    result = boolc( unknown <> 'has_account_group' ).
  ENDMETHOD.

  METHOD zif_gangway_customizing~has_country.
    result = boolc( unknown <> 'has_country' ).
  ENDMETHOD.

  METHOD zif_gangway_customizing~has_partner_function.
    result = boolc( unknown <> 'has_partner_function' ).
  ENDMETHOD.

  METHOD zif_gangway_customizing~has_region.
    result = boolc( unknown <> 'has_region' ).
  ENDMETHOD.

  METHOD zif_gangway_customizing~has_company_code.
    result = boolc( unknown <> 'has_company_code' ).
  ENDMETHOD.

  METHOD zif_gangway_customizing~has_sales_area.
    result = boolc( unknown <> 'has_sales_area' ).
  ENDMETHOD.

  METHOD zif_gangway_customizing~has_currency.
    result = boolc( unknown <> 'has_currency' ).
  ENDMETHOD.

  METHOD zif_gangway_customizing~has_terms.
    result = boolc( unknown <> 'has_terms' ).
  ENDMETHOD.

  METHOD zif_gangway_customizing~language.
    IF unknown <> 'language'.
      result = 'D'.
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_customizing~reconciliation_account.
    result = account.
  ENDMETHOD.

  METHOD zif_gangway_customizing~sales_defaults.
    result-ktgrd = '01'.
    result-kalks = '1'.
    result-vsbed = '02'.
    result-taxkd = '1'.
  ENDMETHOD.

  METHOD zif_gangway_customizing~taxes.
    DATA tax TYPE zif_gangway_customizing=>ty_tax.

    tax-aland = 'DE'.
    tax-tatyp = 'MWST'.
    APPEND tax TO result.
  ENDMETHOD.

ENDCLASS.

CLASS ltc_order_checks DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    DATA customizing TYPE REF TO ltd_customizing.
    DATA wish TYPE zif_gangway_order_writer=>ty_wish.

    METHODS setup.
    METHODS add_item
      IMPORTING
        number   TYPE zgangway_s_order_item-posnr
        material TYPE zgangway_s_order_item-matnr DEFAULT 'P-200'
        quantity TYPE zgangway_s_order_line-wmeng DEFAULT 1.
    "! Nothing else is wrong.
    METHODS expect
      IMPORTING
        number    TYPE bapiret2-number
        v1        TYPE bapiret2-message_v1
        parameter TYPE bapiret2-parameter
        row       TYPE bapiret2-row DEFAULT 0
        v2        TYPE bapiret2-message_v2 OPTIONAL.
    METHODS expect_nothing.
    METHODS complete_order_is_fine FOR TESTING.
    METHODS empty_order_says_everything FOR TESTING.
    METHODS quotation_is_a_category_too FOR TESTING.
    METHODS other_category_is_unknown FOR TESTING.
    METHODS item_needs_a_number FOR TESTING.
    METHODS item_number_only_once FOR TESTING.
    METHODS item_needs_a_material FOR TESTING.
    METHODS own_number_of_customer_is_fine FOR TESTING.
    METHODS item_needs_a_schedule_line FOR TESTING.
    METHODS line_needs_its_item FOR TESTING.
    METHODS line_without_item_number FOR TESTING.
    METHODS quantity_is_more_than_zero FOR TESTING.
    METHODS negative_quantity_is_told FOR TESTING.
    METHODS smallest_quantity_is_enough FOR TESTING.
    METHODS sold_to_is_the_header FOR TESTING.
    METHODS partner_needs_its_item FOR TESTING.
    METHODS partner_of_header_and_item FOR TESTING.
    METHODS partner_needs_function_and_no FOR TESTING.
    METHODS text_needs_kind_and_language FOR TESTING.
    METHODS text_needs_its_item FOR TESTING.
ENDCLASS.

CLASS ltc_order_checks IMPLEMENTATION.

  METHOD setup.
    DATA item TYPE zgangway_s_order_item.
    DATA line TYPE zgangway_s_order_line.

    CREATE OBJECT customizing.
    CLEAR wish.
    wish-header-vbtyp = 'C'.
    wish-header-auart = 'TA'.
    wish-header-vkorg = '1000'.
    wish-header-vtweg = '10'.
    wish-header-spart = '00'.
    wish-header-kunnr = '0000104711'.
    item-posnr = '000010'.
    item-matnr = 'P-100'.
    APPEND item TO wish-items.
    line-posnr = '000010'.
    line-wmeng = '2.500'.
    APPEND line TO wish-lines.
  ENDMETHOD.

  METHOD add_item.
    DATA item TYPE zgangway_s_order_item.
    DATA line TYPE zgangway_s_order_line.

    item-posnr = number.
    item-matnr = material.
    APPEND item TO wish-items.
    line-posnr = number.
    line-wmeng = quantity.
    APPEND line TO wish-lines.
  ENDMETHOD.

  METHOD expect.
    DATA checks TYPE REF TO zcl_gangway_order_checks.
    DATA messages TYPE zcl_gangway_messages=>ty_messages.
    DATA message TYPE bapiret2.

    CREATE OBJECT checks
      EXPORTING
        customizing = customizing.
    messages = checks->check( wish ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = lines( messages ) ).
    READ TABLE messages INTO message INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = 'E' act = message-type ).
    cl_abap_unit_assert=>assert_equals( exp = number act = message-number ).
    cl_abap_unit_assert=>assert_equals( exp = v1 act = message-message_v1 ).
    cl_abap_unit_assert=>assert_equals( exp = parameter act = message-parameter ).
    cl_abap_unit_assert=>assert_equals( exp = row act = message-row ).
    IF v2 IS NOT INITIAL.
      cl_abap_unit_assert=>assert_equals( exp = v2 act = message-message_v2 ).
    ENDIF.
  ENDMETHOD.

  METHOD expect_nothing.
    DATA checks TYPE REF TO zcl_gangway_order_checks.

    CREATE OBJECT checks
      EXPORTING
        customizing = customizing.
    cl_abap_unit_assert=>assert_initial( checks->check( wish ) ).
  ENDMETHOD.

  METHOD complete_order_is_fine.
    add_item( '000020' ).
    expect_nothing( ).
  ENDMETHOD.

  METHOD empty_order_says_everything.
    DATA checks TYPE REF TO zcl_gangway_order_checks.
    DATA messages TYPE zcl_gangway_messages=>ty_messages.
    DATA message TYPE bapiret2.

    CLEAR wish.
    CREATE OBJECT checks
      EXPORTING
        customizing = customizing.
    messages = checks->check( wish ).
    " Category, type, sales area, sold-to, items.
    cl_abap_unit_assert=>assert_equals( exp = 7 act = lines( messages ) ).
    LOOP AT messages INTO message.
      cl_abap_unit_assert=>assert_equals( exp = '004' act = message-number ).
    ENDLOOP.
    " What a check object said once it does not say again.
    messages = checks->check( wish ).
    cl_abap_unit_assert=>assert_equals( exp = 7 act = lines( messages ) ).
  ENDMETHOD.

  METHOD quotation_is_a_category_too.
    wish-header-vbtyp = 'B'.
    expect_nothing( ).
  ENDMETHOD.

  METHOD other_category_is_unknown.
    wish-header-vbtyp = 'G'.
    expect( number = '005' v1 = 'VBTYP' parameter = 'IS_HEADER' ).
  ENDMETHOD.

  METHOD item_needs_a_number.
    DATA item TYPE zgangway_s_order_item.

    item-matnr = 'P-200'.
    APPEND item TO wish-items.
    expect( number = '004' v1 = 'POSNR' parameter = 'IT_ITEM' row = 2 ).
  ENDMETHOD.

  METHOD item_number_only_once.
    add_item( '000010' ).
    expect( number = '021' v1 = 'POSNR' parameter = 'IT_ITEM' row = 2 ).
  ENDMETHOD.

  METHOD item_needs_a_material.
    add_item( number = '000020' material = '' ).
    expect( number = '004' v1 = 'MATNR' parameter = 'IT_ITEM' row = 2 ).
  ENDMETHOD.

  METHOD own_number_of_customer_is_fine.
    DATA item TYPE zgangway_s_order_item.

    READ TABLE wish-items INTO item INDEX 1.
    CLEAR item-matnr.
    item-kdmat = 'PUMP 3'.
    MODIFY wish-items FROM item INDEX 1.
    expect_nothing( ).
  ENDMETHOD.

  METHOD item_needs_a_schedule_line.
    DATA item TYPE zgangway_s_order_item.

    item-posnr = '000020'.
    item-matnr = 'P-200'.
    APPEND item TO wish-items.
    expect( number = '004' v1 = 'IT_SCHEDULE' parameter = 'IT_ITEM' row = 2 ).
  ENDMETHOD.

  METHOD line_needs_its_item.
    DATA line TYPE zgangway_s_order_line.

    line-posnr = '000020'.
    line-wmeng = 1.
    APPEND line TO wish-lines.
    expect( number = '005' v1 = 'POSNR' parameter = 'IT_SCHEDULE' row = 2 ).
  ENDMETHOD.

  METHOD line_without_item_number.
    DATA line TYPE zgangway_s_order_line.

    line-wmeng = 1.
    APPEND line TO wish-lines.
    expect( number = '005' v1 = 'POSNR' parameter = 'IT_SCHEDULE' row = 2 ).
  ENDMETHOD.

  METHOD quantity_is_more_than_zero.
    add_item( number = '000020' quantity = 0 ).
    expect( number = '015' v1 = 'WMENG' parameter = 'IT_SCHEDULE' row = 2 ).
  ENDMETHOD.

  METHOD negative_quantity_is_told.
    add_item( number = '000020' quantity = '-1.500' ).
    expect( number = '015' v1 = 'WMENG' parameter = 'IT_SCHEDULE' row = 2 v2 = '-1.500' ).
  ENDMETHOD.

  METHOD smallest_quantity_is_enough.
    add_item( number = '000020' quantity = '0.001' ).
    expect_nothing( ).
  ENDMETHOD.

  METHOD sold_to_is_the_header.
    DATA partner TYPE zgangway_s_order_partner.

    partner-parvw = 'AG'.
    partner-partner = '0000104712'.
    APPEND partner TO wish-partners.
    expect( number = '020' v1 = 'AG' parameter = 'IT_PARTNER' row = 1 ).
  ENDMETHOD.

  METHOD partner_needs_its_item.
    DATA partner TYPE zgangway_s_order_partner.

    partner-posnr = '000030'.
    partner-parvw = 'WE'.
    partner-partner = '0000104712'.
    APPEND partner TO wish-partners.
    expect( number = '005' v1 = 'POSNR' parameter = 'IT_PARTNER' row = 1 ).
  ENDMETHOD.

  METHOD partner_of_header_and_item.
    DATA partner TYPE zgangway_s_order_partner.

    partner-parvw = 'WE'.
    partner-partner = '0000104712'.
    APPEND partner TO wish-partners.
    partner-posnr = '000010'.
    APPEND partner TO wish-partners.
    expect_nothing( ).
  ENDMETHOD.

  METHOD partner_needs_function_and_no.
    DATA partner TYPE zgangway_s_order_partner.

    partner-partner = '0000104712'.
    APPEND partner TO wish-partners.
    expect( number = '004' v1 = 'PARVW' parameter = 'IT_PARTNER' row = 1 ).
    CLEAR wish-partners.
    CLEAR partner.
    partner-parvw = 'WE'.
    APPEND partner TO wish-partners.
    expect( number = '004' v1 = 'PARTNER' parameter = 'IT_PARTNER' row = 1 ).
  ENDMETHOD.

  METHOD text_needs_kind_and_language.
    DATA text TYPE zgangway_s_order_text.

    text-spras_iso = 'DE'.
    text-tdline = 'Ring twice'.
    APPEND text TO wish-texts.
    expect( number = '004' v1 = 'TDID' parameter = 'IT_TEXT' row = 1 ).
    CLEAR wish-texts.
    text-tdid = '0001'.
    APPEND text TO wish-texts.
    expect_nothing( ).
    customizing->unknown = 'language'.
    expect( number = '005' v1 = 'SPRAS_ISO' parameter = 'IT_TEXT' row = 1 ).
  ENDMETHOD.

  METHOD text_needs_its_item.
    DATA text TYPE zgangway_s_order_text.

    text-posnr = '000011'.
    text-tdid = '0001'.
    text-spras_iso = 'DE'.
    APPEND text TO wish-texts.
    expect( number = '005' v1 = 'POSNR' parameter = 'IT_TEXT' row = 1 ).
  ENDMETHOD.

ENDCLASS.
