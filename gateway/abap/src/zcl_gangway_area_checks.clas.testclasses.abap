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

CLASS ltd_customers DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_customers.
    DATA row TYPE kna1.
    DATA company_rows TYPE zif_gangway_customers=>ty_companies.
    DATA area_rows TYPE zif_gangway_customers=>ty_sales_areas.
    DATA address_row TYPE adrc.
ENDCLASS.

CLASS ltd_customers IMPLEMENTATION.

  METHOD zif_gangway_customers~general.
    DATA message TYPE bapiret2.

    IF customer <> '0000104711'.
      message = zcl_gangway_messages=>build( id = 'F2' number = '153' v1 = customer ).
      RAISE EXCEPTION TYPE zcx_gangway_refused
        EXPORTING
          message = message.
    ENDIF.
    result = row.
  ENDMETHOD.

  METHOD zif_gangway_customers~companies.
    result = company_rows.
  ENDMETHOD.

  METHOD zif_gangway_customers~sales_areas.
    result = area_rows.
  ENDMETHOD.

  METHOD zif_gangway_customers~address.
    result = address_row.
  ENDMETHOD.

  METHOD zif_gangway_customers~email.
    result = 'old@example.com'.
  ENDMETHOD.

ENDCLASS.

CLASS ltc_area_checks DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    DATA customizing TYPE REF TO ltd_customizing.
    DATA partner TYPE zgangway_s_partner_new.
    DATA new_customer TYPE zif_gangway_customer_writer=>ty_new_customer.

    METHODS setup.
    METHODS add_tax
      IMPORTING
        country  TYPE zgangway_s_tax-aland DEFAULT 'DE'
        category TYPE zgangway_s_tax-tatyp DEFAULT 'MWST'
        class    TYPE zgangway_s_tax-taxkd DEFAULT '1'.
    METHODS check
      RETURNING
        VALUE(result) TYPE zcl_gangway_messages=>ty_messages.
    METHODS expect_nothing.
    "! Nothing else is wrong.
    METHODS expect
      IMPORTING
        number    TYPE bapiret2-number
        v1        TYPE bapiret2-message_v1
        parameter TYPE bapiret2-parameter
        row       TYPE bapiret2-row DEFAULT 1
        v2        TYPE bapiret2-message_v2 OPTIONAL
        field     TYPE bapiret2-field OPTIONAL.
    METHODS nothing_given_is_fine FOR TESTING.
    METHODS own_area_or_none_is_fine FOR TESTING.
    METHODS other_area_is_refused FOR TESTING.
    METHODS partner_needs_a_function FOR TESTING.
    METHODS unknown_function_is_refused FOR TESTING.
    METHODS sold_to_is_the_customer FOR TESTING.
    METHODS sold_to_only_once FOR TESTING.
    METHODS two_numbers_are_refused FOR TESTING.
    METHODS unknown_customer_is_refused FOR TESTING.
    METHODS other_kinds_are_left_to_sap FOR TESTING.
    METHODS tax_needs_all_three FOR TESTING.
    METHODS unknown_country_is_refused FOR TESTING.
    METHODS tax_only_once FOR TESTING.
    METHODS missing_default_is_said FOR TESTING.
    METHODS given_taxes_need_no_default FOR TESTING.
ENDCLASS.

