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
    DATA group TYPE zgangway_sales-ktgrd VALUE '01'.
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
    result-ktgrd = group.
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
    DATA asked TYPE zif_gangway_customer_writer=>ty_new_customer.
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
    locks = locks + 1.
  ENDMETHOD.

  METHOD zif_gangway_customer_writer~release.
    locks = 0.
  ENDMETHOD.

  METHOD zif_gangway_customer_writer~create.
    asked = new_customer.
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

    message = zcl_gangway_messages=>build( id = 'F2' number = '246' v1 = 'KUNA' ).
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

CLASS ltc_creation DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    DATA keys TYPE REF TO ltd_keys.
    DATA fences TYPE REF TO ltd_fences.
    DATA luw TYPE REF TO ltd_luw.
    DATA authority TYPE REF TO ltd_authority.
    DATA customizing TYPE REF TO ltd_customizing.
    DATA writer TYPE REF TO ltd_writer.
    DATA new_customer TYPE zif_gangway_customer_writer=>ty_new_customer.

    METHODS setup.
    METHODS create
      IMPORTING
        content       TYPE zgangway_key-content DEFAULT 'abc'
        test_run      TYPE abap_bool DEFAULT abap_false
        lease         TYPE i OPTIONAL
      RETURNING
        VALUE(result) TYPE zcl_gangway_creation=>ty_result.
    METHODS expect_nothing_written
      IMPORTING
        result TYPE zcl_gangway_creation=>ty_result
        id     TYPE bapiret2-id DEFAULT 'ZGANGWAY'
        number TYPE bapiret2-number.
    METHODS key_is_in_the_unit_of_work FOR TESTING.
    METHODS repeated_key_writes_nothing FOR TESTING.
    METHODS other_content_is_refused FOR TESTING.
    METHODS test_run_writes_nothing FOR TESTING.
    METHODS refusal_of_sap_is_rolled_back FOR TESTING.
    METHODS failed_commit_gives_no_number FOR TESTING.
    METHODS missing_fields_are_all_said FOR TESTING.
    METHODS missing_account_is_said FOR TESTING.
    METHODS unknown_country_is_said FOR TESTING.
    METHODS user_without_right_is_refused FOR TESTING.
    METHODS old_lease_creates_nothing FOR TESTING.
    METHODS lease_goes_with_the_customer FOR TESTING.
    METHODS wrong_partner_writes_nothing FOR TESTING.
    METHODS partner_and_field_at_once FOR TESTING.
    METHODS given_group_needs_no_default FOR TESTING.
    METHODS missing_group_is_said FOR TESTING.
    METHODS partners_reach_the_writer FOR TESTING.
ENDCLASS.

