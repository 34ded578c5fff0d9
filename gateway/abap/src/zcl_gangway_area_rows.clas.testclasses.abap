CLASS ltd_customizing DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_customizing.
    DATA account TYPE knb1-akont VALUE '0000140000'.
    DATA unknown TYPE string.
    DATA taxkd TYPE zgangway_sales-taxkd VALUE '1'.
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
    result-taxkd = taxkd.
  ENDMETHOD.

  METHOD zif_gangway_customizing~taxes.
    DATA tax TYPE zif_gangway_customizing=>ty_tax.

    tax-aland = 'DE'.
    tax-tatyp = 'MWST'.
    APPEND tax TO result.
    tax-aland = 'AT'.
    APPEND tax TO result.
  ENDMETHOD.

ENDCLASS.

CLASS ltc_area_rows DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    DATA rows TYPE REF TO zcl_gangway_area_rows.
    DATA new_customer TYPE zif_gangway_customer_writer=>ty_new_customer.

    METHODS setup.
    METHODS add_partner
      IMPORTING
        function TYPE zgangway_s_partner_new-parvw
        customer TYPE zgangway_s_partner_new-kunn2 OPTIONAL
        contact  TYPE zgangway_s_partner_new-parnr OPTIONAL.
    METHODS add_tax
      IMPORTING
        country TYPE zgangway_s_tax-aland
        class   TYPE zgangway_s_tax-taxkd.
    METHODS functions
      RETURNING
        VALUE(result) TYPE string.
    METHODS taxes
      RETURNING
        VALUE(result) TYPE string.
    METHODS four_partners_are_itself FOR TESTING.
    METHODS given_function_replaces_itself FOR TESTING.
    METHODS further_function_comes_along FOR TESTING.
    METHODS rows_of_a_function_are_counted FOR TESTING.
    METHODS partner_is_in_the_sales_area FOR TESTING.
    METHODS taxes_of_customizing FOR TESTING.
    METHODS given_tax_comes_first FOR TESTING.
    METHODS further_tax_is_written FOR TESTING.
ENDCLASS.

CLASS ltc_area_rows IMPLEMENTATION.

  METHOD setup.
    DATA customizing TYPE REF TO ltd_customizing.

    CREATE OBJECT customizing.
    CREATE OBJECT rows
      EXPORTING
        customizing = customizing.
    CLEAR new_customer.
    new_customer-sales-vkorg = '1000'.
    new_customer-sales-vtweg = '10'.
    new_customer-sales-spart = '01'.
  ENDMETHOD.

  METHOD add_partner.
    DATA partner TYPE zgangway_s_partner_new.

    partner-parvw = function.
    partner-kunn2 = customer.
    partner-parnr = contact.
    partner-defpa = 'X'.
    APPEND partner TO new_customer-partners.
  ENDMETHOD.

  METHOD add_tax.
    DATA tax TYPE zgangway_s_tax.

    tax-aland = country.
    tax-tatyp = 'MWST'.
    tax-taxkd = class.
    APPEND tax TO new_customer-taxes.
  ENDMETHOD.

  METHOD functions.
    DATA partners TYPE zcl_gangway_area_rows=>ty_partners.
    DATA partner TYPE fknvp.

    partners = rows->partners( new_customer ).
    LOOP AT partners INTO partner.
      result = |{ result }{ partner-parvw }{ partner-parza }{ partner-kunn2 },|.
    ENDLOOP.
  ENDMETHOD.

  METHOD taxes.
    DATA found TYPE zcl_gangway_area_rows=>ty_taxes.
    DATA tax TYPE fknvi.

    found = rows->taxes( new_customer ).
    LOOP AT found INTO tax.
      cl_abap_unit_assert=>assert_equals( exp = 'I' act = tax-kz ).
      cl_abap_unit_assert=>assert_equals( exp = 'MWST' act = tax-tatyp ).
      result = |{ result }{ tax-aland }{ tax-taxkd },|.
    ENDLOOP.
  ENDMETHOD.

  METHOD four_partners_are_itself.
    cl_abap_unit_assert=>assert_equals( exp = 'AG000,RE000,RG000,WE000,' act = functions( ) ).
  ENDMETHOD.

  METHOD given_function_replaces_itself.
    add_partner( function = 'RG' customer = '0000104720' ).
    cl_abap_unit_assert=>assert_equals( exp = 'AG000,RE000,WE000,RG0000000104720,' act = functions( ) ).
  ENDMETHOD.

  METHOD further_function_comes_along.
    add_partner( function = 'AP' contact = '0000000815' ).
    cl_abap_unit_assert=>assert_equals( exp = 'AG000,RE000,RG000,WE000,AP000,' act = functions( ) ).
  ENDMETHOD.

  METHOD rows_of_a_function_are_counted.
    add_partner( 'WE' ).
    add_partner( function = 'RE' customer = '0000104712' ).
    add_partner( function = 'WE' customer = '0000104713' ).
    cl_abap_unit_assert=>assert_equals(
      exp = 'AG000,RG000,WE000,RE0000000104712,WE0010000104713,'
      act = functions( ) ).
  ENDMETHOD.

  METHOD partner_is_in_the_sales_area.
    DATA partners TYPE zcl_gangway_area_rows=>ty_partners.
    DATA partner TYPE fknvp.

    add_partner( function = 'AP' contact = '0000000815' ).
    partners = rows->partners( new_customer ).
    READ TABLE partners INTO partner INDEX 5.
    cl_abap_unit_assert=>assert_equals( exp = '1000' act = partner-vkorg ).
    cl_abap_unit_assert=>assert_equals( exp = '10' act = partner-vtweg ).
    cl_abap_unit_assert=>assert_equals( exp = '01' act = partner-spart ).
    cl_abap_unit_assert=>assert_equals( exp = '0000000815' act = partner-parnr ).
    cl_abap_unit_assert=>assert_equals( exp = 'X' act = partner-defpa ).
    cl_abap_unit_assert=>assert_equals( exp = 'I' act = partner-kz ).
  ENDMETHOD.

  METHOD taxes_of_customizing.
    cl_abap_unit_assert=>assert_equals( exp = 'DE1,AT1,' act = taxes( ) ).
  ENDMETHOD.

  METHOD given_tax_comes_first.
    add_tax( country = 'DE' class = '0' ).
    cl_abap_unit_assert=>assert_equals( exp = 'DE0,AT1,' act = taxes( ) ).
  ENDMETHOD.

  METHOD further_tax_is_written.
    add_tax( country = 'FR' class = '2' ).
    cl_abap_unit_assert=>assert_equals( exp = 'FR2,DE1,AT1,' act = taxes( ) ).
  ENDMETHOD.

ENDCLASS.
