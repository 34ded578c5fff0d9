CLASS ltd_keys DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_keys.
    DATA row TYPE zgangway_key.
    DATA fence TYPE zgangway_fence.
    DATA locks TYPE i.
ENDCLASS.

CLASS ltd_keys IMPLEMENTATION.

  METHOD zif_gangway_keys~lock.
    locks = locks + 1.
  ENDMETHOD.

  METHOD zif_gangway_keys~release.
    locks = 0.
  ENDMETHOD.

  METHOD zif_gangway_keys~is_locked.
    result = abap_false.
  ENDMETHOD.

  METHOD zif_gangway_keys~find.
    result = row.
  ENDMETHOD.

  METHOD zif_gangway_keys~register.
    me->row = row.
    me->fence = fence.
  ENDMETHOD.

ENDCLASS.

CLASS ltd_fences DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_fences.
    DATA top TYPE zgangway_fence-fence.
ENDCLASS.

CLASS ltd_fences IMPLEMENTATION.

  METHOD zif_gangway_fences~highest.
    result = top.
  ENDMETHOD.

  METHOD zif_gangway_fences~hold.
    result-scope = wanted.
    result-fence = top.
  ENDMETHOD.

  METHOD zif_gangway_fences~insert.
    top = row-fence.
    result = abap_true.
  ENDMETHOD.

  METHOD zif_gangway_fences~update.
    top = row-fence.
  ENDMETHOD.

ENDCLASS.

CLASS ltd_luw DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_luw.
    DATA commits TYPE i.
    DATA rollbacks TYPE i.
    DATA fails TYPE abap_bool.
ENDCLASS.

CLASS ltd_luw IMPLEMENTATION.

  METHOD zif_gangway_luw~commit.
    DATA message TYPE bapiret2.

    IF fails = abap_true.
      message = zcl_gangway_messages=>build( type = 'A' number = '010' ).
      RAISE EXCEPTION TYPE zcx_gangway_refused
        EXPORTING
          message = message.
    ENDIF.
    commits = commits + 1.
  ENDMETHOD.

  METHOD zif_gangway_luw~rollback.
    rollbacks = rollbacks + 1.
  ENDMETHOD.

ENDCLASS.

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

CLASS ltd_writer DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_customer_writer.
    DATA refuses TYPE abap_bool.
    DATA created TYPE i.
    DATA tested TYPE i.
    DATA after TYPE zgangway_s_general.
    DATA locks TYPE i.
  PRIVATE SECTION.
    METHODS refuse
      RAISING
        zcx_gangway_refused.
ENDCLASS.

CLASS ltd_writer IMPLEMENTATION.

  METHOD zif_gangway_customer_writer~lock.
    IF refuses = abap_true.
      refuse( ).
    ENDIF.
    locks = locks + 1.
  ENDMETHOD.

  METHOD zif_gangway_customer_writer~release.
    locks = 0.
  ENDMETHOD.

  METHOD zif_gangway_customer_writer~create.
    IF refuses = abap_true.
      refuse( ).
    ENDIF.
    IF test_run = abap_true.
      tested = tested + 1.
    ELSE.
      created = created + 1.
      result = '0000104799'.
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_customer_writer~change.
    IF refuses = abap_true.
      refuse( ).
    ENDIF.
    me->after = after.
    IF test_run = abap_true.
      tested = tested + 1.
    ENDIF.
  ENDMETHOD.

  METHOD refuse.
    DATA message TYPE bapiret2.

    message = zcl_gangway_messages=>build( number = '007' v1 = '0000104711' v2 = 'MEIER' ).
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

