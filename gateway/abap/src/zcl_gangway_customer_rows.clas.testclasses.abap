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
    METHODS four_partners_and_taxes FOR TESTING.
    METHODS account_comes_from_customizing FOR TESTING.
    METHODS unchanged_name_stays_whole FOR TESTING.
    METHODS untouched_fields_stay FOR TESTING.
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

  METHOD four_partners_and_taxes.
    DATA partners TYPE zcl_gangway_customer_rows=>ty_partners.
    DATA taxes TYPE zcl_gangway_customer_rows=>ty_taxes.
    DATA tax TYPE fknvi.

    partners = rows->partners( sales ).
    cl_abap_unit_assert=>assert_equals( exp = 4 act = lines( partners ) ).
    taxes = rows->taxes( sales ).
    READ TABLE taxes INTO tax INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = 'MWST' act = tax-tatyp ).
    cl_abap_unit_assert=>assert_equals( exp = '1' act = tax-taxkd ).
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

ENDCLASS.
