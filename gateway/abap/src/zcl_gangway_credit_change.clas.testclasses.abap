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
    DATA activity TYPE c LENGTH 2.
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
    me->activity = activity.
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

CLASS ltd_writer DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_customer_writer.
    DATA refuses TYPE abap_bool.
    DATA created TYPE i.
    DATA tested TYPE i.
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

CLASS ltd_currencies DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_currencies.
ENDCLASS.

CLASS ltd_currencies IMPLEMENTATION.

  METHOD zif_gangway_currencies~decimals.
    result = 2.
    IF currency = 'JPY'.
      result = 0.
    ENDIF.
  ENDMETHOD.

ENDCLASS.

CLASS ltd_credit_data DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_credit_data.
ENDCLASS.

CLASS ltd_credit_data IMPLEMENTATION.

  METHOD zif_gangway_credit_data~accounts.
  ENDMETHOD.

  METHOD zif_gangway_credit_data~account.
  ENDMETHOD.

  METHOD zif_gangway_credit_data~members.
  ENDMETHOD.

  METHOD zif_gangway_credit_data~open_values.
  ENDMETHOD.

  METHOD zif_gangway_credit_data~currency.
    CASE credit_area.
      WHEN '1000'.
        result = 'EUR'.
      WHEN '2000'.
        result = 'JPY'.
    ENDCASE.
  ENDMETHOD.

  METHOD zif_gangway_credit_data~has_risk_class.
    result = boolc( risk_class = '001' AND credit_area = '1000' ).
  ENDMETHOD.

ENDCLASS.

CLASS ltd_credit_writer DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_credit_writer.
    DATA rows TYPE zif_gangway_credit_writer=>ty_rows.
    DATA change TYPE zif_gangway_credit_writer=>ty_change.
    DATA writes TYPE i.
ENDCLASS.

CLASS ltd_credit_writer IMPLEMENTATION.

  METHOD zif_gangway_credit_writer~read.
    result = rows.
  ENDMETHOD.

  METHOD zif_gangway_credit_writer~write.
    me->change = change.
    writes = writes + 1.
  ENDMETHOD.

ENDCLASS.

CLASS ltc_credit_change DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    DATA keys TYPE REF TO ltd_keys.
    DATA fences TYPE REF TO ltd_fences.
    DATA luw TYPE REF TO ltd_luw.
    DATA authority TYPE REF TO ltd_authority.
    DATA customers TYPE REF TO ltd_customers.
    DATA customer_writer TYPE REF TO ltd_writer.
    DATA credit_writer TYPE REF TO ltd_credit_writer.
    DATA request TYPE zcl_gangway_key_claim=>ty_request.
    DATA wish TYPE zcl_gangway_credit_change=>ty_wish.

    METHODS setup.
    METHODS claims
      RETURNING
        VALUE(result) TYPE REF TO zcl_gangway_key_claim.
    METHODS amounts
      RETURNING
        VALUE(result) TYPE REF TO zcl_gangway_amounts.
    METHODS account_exists.
    METHODS change
      IMPORTING
        test_run      TYPE abap_bool DEFAULT abap_false
      RETURNING
        VALUE(result) TYPE zcl_gangway_credit_change=>ty_result.
    METHODS expect_nothing_written
      IMPORTING
        result TYPE zcl_gangway_credit_change=>ty_result
        number TYPE bapiret2-number.
    METHODS expect_amount
      IMPORTING
        exp TYPE csequence
        act TYPE knkk-klimk.
    METHODS missing_account_is_created FOR TESTING.
    METHODS known_central_row_stays FOR TESTING.
    METHODS known_account_is_changed FOR TESTING.
    METHODS unmarked_limit_stays FOR TESTING.
    METHODS unmarked_risk_class_stays FOR TESTING.
    METHODS empty_risk_class_is_taken_away FOR TESTING.
    METHODS nothing_marked_creates_account FOR TESTING.
    METHODS nothing_marked_changes_nothing FOR TESTING.
    METHODS yen_are_stored_as_tables_do FOR TESTING.
    METHODS limit_that_does_not_fit FOR TESTING.
    METHODS negative_limit_is_refused FOR TESTING.
    METHODS other_currency_is_refused FOR TESTING.
    METHODS currency_of_the_area_is_taken FOR TESTING.
    METHODS area_is_required FOR TESTING.
    METHODS unknown_area_is_refused FOR TESTING.
    METHODS unknown_risk_class_is_refused FOR TESTING.
    METHODS unknown_customer_is_refused FOR TESTING.
    METHODS locked_customer_is_refused FOR TESTING.
    METHODS user_without_right_is_refused FOR TESTING.
    METHODS test_run_writes_nothing FOR TESTING.
    METHODS repeated_key_writes_nothing FOR TESTING.
    METHODS old_lease_gets_the_first_too FOR TESTING.
    METHODS old_lease_writes_nothing FOR TESTING.
    METHODS other_content_is_refused FOR TESTING.
    METHODS failed_commit_is_told FOR TESTING.