CLASS ltc_change DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    DATA keys TYPE REF TO ltd_keys.
    DATA fences TYPE REF TO ltd_fences.
    DATA luw TYPE REF TO ltd_luw.
    DATA writer TYPE REF TO ltd_writer.
    DATA customers TYPE REF TO ltd_customers.
    DATA wish TYPE zcl_gangway_change=>ty_wish.

    METHODS setup.
    METHODS change
      IMPORTING
        test_run      TYPE abap_bool DEFAULT abap_false
        lease         TYPE i OPTIONAL
      RETURNING
        VALUE(result) TYPE zcl_gangway_change=>ty_result.
    METHODS expect_message
      IMPORTING
        result TYPE zcl_gangway_change=>ty_result
        number TYPE bapiret2-number.
    METHODS only_marked_fields_change FOR TESTING.
    METHODS marked_empty_field_is_cleared FOR TESTING.
    METHODS required_field_is_not_cleared FOR TESTING.
    METHODS unknown_customer_is_refused FOR TESTING.
    METHODS locked_customer_is_refused FOR TESTING.
    METHODS repeated_key_changes_nothing FOR TESTING.
    METHODS test_run_changes_nothing FOR TESTING.
    METHODS old_lease_changes_nothing FOR TESTING.
    METHODS each_field_by_its_own_mark FOR TESTING.
    METHODS unmarked_new_fields_stay FOR TESTING.
ENDCLASS.

