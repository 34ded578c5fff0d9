CLASS ltd_authority DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_authority.
    DATA refused TYPE string.
    DATA asked TYPE i.
  PRIVATE SECTION.
    METHODS refuse
      RAISING
        zcx_gangway_refused.
ENDCLASS.

CLASS ltd_authority IMPLEMENTATION.

  METHOD zif_gangway_authority~check_general.
    asked = asked + 1.
    IF refused = 'check_general'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_authority~check_account_group.
    asked = asked + 1.
    IF refused = 'check_account_group'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_authority~check_company.
    asked = asked + 1.
    IF refused = 'check_company'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_authority~check_sales_area.
    asked = asked + 1.
    IF refused = 'check_sales_area'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_authority~check_credit_area.
    asked = asked + 1.
    IF refused = 'check_credit_area'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_authority~check_items.
    asked = asked + 1.
    IF refused = 'check_items'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_authority~check_billing.
    asked = asked + 1.
    IF refused = 'check_billing'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD refuse.
    DATA message TYPE bapiret2.

    message = zcl_gangway_messages=>build( number = '009' v1 = refused ).
    RAISE EXCEPTION TYPE zcx_gangway_refused
      EXPORTING
        message = message.
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

CLASS ltd_partners DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_partners.
    DATA rows TYPE zif_gangway_partners=>ty_partners.
    DATA asked TYPE i.
    DATA area TYPE zif_gangway_partners=>ty_area.
    METHODS add
      IMPORTING
        partner TYPE knvp.
ENDCLASS.

CLASS ltd_partners IMPLEMENTATION.

  METHOD add.
    APPEND partner TO rows.
  ENDMETHOD.

  METHOD zif_gangway_partners~of_customer.
    DATA row TYPE knvp.

    asked = most.
    me->area = area.
    LOOP AT rows INTO row.
      IF lines( result ) < most.
        APPEND row TO result.
      ENDIF.
    ENDLOOP.
  ENDMETHOD.

  METHOD zif_gangway_partners~names.
    DATA name TYPE zif_gangway_partners=>ty_name.

    name-kind = 'K'.
    name-partner = '0000104711'.
    name-name = 'Nordwind Logistik GmbH'.
    name-city = 'Hamburg'.
    name-land1 = 'DE'.
    INSERT name INTO TABLE result.
    " The same digits, another kind: a name that must not be given to the customer.
    CLEAR name.
    name-kind = 'A'.
    name-partner = '0000000815'.
    name-name = 'Ida Nord'.
    INSERT name INTO TABLE result.
  ENDMETHOD.

  METHOD zif_gangway_partners~texts.
    DATA text TYPE zif_gangway_partners=>ty_text.

    text-parvw = 'WE'.
    text-text = 'Ship-to party'.
    INSERT text INTO TABLE result.
  ENDMETHOD.

ENDCLASS.

CLASS ltc_partners DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    DATA authority TYPE REF TO ltd_authority.
    DATA customers TYPE REF TO ltd_customers.
    DATA partners TYPE REF TO ltd_partners.
    DATA subject TYPE REF TO zcl_gangway_partners.

    METHODS setup.
    METHODS add
      IMPORTING
        function TYPE knvp-parvw
        customer TYPE knvp-kunn2 OPTIONAL
        vendor   TYPE knvp-lifnr OPTIONAL
        person   TYPE knvp-pernr OPTIONAL
        contact  TYPE knvp-parnr OPTIONAL
        division TYPE knvp-spart DEFAULT '00'.
    METHODS read
      IMPORTING
        most          TYPE i DEFAULT 10
      RETURNING
        VALUE(result) TYPE zcl_gangway_partners=>ty_result
      RAISING
        zcx_gangway_refused.
    METHODS expect_refused
      IMPORTING
        customer TYPE kna1-kunnr DEFAULT '0000104711'
        number   TYPE bapiret2-number.
    METHODS kinds_names_and_words FOR TESTING RAISING zcx_gangway_refused.
    METHODS same_number_of_other_kind FOR TESTING RAISING zcx_gangway_refused.
    METHODS area_goes_along FOR TESTING RAISING zcx_gangway_refused.
    METHODS page_says_that_there_are_more FOR TESTING RAISING zcx_gangway_refused.
    METHODS nobody_gets_more_than_the_most FOR TESTING RAISING zcx_gangway_refused.
    METHODS unknown_customer_is_refused FOR TESTING.
    METHODS rights_come_first FOR TESTING.
    METHODS every_area_needs_its_right FOR TESTING RAISING zcx_gangway_refused.
    METHODS area_is_asked_once FOR TESTING RAISING zcx_gangway_refused.