ENDCLASS.

CLASS ltc_credit_change IMPLEMENTATION.

  METHOD setup.
    CREATE OBJECT keys.
    CREATE OBJECT fences.
    CREATE OBJECT luw.
    CREATE OBJECT authority.
    CREATE OBJECT customers.
    CREATE OBJECT customer_writer.
    CREATE OBJECT credit_writer.
    CLEAR: request, wish.
    request-external_key = '00D5g000004GANGEAWcustomer.create:001/credit'.
    request-content = 'abc'.
    request-operation = zcl_gangway_key_claim=>operation-credit.
    wish-customer = '0000104711'.
    wish-credit_area = '1000'.
    wish-risk_class = '001'.
    wish-with_risk_class = abap_true.
    wish-limit = '25000.50'.
    wish-with_limit = abap_true.
  ENDMETHOD.

  METHOD claims.
    DATA fence TYPE REF TO zcl_gangway_fence.

    CREATE OBJECT fence
      EXPORTING
        fences = fences.
    CREATE OBJECT result
      EXPORTING
        keys  = keys
        fence = fence.
  ENDMETHOD.

  METHOD amounts.
    DATA currencies TYPE REF TO ltd_currencies.

    CREATE OBJECT currencies.
    CREATE OBJECT result
      EXPORTING
        currencies = currencies.
  ENDMETHOD.

  METHOD account_exists.
    credit_writer->rows-central-kunnr = '0000104711'.
    credit_writer->rows-central-klimg = 100000.
    credit_writer->rows-area-kunnr = '0000104711'.
    credit_writer->rows-area-kkber = '1000'.
    credit_writer->rows-area-knkli = '0000104720'.
    credit_writer->rows-area-klimk = 5000.
    credit_writer->rows-area-ctlpc = '002'.
    credit_writer->rows-area-skfor = 1234.
  ENDMETHOD.

  METHOD change.
    DATA parts TYPE zcl_gangway_credit_change=>ty_parts.
    DATA credit_data TYPE REF TO ltd_credit_data.
    DATA changing_credit TYPE REF TO zcl_gangway_credit_change.

    CREATE OBJECT credit_data.
    parts-key_claim = claims( ).
    parts-authority = authority.
    parts-customers = customers.
    parts-credit_data = credit_data.
    parts-amounts = amounts( ).
    parts-customer_writer = customer_writer.
    parts-credit_writer = credit_writer.
    parts-luw = luw.
    CREATE OBJECT changing_credit
      EXPORTING
        parts = parts.
    result = changing_credit->change( request = request wish = wish test_run = test_run ).
    cl_abap_unit_assert=>assert_initial( act = keys->locks msg = 'lock of the key' ).
    cl_abap_unit_assert=>assert_initial( act = customer_writer->locks msg = 'lock of the customer' ).
  ENDMETHOD.

  METHOD expect_nothing_written.
    DATA message TYPE bapiret2.

    READ TABLE result-messages INTO message INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = number act = message-number ).
    cl_abap_unit_assert=>assert_equals(
      exp = abap_true
      act = zcl_gangway_messages=>has_error( result-messages ) ).
    cl_abap_unit_assert=>assert_initial( act = luw->commits msg = 'commits' ).
    cl_abap_unit_assert=>assert_initial( act = credit_writer->writes msg = 'writes' ).
    cl_abap_unit_assert=>assert_initial( act = result-repeated msg = 'repeated' ).
  ENDMETHOD.

  METHOD expect_amount.
    DATA wanted TYPE knkk-klimk.

    wanted = exp.
    cl_abap_unit_assert=>assert_equals( exp = wanted act = act ).
  ENDMETHOD.

  METHOD missing_account_is_created.
    DATA result TYPE zcl_gangway_credit_change=>ty_result.
    DATA message TYPE bapiret2.
    DATA after TYPE zif_gangway_credit_writer=>ty_rows.

    request-fence = 7.
    result = change( ).
    after = credit_writer->change-after.
    cl_abap_unit_assert=>assert_equals( exp = 'I' act = credit_writer->change-area_changes ).
    cl_abap_unit_assert=>assert_equals( exp = 'I' act = credit_writer->change-central_changes ).
    cl_abap_unit_assert=>assert_equals( exp = '0000104711' act = after-area-kunnr ).
    cl_abap_unit_assert=>assert_equals( exp = '1000' act = after-area-kkber ).
    cl_abap_unit_assert=>assert_equals( exp = '0000104711' act = after-area-knkli ).
    cl_abap_unit_assert=>assert_equals( exp = '001' act = after-area-ctlpc ).
    expect_amount( exp = '25000.50' act = after-area-klimk ).
    cl_abap_unit_assert=>assert_equals( exp = '0000104711' act = after-central-kunnr ).
    cl_abap_unit_assert=>assert_equals( exp = 'EUR' act = after-central-waers ).
    cl_abap_unit_assert=>assert_initial( after-central-klimg ).
    cl_abap_unit_assert=>assert_equals( exp = '0000104711' act = keys->row-kunnr ).
    cl_abap_unit_assert=>assert_equals( exp = 'L' act = keys->row-operation ).
    cl_abap_unit_assert=>assert_equals( exp = '000000000000000007' act = keys->fence-fence ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->commits ).
    READ TABLE result-messages INTO message INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = 'S' act = message-type ).
    cl_abap_unit_assert=>assert_equals( exp = '013' act = message-number ).
  ENDMETHOD.

  METHOD known_central_row_stays.
    credit_writer->rows-central-kunnr = '0000104711'.
    credit_writer->rows-central-waers = 'USD'.
    change( ).
    cl_abap_unit_assert=>assert_equals( exp = 'I' act = credit_writer->change-area_changes ).
    cl_abap_unit_assert=>assert_initial( credit_writer->change-central_changes ).
    cl_abap_unit_assert=>assert_equals( exp = 'USD' act = credit_writer->change-after-central-waers ).
  ENDMETHOD.

  METHOD known_account_is_changed.
    account_exists( ).
    change( ).
    cl_abap_unit_assert=>assert_equals( exp = 'U' act = credit_writer->change-area_changes ).
    cl_abap_unit_assert=>assert_initial( credit_writer->change-central_changes ).
    expect_amount( exp = '25000.50' act = credit_writer->change-after-area-klimk ).
    cl_abap_unit_assert=>assert_equals( exp = '001' act = credit_writer->change-after-area-ctlpc ).
    cl_abap_unit_assert=>assert_equals( exp = '0000104720' act = credit_writer->change-after-area-knkli ).
    expect_amount( exp = '1234.00' act = credit_writer->change-after-area-skfor ).
    expect_amount( exp = '5000.00' act = credit_writer->change-before-area-klimk ).
    cl_abap_unit_assert=>assert_equals( exp = '002' act = credit_writer->change-before-area-ctlpc ).
  ENDMETHOD.

  METHOD unmarked_limit_stays.
    account_exists( ).
    wish-with_limit = abap_false.
    change( ).
    expect_amount( exp = '5000.00' act = credit_writer->change-after-area-klimk ).
    cl_abap_unit_assert=>assert_equals( exp = '001' act = credit_writer->change-after-area-ctlpc ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = credit_writer->writes ).
  ENDMETHOD.

  METHOD unmarked_risk_class_stays.
    account_exists( ).
    wish-with_risk_class = abap_false.
    wish-risk_class = '999'.
    change( ).
    expect_amount( exp = '25000.50' act = credit_writer->change-after-area-klimk ).
    cl_abap_unit_assert=>assert_equals( exp = '002' act = credit_writer->change-after-area-ctlpc ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = credit_writer->writes ).
  ENDMETHOD.

  METHOD empty_risk_class_is_taken_away.
    account_exists( ).
    CLEAR wish-risk_class.
    change( ).
    cl_abap_unit_assert=>assert_initial( credit_writer->change-after-area-ctlpc ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->commits ).
  ENDMETHOD.

  METHOD nothing_marked_creates_account.
    CLEAR: wish-with_limit, wish-with_risk_class.
    change( ).
    cl_abap_unit_assert=>assert_equals( exp = 'I' act = credit_writer->change-area_changes ).
    cl_abap_unit_assert=>assert_initial( credit_writer->change-after-area-klimk ).
    cl_abap_unit_assert=>assert_initial( credit_writer->change-after-area-ctlpc ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->commits ).
  ENDMETHOD.

  METHOD nothing_marked_changes_nothing.
    account_exists( ).
    CLEAR: wish-with_limit, wish-with_risk_class.
    change( ).
    cl_abap_unit_assert=>assert_initial( credit_writer->writes ).
    cl_abap_unit_assert=>assert_equals( exp = 'L' act = keys->row-operation ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->commits ).
  ENDMETHOD.

  METHOD yen_are_stored_as_tables_do.
    wish-credit_area = '2000'.
    wish-with_risk_class = abap_false.
    wish-limit = 1000.
    change( ).
    expect_amount( exp = '10.00' act = credit_writer->change-after-area-klimk ).
    cl_abap_unit_assert=>assert_equals( exp = 'JPY' act = credit_writer->change-after-central-waers ).
  ENDMETHOD.

  METHOD limit_that_does_not_fit.
    wish-limit = '0.001'.
    expect_nothing_written( result = change( ) number = '015' ).
  ENDMETHOD.

  METHOD negative_limit_is_refused.
    wish-limit = -1.
    expect_nothing_written( result = change( ) number = '015' ).
  ENDMETHOD.

  METHOD other_currency_is_refused.
    DATA result TYPE zcl_gangway_credit_change=>ty_result.
    DATA message TYPE bapiret2.

    wish-currency = 'USD'.
    result = change( ).
    expect_nothing_written( result = result number = '016' ).
    READ TABLE result-messages INTO message INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = '1000' act = message-message_v1 ).
    cl_abap_unit_assert=>assert_equals( exp = 'EUR' act = message-message_v2 ).
    cl_abap_unit_assert=>assert_equals( exp = 'USD' act = message-message_v3 ).
  ENDMETHOD.

  METHOD currency_of_the_area_is_taken.
    wish-currency = 'EUR'.
    change( ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->commits ).
  ENDMETHOD.

  METHOD area_is_required.
    CLEAR wish-credit_area.
    expect_nothing_written( result = change( ) number = '004' ).
  ENDMETHOD.

  METHOD unknown_area_is_refused.
    wish-credit_area = '9999'.
    expect_nothing_written( result = change( ) number = '005' ).
  ENDMETHOD.

  METHOD unknown_risk_class_is_refused.
    wish-risk_class = '999'.
    expect_nothing_written( result = change( ) number = '005' ).
  ENDMETHOD.

  METHOD unknown_customer_is_refused.
    wish-customer = '0000999999'.
    expect_nothing_written( result = change( ) number = '153' ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->rollbacks ).
  ENDMETHOD.

  METHOD locked_customer_is_refused.
    customer_writer->refuses = abap_true.
    expect_nothing_written( result = change( ) number = '007' ).
    cl_abap_unit_assert=>assert_initial( act = keys->row msg = 'key' ).
  ENDMETHOD.

  METHOD user_without_right_is_refused.
    authority->refused = 'check_credit_area'.
    expect_nothing_written( result = change( ) number = '009' ).
    cl_abap_unit_assert=>assert_equals( exp = '02' act = authority->activity ).
  ENDMETHOD.

  METHOD test_run_writes_nothing.
    DATA result TYPE zcl_gangway_credit_change=>ty_result.

    result = change( abap_true ).
    cl_abap_unit_assert=>assert_initial( act = result-messages msg = 'messages' ).
    cl_abap_unit_assert=>assert_initial( act = credit_writer->writes msg = 'writes' ).
    cl_abap_unit_assert=>assert_initial( act = keys->row msg = 'key' ).
    cl_abap_unit_assert=>assert_initial( act = luw->commits msg = 'commits' ).
    wish-risk_class = '999'.
    expect_nothing_written( result = change( abap_true ) number = '005' ).
  ENDMETHOD.

  METHOD repeated_key_writes_nothing.
    DATA result TYPE zcl_gangway_credit_change=>ty_result.

    change( ).
    result = change( ).
    cl_abap_unit_assert=>assert_equals( exp = abap_true act = result-repeated ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = credit_writer->writes ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->commits ).
  ENDMETHOD.

  METHOD old_lease_gets_the_first_too.
    DATA result TYPE zcl_gangway_credit_change=>ty_result.

    change( ).
    fences->top = 7.
    request-fence = 6.
    result = change( ).
    cl_abap_unit_assert=>assert_equals( exp = abap_true act = result-repeated ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = credit_writer->writes ).
  ENDMETHOD.

  METHOD old_lease_writes_nothing.
    fences->top = 7.
    request-fence = 6.
    expect_nothing_written( result = change( ) number = '011' ).
    cl_abap_unit_assert=>assert_initial( act = keys->row msg = 'key' ).
  ENDMETHOD.

  METHOD other_content_is_refused.
    change( ).
    luw->commits = 0.
    credit_writer->writes = 0.
    request-content = 'abd'.
    expect_nothing_written( result = change( ) number = '003' ).
  ENDMETHOD.

  METHOD failed_commit_is_told.
    DATA result TYPE zcl_gangway_credit_change=>ty_result.
    DATA message TYPE bapiret2.

    luw->fails = abap_true.
    result = change( ).
    READ TABLE result-messages INTO message INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = '010' act = message-number ).
    cl_abap_unit_assert=>assert_initial( luw->commits ).
  ENDMETHOD.

ENDCLASS.