CLASS ltc_creation IMPLEMENTATION.

  METHOD setup.
    CREATE OBJECT keys.
    CREATE OBJECT fences.
    CREATE OBJECT luw.
    CREATE OBJECT authority.
    CREATE OBJECT customizing.
    CREATE OBJECT writer.
    CLEAR new_customer.
    new_customer-general-ktokd = 'KUNA'.
    new_customer-general-name1 = 'Zephyr Robotics GmbH'.
    new_customer-general-ort01 = 'Dresden'.
    new_customer-general-land1 = 'DE'.
    new_customer-general-spras_iso = 'DE'.
    new_customer-company-bukrs = '1000'.
    new_customer-sales-vkorg = '1000'.
    new_customer-sales-vtweg = '10'.
    new_customer-sales-spart = '00'.
    new_customer-sales-waers = 'EUR'.
  ENDMETHOD.

  METHOD create.
    DATA fence TYPE REF TO zcl_gangway_fence.
    DATA claims TYPE REF TO zcl_gangway_key_claim.
    DATA checks TYPE REF TO zcl_gangway_creation_checks.
    DATA area_checks TYPE REF TO zcl_gangway_area_checks.
    DATA customers TYPE REF TO ltd_customers.
    DATA creation TYPE REF TO zcl_gangway_creation.
    DATA request TYPE zcl_gangway_key_claim=>ty_request.

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
    CREATE OBJECT customers.
    CREATE OBJECT area_checks
      EXPORTING
        customizing = customizing
        customers   = customers.
    CREATE OBJECT creation
      EXPORTING
        key_claim   = claims
        checks      = checks
        area_checks = area_checks
        authority   = authority
        writer      = writer
        luw         = luw.
    request-external_key = 'ORG/001'.
    request-content = content.
    request-operation = zcl_gangway_key_claim=>operation-create.
    request-fence = lease.
    result = creation->create( request = request new_customer = new_customer test_run = test_run ).
    cl_abap_unit_assert=>assert_initial( act = keys->locks msg = 'lock left behind' ).
  ENDMETHOD.

  METHOD expect_nothing_written.
    DATA message TYPE bapiret2.

    cl_abap_unit_assert=>assert_initial( act = result-customer msg = 'customer' ).
    cl_abap_unit_assert=>assert_initial( act = luw->commits msg = 'commits' ).
    READ TABLE result-messages INTO message INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = id act = message-id ).
    cl_abap_unit_assert=>assert_equals( exp = number act = message-number ).
    cl_abap_unit_assert=>assert_equals(
      exp = abap_true
      act = zcl_gangway_messages=>has_error( result-messages ) ).
  ENDMETHOD.

  METHOD key_is_in_the_unit_of_work.
    DATA result TYPE zcl_gangway_creation=>ty_result.
    DATA message TYPE bapiret2.

    result = create( ).
    cl_abap_unit_assert=>assert_equals( exp = '0000104799' act = result-customer ).
    cl_abap_unit_assert=>assert_initial( result-repeated ).
    cl_abap_unit_assert=>assert_equals( exp = '0000104799' act = keys->row-kunnr ).
    cl_abap_unit_assert=>assert_equals( exp = 'C' act = keys->row-operation ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->commits ).
    READ TABLE result-messages INTO message INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = 'S' act = message-type ).
    cl_abap_unit_assert=>assert_equals( exp = '001' act = message-number ).
  ENDMETHOD.

  METHOD repeated_key_writes_nothing.
    DATA result TYPE zcl_gangway_creation=>ty_result.

    create( ).
    result = create( ).
    cl_abap_unit_assert=>assert_equals( exp = '0000104799' act = result-customer ).
    cl_abap_unit_assert=>assert_equals( exp = abap_true act = result-repeated ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = writer->created ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->commits ).
  ENDMETHOD.

  METHOD other_content_is_refused.
    DATA result TYPE zcl_gangway_creation=>ty_result.

    create( ).
    luw->commits = 0.
    result = create( content = 'abd' ).
    expect_nothing_written( result = result number = '003' ).
  ENDMETHOD.

  METHOD test_run_writes_nothing.
    DATA result TYPE zcl_gangway_creation=>ty_result.

    result = create( test_run = abap_true ).
    cl_abap_unit_assert=>assert_initial( act = result-customer msg = 'customer' ).
    cl_abap_unit_assert=>assert_initial( act = result-messages msg = 'messages' ).
    cl_abap_unit_assert=>assert_initial( act = keys->row msg = 'key' ).
    cl_abap_unit_assert=>assert_initial( act = luw->commits msg = 'commits' ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = writer->tested ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->rollbacks ).
  ENDMETHOD.

  METHOD refusal_of_sap_is_rolled_back.
    DATA result TYPE zcl_gangway_creation=>ty_result.

    writer->refuses = abap_true.
    result = create( ).
    expect_nothing_written( result = result id = 'F2' number = '246' ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->rollbacks ).
    cl_abap_unit_assert=>assert_initial( act = keys->row msg = 'key' ).
  ENDMETHOD.

  METHOD failed_commit_gives_no_number.
    DATA result TYPE zcl_gangway_creation=>ty_result.

    luw->fails = abap_true.
    result = create( ).
    expect_nothing_written( result = result number = '010' ).
  ENDMETHOD.

  METHOD missing_fields_are_all_said.
    DATA result TYPE zcl_gangway_creation=>ty_result.

    CLEAR: new_customer-general-name1, new_customer-sales-waers.
    result = create( ).
    expect_nothing_written( result = result number = '004' ).
    cl_abap_unit_assert=>assert_equals( exp = 2 act = lines( result-messages ) ).
  ENDMETHOD.

  METHOD missing_account_is_said.
    DATA result TYPE zcl_gangway_creation=>ty_result.

    CLEAR customizing->account.
    result = create( ).
    expect_nothing_written( result = result number = '004' ).
  ENDMETHOD.

  METHOD unknown_country_is_said.
    DATA result TYPE zcl_gangway_creation=>ty_result.

    customizing->unknown = 'has_country'.
    result = create( ).
    expect_nothing_written( result = result number = '005' ).
    cl_abap_unit_assert=>assert_initial( act = writer->created msg = 'SAP was asked' ).
  ENDMETHOD.

  METHOD user_without_right_is_refused.
    DATA result TYPE zcl_gangway_creation=>ty_result.

    authority->refused = 'check_sales_area'.
    result = create( ).
    expect_nothing_written( result = result number = '009' ).
    cl_abap_unit_assert=>assert_initial( act = writer->created msg = 'SAP was asked' ).
  ENDMETHOD.

  METHOD old_lease_creates_nothing.
    DATA result TYPE zcl_gangway_creation=>ty_result.

    fences->top = 7.
    result = create( lease = 6 ).
    expect_nothing_written( result = result number = '011' ).
    cl_abap_unit_assert=>assert_initial( act = writer->created msg = 'SAP was asked' ).
    cl_abap_unit_assert=>assert_initial( act = keys->row msg = 'key' ).
  ENDMETHOD.

  METHOD lease_goes_with_the_customer.
    create( lease = 7 ).
    cl_abap_unit_assert=>assert_equals( exp = '000000000000000007' act = keys->fence-fence ).
  ENDMETHOD.

  METHOD wrong_partner_writes_nothing.
    DATA result TYPE zcl_gangway_creation=>ty_result.
    DATA partner TYPE zgangway_s_partner_new.

    partner-parvw = 'RG'.
    partner-kunn2 = '0000999999'.
    APPEND partner TO new_customer-partners.
    result = create( ).
    expect_nothing_written( result = result number = '005' ).
    cl_abap_unit_assert=>assert_initial( act = writer->created msg = 'SAP was asked' ).
  ENDMETHOD.

  METHOD partner_and_field_at_once.
    DATA result TYPE zcl_gangway_creation=>ty_result.
    DATA partner TYPE zgangway_s_partner_new.

    partner-parvw = 'RG'.
    partner-kunn2 = '0000999999'.
    APPEND partner TO new_customer-partners.
    CLEAR new_customer-general-name1.
    result = create( ).
    expect_nothing_written( result = result number = '004' ).
    cl_abap_unit_assert=>assert_equals( exp = 2 act = lines( result-messages ) ).
  ENDMETHOD.

  METHOD given_group_needs_no_default.
    DATA result TYPE zcl_gangway_creation=>ty_result.

    CLEAR customizing->group.
    new_customer-sales-ktgrd = '02'.
    result = create( ).
    cl_abap_unit_assert=>assert_equals( exp = '0000104799' act = result-customer ).
  ENDMETHOD.

  METHOD missing_group_is_said.
    DATA result TYPE zcl_gangway_creation=>ty_result.

    CLEAR customizing->group.
    result = create( ).
    expect_nothing_written( result = result number = '004' ).
  ENDMETHOD.

  METHOD partners_reach_the_writer.
    DATA partner TYPE zgangway_s_partner_new.
    DATA tax TYPE zgangway_s_tax.

    partner-parvw = 'RG'.
    partner-kunn2 = '0000104711'.
    APPEND partner TO new_customer-partners.
    tax-aland = 'DE'.
    tax-tatyp = 'MWST'.
    tax-taxkd = '0'.
    APPEND tax TO new_customer-taxes.
    create( ).
    cl_abap_unit_assert=>assert_equals( exp = new_customer act = writer->asked ).
  ENDMETHOD.

ENDCLASS.