ENDCLASS.

CLASS ltc_partners IMPLEMENTATION.

  METHOD setup.
    CREATE OBJECT authority.
    CREATE OBJECT customers.
    customers->row-kunnr = '0000104711'.
    CREATE OBJECT partners.
    CREATE OBJECT subject
      EXPORTING
        customers = customers
        partners  = partners
        authority = authority.
  ENDMETHOD.

  METHOD add.
    DATA row TYPE knvp.

    row-vkorg = '1000'.
    row-vtweg = '10'.
    row-spart = division.
    row-parvw = function.
    row-kunn2 = customer.
    row-lifnr = vendor.
    row-pernr = person.
    row-parnr = contact.
    row-defpa = 'X'.
    row-knref = 'Gate 3'.
    partners->add( row ).
  ENDMETHOD.

  METHOD read.
    DATA area TYPE zif_gangway_partners=>ty_area.

    area-vkorg = '1000'.
    result = subject->read( customer = '0000104711' area = area most = most ).
  ENDMETHOD.

  METHOD expect_refused.
    DATA refused TYPE REF TO zcx_gangway_refused.
    DATA area TYPE zif_gangway_partners=>ty_area.

    TRY.
        subject->read( customer = customer area = area most = 10 ).
        cl_abap_unit_assert=>fail( 'was read all the same' ).
      CATCH zcx_gangway_refused INTO refused.
        cl_abap_unit_assert=>assert_equals( exp = number act = refused->message-number ).
    ENDTRY.
    cl_abap_unit_assert=>assert_initial( act = partners->asked msg = 'was read before it was allowed' ).
  ENDMETHOD.

  METHOD kinds_names_and_words.
    DATA result TYPE zcl_gangway_partners=>ty_result.
    DATA row TYPE zgangway_s_partner.

    add( function = 'WE' customer = '0000104711' ).
    add( function = 'SP' vendor = '0000300001' ).
    add( function = 'VE' person = '00001234' ).
    add( function = 'AP' contact = '0000000815' ).
    result = read( ).
    cl_abap_unit_assert=>assert_equals( exp = 4 act = lines( result-rows ) ).
    READ TABLE result-rows INTO row INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = 'K' act = row-kind ).
    cl_abap_unit_assert=>assert_equals( exp = '0000104711' act = row-partner ).
    cl_abap_unit_assert=>assert_equals( exp = 'Nordwind Logistik GmbH' act = row-name ).
    cl_abap_unit_assert=>assert_equals( exp = 'Hamburg' act = row-city ).
    cl_abap_unit_assert=>assert_equals( exp = 'DE' act = row-land1 ).
    cl_abap_unit_assert=>assert_equals( exp = 'Ship-to party' act = row-text ).
    cl_abap_unit_assert=>assert_equals( exp = 'X' act = row-defpa ).
    cl_abap_unit_assert=>assert_equals( exp = 'Gate 3' act = row-knref ).
    READ TABLE result-rows INTO row INDEX 2.
    cl_abap_unit_assert=>assert_equals( exp = 'L' act = row-kind ).
    cl_abap_unit_assert=>assert_equals( exp = '0000300001' act = row-partner ).
    cl_abap_unit_assert=>assert_initial( act = row-name msg = 'name of a vendor' ).
    cl_abap_unit_assert=>assert_initial( act = row-text msg = 'word of another function' ).
    READ TABLE result-rows INTO row INDEX 3.
    cl_abap_unit_assert=>assert_equals( exp = 'P' act = row-kind ).
    cl_abap_unit_assert=>assert_equals( exp = '0000001234' act = row-partner ).
    READ TABLE result-rows INTO row INDEX 4.
    cl_abap_unit_assert=>assert_equals( exp = 'A' act = row-kind ).
    cl_abap_unit_assert=>assert_equals( exp = 'Ida Nord' act = row-name ).
    cl_abap_unit_assert=>assert_initial( act = row-city msg = 'city of the row before' ).
  ENDMETHOD.

  METHOD same_number_of_other_kind.
    DATA result TYPE zcl_gangway_partners=>ty_result.
    DATA row TYPE zgangway_s_partner.

    add( function = 'WE' customer = '0000000815' ).
    result = read( ).
    READ TABLE result-rows INTO row INDEX 1.
    cl_abap_unit_assert=>assert_initial( act = row-name msg = 'name of a contact person' ).
  ENDMETHOD.

  METHOD area_goes_along.
    read( ).
    cl_abap_unit_assert=>assert_equals( exp = '1000' act = partners->area-vkorg ).
  ENDMETHOD.

  METHOD page_says_that_there_are_more.
    DATA result TYPE zcl_gangway_partners=>ty_result.

    add( function = 'WE' customer = '0000104711' ).
    add( function = 'WE' customer = '0000104712' ).
    result = read( 2 ).
    cl_abap_unit_assert=>assert_initial( act = result-more msg = 'these are all' ).
    cl_abap_unit_assert=>assert_equals( exp = 2 act = lines( result-rows ) ).
    add( function = 'WE' customer = '0000104713' ).
    result = read( 2 ).
    cl_abap_unit_assert=>assert_equals( exp = abap_true act = result-more ).
    cl_abap_unit_assert=>assert_equals( exp = 2 act = lines( result-rows ) ).
  ENDMETHOD.

  METHOD nobody_gets_more_than_the_most.
    read( 0 ).
    cl_abap_unit_assert=>assert_equals( exp = 1001 act = partners->asked ).
    read( -1 ).
    cl_abap_unit_assert=>assert_equals( exp = 1001 act = partners->asked ).
    read( 1001 ).
    cl_abap_unit_assert=>assert_equals( exp = 1001 act = partners->asked ).
    read( 999 ).
    cl_abap_unit_assert=>assert_equals( exp = 1000 act = partners->asked ).
    read( 1 ).
    cl_abap_unit_assert=>assert_equals( exp = 2 act = partners->asked ).
  ENDMETHOD.

  METHOD unknown_customer_is_refused.
    expect_refused( customer = '0000999999' number = '153' ).
  ENDMETHOD.

  METHOD rights_come_first.
    authority->refused = 'check_general'.
    expect_refused( '009' ).
    authority->refused = 'check_account_group'.
    expect_refused( '009' ).
  ENDMETHOD.

  METHOD every_area_needs_its_right.
    DATA refused TYPE REF TO zcx_gangway_refused.

    add( function = 'WE' customer = '0000104711' ).
    authority->refused = 'check_sales_area'.
    TRY.
        read( ).
        cl_abap_unit_assert=>fail( 'was read all the same' ).
      CATCH zcx_gangway_refused INTO refused.
        cl_abap_unit_assert=>assert_equals( exp = '009' act = refused->message-number ).
    ENDTRY.
  ENDMETHOD.

  METHOD area_is_asked_once.
    add( function = 'RE' customer = '0000104711' ).
    add( function = 'WE' customer = '0000104711' ).
    add( function = 'WE' customer = '0000104711' division = '01' ).
    read( ).
    " General, account group, and two sales areas.
    cl_abap_unit_assert=>assert_equals( exp = 4 act = authority->asked ).
  ENDMETHOD.

ENDCLASS.
