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

CLASS ltc_customer_rows DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    DATA rows TYPE REF TO zcl_gangway_customer_rows.
    DATA general TYPE zgangway_s_general.
    DATA sales TYPE zgangway_s_sales.

    METHODS setup.
    METHODS long_values_stay_in_address FOR TESTING.
    METHODS account_comes_from_customizing FOR TESTING.
    METHODS unchanged_name_stays_whole FOR TESTING.
    METHODS untouched_fields_stay FOR TESTING.
    METHODS fields_of_a_sales_order FOR TESTING.
    METHODS given_field_beats_the_default FOR TESTING.
    METHODS fields_of_the_company FOR TESTING.
    METHODS transport_zone_in_both_places FOR TESTING.
    METHODS other_zone_of_address_stays FOR TESTING.
    METHODS tax_numbers_are_changed FOR TESTING.
ENDCLASS.

CLASS ltc_customer_rows IMPLEMENTATION.

  METHOD setup.
    DATA customizing TYPE REF TO ltd_customizing.

    CREATE OBJECT customizing.
    CREATE OBJECT rows
      EXPORTING
        customizing = customizing.
    CLEAR: general, sales.
    general-name1 = 'Zephyr Robotics GmbH'.
    general-street = 'Strasse mit einem Namen laenger als vierzig Zeichen'.
    general-house_num1 = '12a'.
    sales-vkorg = '1000'.
  ENDMETHOD.

  METHOD long_values_stay_in_address.
    DATA address TYPE bapiaddr1.
    DATA kna1 TYPE kna1.

    address = rows->new_address( general = general language = 'D' ).
    cl_abap_unit_assert=>assert_equals( exp = general-street act = address-street_lng ).
    cl_abap_unit_assert=>assert_equals( exp = '12a' act = address-house_no ).
    kna1 = rows->kna1( general ).
    cl_abap_unit_assert=>assert_equals( exp = 'Strasse mit einem Namen laenger als' act = kna1-stras ).
    cl_abap_unit_assert=>assert_equals( exp = 'ZEPHYR ROB' act = kna1-sortl ).
    cl_abap_unit_assert=>assert_initial( kna1-kunnr ).
  ENDMETHOD.

  METHOD account_comes_from_customizing.
    DATA company TYPE zgangway_s_company.
    DATA knb1 TYPE knb1.

    knb1 = rows->knb1( company = company account_group = 'KUNA' ).
    cl_abap_unit_assert=>assert_equals( exp = '0000140000' act = knb1-akont ).
    company-akont = '0000141000'.
    knb1 = rows->knb1( company = company account_group = 'KUNA' ).
    cl_abap_unit_assert=>assert_equals( exp = '0000141000' act = knb1-akont ).
  ENDMETHOD.

  METHOD unchanged_name_stays_whole.
    DATA address TYPE adrc.
    DATA after TYPE zgangway_s_general.
    DATA changed TYPE bapiaddr1.

    address-name1 = 'A name of the central address, 40 long ..'.
    address-building = 'B7'.
    after = general.
    after-ort01 = 'Dresden'.
    changed = rows->changed_address( address = address before = general after = after ).
    cl_abap_unit_assert=>assert_equals( exp = address-name1 act = changed-name ).
    cl_abap_unit_assert=>assert_equals( exp = 'Dresden' act = changed-city ).
    cl_abap_unit_assert=>assert_equals( exp = 'B7' act = changed-building ).
  ENDMETHOD.

  METHOD untouched_fields_stay.
    DATA customer TYPE kna1.
    DATA after TYPE zgangway_s_general.
    DATA changed TYPE kna1.

    customer-kunnr = '0000104711'.
    customer-stras = 'As somebody typed it'.
    customer-sortl = 'CHOSEN'.
    customer-aufsd = '01'.
    after = general.
    after-stceg = 'DE123456789'.
    changed = rows->changed_kna1( customer = customer before = general after = after ).
    cl_abap_unit_assert=>assert_equals( exp = 'DE123456789' act = changed-stceg ).
    cl_abap_unit_assert=>assert_equals( exp = 'As somebody typed it' act = changed-stras ).
    cl_abap_unit_assert=>assert_equals( exp = 'CHOSEN' act = changed-sortl ).
    cl_abap_unit_assert=>assert_equals( exp = '01' act = changed-aufsd ).
    cl_abap_unit_assert=>assert_equals( exp = '0000104711' act = changed-kunnr ).
  ENDMETHOD.

  METHOD fields_of_a_sales_order.
    DATA knvv TYPE knvv.

    sales-inco1 = 'FCA'.
    sales-inco2 = 'Hamburg'.
    sales-konda = '11'.
    sales-pltyp = '22'.
    sales-kdgrp = '33'.
    sales-bzirk = 'NORTH'.
    sales-vkbur = 'B001'.
    sales-vkgrp = 'G01'.
    sales-vwerk = '1100'.
    sales-lprio = '02'.
    knvv = rows->knvv( sales ).
    cl_abap_unit_assert=>assert_equals( exp = 'FCA' act = knvv-inco1 ).
    cl_abap_unit_assert=>assert_equals( exp = 'Hamburg' act = knvv-inco2 ).
    cl_abap_unit_assert=>assert_equals( exp = '11' act = knvv-konda ).
    cl_abap_unit_assert=>assert_equals( exp = '22' act = knvv-pltyp ).
    cl_abap_unit_assert=>assert_equals( exp = '33' act = knvv-kdgrp ).
    cl_abap_unit_assert=>assert_equals( exp = 'NORTH' act = knvv-bzirk ).
    cl_abap_unit_assert=>assert_equals( exp = 'B001' act = knvv-vkbur ).
    cl_abap_unit_assert=>assert_equals( exp = 'G01' act = knvv-vkgrp ).
    cl_abap_unit_assert=>assert_equals( exp = '1100' act = knvv-vwerk ).
    cl_abap_unit_assert=>assert_equals( exp = '02' act = knvv-lprio ).
    cl_abap_unit_assert=>assert_equals( exp = '01' act = knvv-ktgrd ).
    cl_abap_unit_assert=>assert_equals( exp = '1' act = knvv-kalks ).
    cl_abap_unit_assert=>assert_equals( exp = '02' act = knvv-vsbed ).
  ENDMETHOD.

  METHOD given_field_beats_the_default.
    DATA knvv TYPE knvv.

    sales-ktgrd = '03'.
    sales-kalks = '2'.
    sales-vsbed = '04'.
    knvv = rows->knvv( sales ).
    cl_abap_unit_assert=>assert_equals( exp = '03' act = knvv-ktgrd ).
    cl_abap_unit_assert=>assert_equals( exp = '2' act = knvv-kalks ).
    cl_abap_unit_assert=>assert_equals( exp = '04' act = knvv-vsbed ).
  ENDMETHOD.

  METHOD fields_of_the_company.
    DATA company TYPE zgangway_s_company.
    DATA knb1 TYPE knb1.

    company-zuawa = '001'.
    company-zwels = 'EU'.
    company-fdgrv = 'E1'.
    knb1 = rows->knb1( company = company account_group = 'KUNA' ).
    cl_abap_unit_assert=>assert_equals( exp = '001' act = knb1-zuawa ).
    cl_abap_unit_assert=>assert_equals( exp = 'EU' act = knb1-zwels ).
    cl_abap_unit_assert=>assert_equals( exp = 'E1' act = knb1-fdgrv ).
  ENDMETHOD.

  METHOD transport_zone_in_both_places.
    DATA address TYPE bapiaddr1.
    DATA kna1 TYPE kna1.
    DATA adrc TYPE adrc.
    DATA after TYPE zgangway_s_general.

    general-lzone = 'D000000020'.
    kna1 = rows->kna1( general ).
    cl_abap_unit_assert=>assert_equals( exp = 'D000000020' act = kna1-lzone ).
    address = rows->new_address( general = general language = 'D' ).
    cl_abap_unit_assert=>assert_equals( exp = 'D000000020' act = address-transpzone ).
    after = general.
    after-lzone = 'D000000010'.
    adrc-transpzone = 'D000000020'.
    address = rows->changed_address( address = adrc before = general after = after ).
    cl_abap_unit_assert=>assert_equals( exp = 'D000000010' act = address-transpzone ).
  ENDMETHOD.

  METHOD other_zone_of_address_stays.
    DATA address TYPE bapiaddr1.
    DATA adrc TYPE adrc.

    adrc-transpzone = 'D000000020'.
    address = rows->changed_address( address = adrc before = general after = general ).
    cl_abap_unit_assert=>assert_equals( exp = 'D000000020' act = address-transpzone ).
  ENDMETHOD.

  METHOD tax_numbers_are_changed.
    DATA customer TYPE kna1.
    DATA after TYPE zgangway_s_general.
    DATA changed TYPE kna1.

    after = general.
    after-lzone = 'D000000010'.
    after-stcd1 = '12/345'.
    after-stcd2 = '678'.
    after-brsch = 'LOGI'.
    after-kukla = '05'.
    changed = rows->changed_kna1( customer = customer before = general after = after ).
    cl_abap_unit_assert=>assert_equals( exp = 'D000000010' act = changed-lzone ).
    cl_abap_unit_assert=>assert_equals( exp = '12/345' act = changed-stcd1 ).
    cl_abap_unit_assert=>assert_equals( exp = '678' act = changed-stcd2 ).
    cl_abap_unit_assert=>assert_equals( exp = 'LOGI' act = changed-brsch ).
    cl_abap_unit_assert=>assert_equals( exp = '05' act = changed-kukla ).
  ENDMETHOD.

ENDCLASS.
