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

CLASS ltd_persons DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_persons.
    DATA rows TYPE i.
    DATA asked TYPE i.
ENDCLASS.

CLASS ltd_persons IMPLEMENTATION.

  METHOD zif_gangway_persons~of_customer.
    DATA row TYPE zgangway_s_person.

    asked = most.
    DO rows TIMES.
      IF sy-index <= most.
        row-parnr = sy-index.
        row-name1 = customer-name1.
        APPEND row TO result.
      ENDIF.
    ENDDO.
  ENDMETHOD.

ENDCLASS.

CLASS ltc_persons DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    DATA authority TYPE REF TO ltd_authority.
    DATA customers TYPE REF TO ltd_customers.
    DATA persons TYPE REF TO ltd_persons.
    DATA subject TYPE REF TO zcl_gangway_persons.

    METHODS setup.
    METHODS expect_refused
      IMPORTING
        customer TYPE kna1-kunnr DEFAULT '0000104711'
        number   TYPE bapiret2-number.
    METHODS all_persons_of_the_customer FOR TESTING RAISING zcx_gangway_refused.
    METHODS page_says_that_there_are_more FOR TESTING RAISING zcx_gangway_refused.
    METHODS nobody_gets_more_than_the_most FOR TESTING RAISING zcx_gangway_refused.
    METHODS unknown_customer_is_refused FOR TESTING.
    METHODS rights_come_first FOR TESTING.
ENDCLASS.

CLASS ltc_persons IMPLEMENTATION.

  METHOD setup.
    CREATE OBJECT authority.
    CREATE OBJECT customers.
    customers->row-name1 = 'Nordwind'.
    CREATE OBJECT persons.
    persons->rows = 3.
    CREATE OBJECT subject
      EXPORTING
        customers = customers
        persons   = persons
        authority = authority.
  ENDMETHOD.

  METHOD expect_refused.
    DATA refused TYPE REF TO zcx_gangway_refused.

    TRY.
        subject->read( customer = customer most = 10 ).
        cl_abap_unit_assert=>fail( 'was read all the same' ).
      CATCH zcx_gangway_refused INTO refused.
        cl_abap_unit_assert=>assert_equals( exp = number act = refused->message-number ).
    ENDTRY.
    cl_abap_unit_assert=>assert_initial( act = persons->asked msg = 'was read before it was allowed' ).
  ENDMETHOD.

  METHOD all_persons_of_the_customer.
    DATA result TYPE zcl_gangway_persons=>ty_result.
    DATA row TYPE zgangway_s_person.

    result = subject->read( customer = '0000104711' most = 3 ).
    cl_abap_unit_assert=>assert_equals( exp = 3 act = lines( result-rows ) ).
    cl_abap_unit_assert=>assert_initial( act = result-more msg = 'these are all' ).
    READ TABLE result-rows INTO row INDEX 3.
    cl_abap_unit_assert=>assert_equals( exp = '0000000003' act = row-parnr ).
    cl_abap_unit_assert=>assert_equals( exp = 'Nordwind' act = row-name1 ).
  ENDMETHOD.

  METHOD page_says_that_there_are_more.
    DATA result TYPE zcl_gangway_persons=>ty_result.

    result = subject->read( customer = '0000104711' most = 2 ).
    cl_abap_unit_assert=>assert_equals( exp = 2 act = lines( result-rows ) ).
    cl_abap_unit_assert=>assert_equals( exp = abap_true act = result-more ).
  ENDMETHOD.

  METHOD nobody_gets_more_than_the_most.
    subject->read( customer = '0000104711' most = 0 ).
    cl_abap_unit_assert=>assert_equals( exp = 1001 act = persons->asked ).
    subject->read( customer = '0000104711' most = -5 ).
    cl_abap_unit_assert=>assert_equals( exp = 1001 act = persons->asked ).
    subject->read( customer = '0000104711' most = 1001 ).
    cl_abap_unit_assert=>assert_equals( exp = 1001 act = persons->asked ).
    subject->read( customer = '0000104711' most = 999 ).
    cl_abap_unit_assert=>assert_equals( exp = 1000 act = persons->asked ).
    subject->read( customer = '0000104711' most = 1 ).
    cl_abap_unit_assert=>assert_equals( exp = 2 act = persons->asked ).
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

ENDCLASS.