CLASS ltc_change IMPLEMENTATION.

  METHOD setup.
    CREATE OBJECT keys.
    CREATE OBJECT fences.
    CREATE OBJECT luw.
    CREATE OBJECT writer.
    CREATE OBJECT customers.
    customers->row-name1 = 'Nordwind Logistik GmbH'.
    customers->row-land1 = 'DE'.
    customers->row-pstlz = '20457'.
    customers->address_row-city1 = 'Hamburg'.
    customers->address_row-street = 'Am Sandtorkai'.
    CLEAR wish.
    wish-customer = '0000104711'.
  ENDMETHOD.

  METHOD change.
    DATA fence TYPE REF TO zcl_gangway_fence.
    DATA claims TYPE REF TO zcl_gangway_key_claim.
    DATA customizing TYPE REF TO ltd_customizing.
    DATA authority TYPE REF TO ltd_authority.
    DATA checks TYPE REF TO zcl_gangway_creation_checks.
    DATA changes TYPE REF TO zcl_gangway_change.
    DATA request TYPE zcl_gangway_key_claim=>ty_request.

    CREATE OBJECT customizing.
    CREATE OBJECT authority.
    CREATE OBJECT fence
      EXPORTING
        fences = fences.
    CREATE OBJECT claims
      EXPORTING
        keys  = keys
        fence = fence.
    CREATE OBJECT checks
      EXPORTING
        customizing = customizing.
    CREATE OBJECT changes
      EXPORTING
        key_claim = claims
        checks    = checks
        authority = authority
        customers = customers
        writer    = writer
        luw       = luw.
    request-external_key = 'ORG/002'.
    request-content = 'abc'.
    request-operation = zcl_gangway_key_claim=>operation-change.
    request-fence = lease.
    result = changes->change( request = request wish = wish test_run = test_run ).
    cl_abap_unit_assert=>assert_initial( act = keys->locks msg = 'lock of the key' ).
    cl_abap_unit_assert=>assert_initial( act = writer->locks msg = 'lock of the customer' ).
  ENDMETHOD.

  METHOD expect_message.
    DATA message TYPE bapiret2.

    READ TABLE result-messages INTO message INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = number act = message-number ).
  ENDMETHOD.

  METHOD each_field_by_its_own_mark.
    wish-values-lzone = 'D000000010'.
    wish-marks-lzone = 'X'.
    wish-values-stcd1 = '12/345'.
    wish-marks-stcd1 = 'X'.
    wish-values-stcd2 = '678'.
    wish-marks-stcd2 = 'X'.
    wish-values-brsch = 'LOGI'.
    wish-marks-brsch = 'X'.
    wish-values-kukla = '05'.
    wish-marks-kukla = 'X'.
    change( ).
    cl_abap_unit_assert=>assert_equals( exp = 'D000000010' act = writer->after-lzone ).
    cl_abap_unit_assert=>assert_equals( exp = '12/345' act = writer->after-stcd1 ).
    cl_abap_unit_assert=>assert_equals( exp = '678' act = writer->after-stcd2 ).
    cl_abap_unit_assert=>assert_equals( exp = 'LOGI' act = writer->after-brsch ).
    cl_abap_unit_assert=>assert_equals( exp = '05' act = writer->after-kukla ).
  ENDMETHOD.

  METHOD unmarked_new_fields_stay.
    customers->row-lzone = 'D000000010'.
    wish-values-lzone = '9'.
    customers->row-stcd1 = '12/345'.
    wish-values-stcd1 = '9'.
    customers->row-stcd2 = '678'.
    wish-values-stcd2 = '9'.
    customers->row-brsch = 'LOGI'.
    wish-values-brsch = '9'.
    customers->row-kukla = '05'.
    wish-values-kukla = '9'.
    change( ).
    cl_abap_unit_assert=>assert_equals( exp = 'D000000010' act = writer->after-lzone ).
    cl_abap_unit_assert=>assert_equals( exp = '12/345' act = writer->after-stcd1 ).
    cl_abap_unit_assert=>assert_equals( exp = '678' act = writer->after-stcd2 ).
    cl_abap_unit_assert=>assert_equals( exp = 'LOGI' act = writer->after-brsch ).
    cl_abap_unit_assert=>assert_equals( exp = '05' act = writer->after-kukla ).
  ENDMETHOD.

  METHOD only_marked_fields_change.
    DATA result TYPE zcl_gangway_change=>ty_result.

    wish-values-street = 'Elbchaussee'.
    wish-marks-street = 'X'.
    wish-values-name1 = 'not marked'.
    result = change( ).
    expect_message( result = result number = '006' ).
    cl_abap_unit_assert=>assert_equals( exp = 'Elbchaussee' act = writer->after-street ).
    cl_abap_unit_assert=>assert_equals( exp = 'Nordwind Logistik GmbH' act = writer->after-name1 ).
    cl_abap_unit_assert=>assert_equals( exp = 'Hamburg' act = writer->after-ort01 ).
    cl_abap_unit_assert=>assert_equals( exp = 'U' act = keys->row-operation ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->commits ).
  ENDMETHOD.

  METHOD marked_empty_field_is_cleared.
    wish-marks-smtp_addr = 'X'.
    change( ).
    cl_abap_unit_assert=>assert_initial( writer->after-smtp_addr ).
    cl_abap_unit_assert=>assert_equals( exp = '20457' act = writer->after-pstlz ).
  ENDMETHOD.

  METHOD required_field_is_not_cleared.
    DATA result TYPE zcl_gangway_change=>ty_result.

    wish-marks-name1 = 'X'.
    result = change( ).
    expect_message( result = result number = '004' ).
    cl_abap_unit_assert=>assert_initial( luw->commits ).
  ENDMETHOD.

  METHOD unknown_customer_is_refused.
    DATA result TYPE zcl_gangway_change=>ty_result.

    wish-customer = '0000999999'.
    result = change( ).
    expect_message( result = result number = '153' ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->rollbacks ).
  ENDMETHOD.

  METHOD locked_customer_is_refused.
    DATA result TYPE zcl_gangway_change=>ty_result.

    writer->refuses = abap_true.
    result = change( ).
    expect_message( result = result number = '007' ).
    cl_abap_unit_assert=>assert_initial( luw->commits ).
    cl_abap_unit_assert=>assert_initial( keys->row ).
  ENDMETHOD.

  METHOD repeated_key_changes_nothing.
    DATA result TYPE zcl_gangway_change=>ty_result.

    change( ).
    result = change( ).
    cl_abap_unit_assert=>assert_equals( exp = abap_true act = result-repeated ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->commits ).
  ENDMETHOD.

  METHOD test_run_changes_nothing.
    change( test_run = abap_true ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = writer->tested ).
    cl_abap_unit_assert=>assert_initial( luw->commits ).
    cl_abap_unit_assert=>assert_initial( keys->row ).
  ENDMETHOD.

  METHOD old_lease_changes_nothing.
    DATA result TYPE zcl_gangway_change=>ty_result.

    fences->top = 7.
    result = change( lease = 6 ).
    expect_message( result = result number = '011' ).
    cl_abap_unit_assert=>assert_initial( writer->after ).
    cl_abap_unit_assert=>assert_initial( luw->commits ).
    cl_abap_unit_assert=>assert_initial( keys->row ).
  ENDMETHOD.

ENDCLASS.