CLASS ltc_area_checks IMPLEMENTATION.

  METHOD setup.
    CREATE OBJECT customizing.
    CLEAR: new_customer, partner.
    new_customer-sales-vkorg = '1000'.
    new_customer-sales-vtweg = '10'.
    new_customer-sales-spart = '00'.
    partner-parvw = 'WE'.
  ENDMETHOD.

  METHOD add_tax.
    DATA tax TYPE zgangway_s_tax.

    tax-aland = country.
    tax-tatyp = category.
    tax-taxkd = class.
    APPEND tax TO new_customer-taxes.
  ENDMETHOD.

  METHOD check.
    DATA customers TYPE REF TO ltd_customers.
    DATA checks TYPE REF TO zcl_gangway_area_checks.

    CREATE OBJECT customers.
    CREATE OBJECT checks
      EXPORTING
        customizing = customizing
        customers   = customers.
    result = checks->check( new_customer ).
    " What a check object said once it does not say again.
    cl_abap_unit_assert=>assert_equals( exp = result act = checks->check( new_customer ) ).
  ENDMETHOD.

  METHOD expect_nothing.
    cl_abap_unit_assert=>assert_initial( check( ) ).
  ENDMETHOD.

  METHOD expect.
    DATA messages TYPE zcl_gangway_messages=>ty_messages.
    DATA message TYPE bapiret2.

    messages = check( ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = lines( messages ) ).
    READ TABLE messages INTO message INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = 'E' act = message-type ).
    cl_abap_unit_assert=>assert_equals( exp = number act = message-number ).
    cl_abap_unit_assert=>assert_equals( exp = v1 act = message-message_v1 ).
    cl_abap_unit_assert=>assert_equals( exp = parameter act = message-parameter ).
    cl_abap_unit_assert=>assert_equals( exp = row act = message-row ).
    cl_abap_unit_assert=>assert_equals( exp = v2 act = message-message_v2 ).
    IF field IS NOT INITIAL.
      cl_abap_unit_assert=>assert_equals( exp = field act = message-field ).
    ENDIF.
  ENDMETHOD.

  METHOD nothing_given_is_fine.
    expect_nothing( ).
  ENDMETHOD.

  METHOD own_area_or_none_is_fine.
    APPEND partner TO new_customer-partners.
    partner-vkorg = '1000'.
    partner-vtweg = '10'.
    partner-spart = '00'.
    partner-kunn2 = '0000104711'.
    APPEND partner TO new_customer-partners.
    expect_nothing( ).
  ENDMETHOD.

  METHOD other_area_is_refused.
    partner-vkorg = '1000'.
    partner-vtweg = '10'.
    partner-spart = '01'.
    APPEND partner TO new_customer-partners.
    expect( number = '017' v1 = '1000/10/01' v2 = '1000/10/00' parameter = 'IT_PARTNERS' field = 'VKORG' ).
  ENDMETHOD.

  METHOD partner_needs_a_function.
    CLEAR partner-parvw.
    APPEND partner TO new_customer-partners.
    expect( number = '004' v1 = 'PARVW' parameter = 'IT_PARTNERS' field = 'PARVW' ).
  ENDMETHOD.

  METHOD unknown_function_is_refused.
    customizing->unknown = 'has_partner_function'.
    partner-lifnr = '0000300001'.
    APPEND partner TO new_customer-partners.
    expect( number = '005' v1 = 'PARVW' v2 = 'WE' parameter = 'IT_PARTNERS' field = 'PARVW' ).
  ENDMETHOD.

  METHOD sold_to_is_the_customer.
    partner-parvw = 'AG'.
    APPEND partner TO new_customer-partners.
    expect_nothing( ).
    CLEAR new_customer-partners.
    partner-kunn2 = '0000104711'.
    APPEND partner TO new_customer-partners.
    expect( number = '020' v1 = 'AG' v2 = '0000104711' parameter = 'IT_PARTNERS' field = 'PARVW' ).
  ENDMETHOD.

  METHOD sold_to_only_once.
    partner-parvw = 'AG'.
    APPEND partner TO new_customer-partners.
    APPEND partner TO new_customer-partners.
    expect( number = '021' v1 = 'PARVW' v2 = 'AG' parameter = 'IT_PARTNERS' field = 'PARVW' row = 2 ).
  ENDMETHOD.

  METHOD two_numbers_are_refused.
    partner-lifnr = '0000300001'.
    partner-parnr = '0000000815'.
    APPEND partner TO new_customer-partners.
    expect( number = '020' v1 = 'WE' v2 = '0000300001 0000000815' parameter = 'IT_PARTNERS' field = 'PARVW' ).
    CLEAR: new_customer-partners, partner-lifnr, partner-parnr.
    " Unknown on top of it; one thing is said.
    partner-kunn2 = '0000999999'.
    partner-pernr = '00001234'.
    APPEND partner TO new_customer-partners.
    expect( number = '020' v1 = 'WE' v2 = '0000999999 00001234' parameter = 'IT_PARTNERS' field = 'PARVW' ).
  ENDMETHOD.

  METHOD unknown_customer_is_refused.
    partner-kunn2 = '0000999999'.
    APPEND partner TO new_customer-partners.
    expect( number = '005' v1 = 'KUNN2' v2 = '0000999999' parameter = 'IT_PARTNERS' field = 'KUNN2' ).
  ENDMETHOD.

  METHOD other_kinds_are_left_to_sap.
    partner-lifnr = '0000300001'.
    APPEND partner TO new_customer-partners.
    CLEAR partner-lifnr.
    partner-pernr = '00001234'.
    APPEND partner TO new_customer-partners.
    CLEAR partner-pernr.
    partner-parnr = '0000000815'.
    APPEND partner TO new_customer-partners.
    expect_nothing( ).
  ENDMETHOD.

  METHOD tax_needs_all_three.
    add_tax( country = '' ).
    expect( number = '004' v1 = 'ALAND' parameter = 'IT_TAX' field = 'ALAND' ).
    CLEAR new_customer-taxes.
    add_tax( category = '' ).
    expect( number = '004' v1 = 'TATYP' parameter = 'IT_TAX' field = 'TATYP' ).
    CLEAR new_customer-taxes.
    add_tax( class = '' ).
    expect( number = '004' v1 = 'TAXKD' parameter = 'IT_TAX' field = 'TAXKD' ).
  ENDMETHOD.

  METHOD unknown_country_is_refused.
    customizing->unknown = 'has_country'.
    add_tax( ).
    expect( number = '005' v1 = 'ALAND' v2 = 'DE' parameter = 'IT_TAX' field = 'ALAND' ).
  ENDMETHOD.

  METHOD tax_only_once.
    add_tax( ).
    add_tax( country = 'AT' ).
    add_tax( category = 'MWS2' ).
    expect_nothing( ).
    add_tax( class = '0' ).
    expect( number = '021' v1 = 'DE' v2 = 'MWST' parameter = 'IT_TAX' field = 'TATYP' row = 4 ).
  ENDMETHOD.

  METHOD missing_default_is_said.
    CLEAR customizing->taxkd.
    expect( number = '004' v1 = 'TAXKD' parameter = 'IS_SALES' field = 'TAXKD' row = 0 ).
    add_tax( country = 'DE' ).
    expect( number = '004' v1 = 'TAXKD' parameter = 'IS_SALES' field = 'TAXKD' row = 0 ).
  ENDMETHOD.

  METHOD given_taxes_need_no_default.
    CLEAR customizing->taxkd.
    add_tax( country = 'DE' ).
    add_tax( country = 'AT' ).
    expect_nothing( ).
  ENDMETHOD.

ENDCLASS.
