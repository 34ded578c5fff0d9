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

CLASS ltd_contacts DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_contacts.
    DATA row TYPE zif_gangway_contacts=>ty_person.
ENDCLASS.

CLASS ltd_contacts IMPLEMENTATION.

  METHOD zif_gangway_contacts~person.
    DATA message TYPE bapiret2.

    IF number <> row-parnr.
      message = zcl_gangway_messages=>build( number = '014' v1 = number v2 = customer-kunnr ).
      RAISE EXCEPTION TYPE zcx_gangway_refused
        EXPORTING
          message = message.
    ENDIF.
    result = row.
  ENDMETHOD.

ENDCLASS.

CLASS ltd_contact_writer DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_contact_writer.
    DATA contact TYPE cmds_ei_contacts.
    DATA customer TYPE kna1-kunnr.
    DATA saved TYPE i.
    DATA tested TYPE i.
    DATA refuses TYPE abap_bool.
ENDCLASS.

CLASS ltd_contact_writer IMPLEMENTATION.

  METHOD zif_gangway_contact_writer~save.
    DATA message TYPE bapiret2.

    me->contact = contact.
    me->customer = customer.
    result-number = contact-data_key-parnr.
    IF result-number IS INITIAL.
      result-number = '0000000901'.
    ENDIF.
    IF refuses = abap_true.
      message = zcl_gangway_messages=>build( id = 'F2' number = '300' v1 = 'ABTNR' ).
      APPEND message TO result-messages.
      message = zcl_gangway_messages=>build( id = 'F2' number = '301' v1 = 'PAFKT' ).
      APPEND message TO result-messages.
    ENDIF.
    IF test_run = abap_true.
      tested = tested + 1.
    ELSE.
      saved = saved + 1.
    ENDIF.
  ENDMETHOD.

ENDCLASS.

CLASS ltc_contact DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    DATA keys TYPE REF TO ltd_keys.
    DATA fences TYPE REF TO ltd_fences.
    DATA luw TYPE REF TO ltd_luw.
    DATA authority TYPE REF TO ltd_authority.
    DATA customers TYPE REF TO ltd_customers.
    DATA contacts TYPE REF TO ltd_contacts.
    DATA customer_writer TYPE REF TO ltd_writer.
    DATA contact_writer TYPE REF TO ltd_contact_writer.
    DATA request TYPE zcl_gangway_key_claim=>ty_request.
    DATA wish TYPE zcl_gangway_contact=>ty_wish.

    METHODS setup.
    METHODS claims
      RETURNING
        VALUE(result) TYPE REF TO zcl_gangway_key_claim.
    METHODS save
      IMPORTING
        test_run      TYPE abap_bool DEFAULT abap_false
      RETURNING
        VALUE(result) TYPE zcl_gangway_contact=>ty_result.
    METHODS expect_nothing_written
      IMPORTING
        result TYPE zcl_gangway_contact=>ty_result
        number TYPE bapiret2-number.
    METHODS new_person_is_in_the_key FOR TESTING.
    METHODS new_person_is_written_whole FOR TESTING.
    METHODS known_person_keeps_its_number FOR TESTING.
    METHODS only_marks_of_a_known_person FOR TESTING.
    METHODS repeated_key_gives_the_person FOR TESTING.
    METHODS old_lease_gets_the_first_too FOR TESTING.
    METHODS old_lease_saves_nothing FOR TESTING.
    METHODS other_content_is_refused FOR TESTING.
    METHODS key_of_a_change_is_refused FOR TESTING.
    METHODS unknown_customer_is_refused FOR TESTING.
    METHODS person_of_another_is_refused FOR TESTING.
    METHODS locked_customer_is_refused FOR TESTING.
    METHODS person_without_name_is_refused FOR TESTING.
    METHODS test_run_saves_nothing FOR TESTING.
    METHODS all_that_sap_says_is_told FOR TESTING.
    METHODS failed_commit_gives_no_number FOR TESTING.
    METHODS user_without_right_is_refused FOR TESTING.
    METHODS account_group_is_asked_for FOR TESTING.
ENDCLASS.

CLASS ltc_contact IMPLEMENTATION.

  METHOD setup.
    CREATE OBJECT keys.
    CREATE OBJECT fences.
    CREATE OBJECT luw.
    CREATE OBJECT authority.
    CREATE OBJECT customers.
    CREATE OBJECT contacts.
    CREATE OBJECT customer_writer.
    CREATE OBJECT contact_writer.
    customers->row-kunnr = '0000104711'.
    customers->row-land1 = 'DE'.
    contacts->row-parnr = '0000000815'.
    contacts->row-prsnr = '0000004711'.
    CLEAR: request, wish.
    request-external_key = '00D5g000004GANGEAWcontact.create:003'.
    request-content = 'abc'.
    request-operation = zcl_gangway_key_claim=>operation-contact.
    wish-customer = '0000104711'.
    wish-fields-values-namev = 'Greta'.
    wish-fields-values-name1 = 'Thorsen'.
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

  METHOD save.
    DATA parts TYPE zcl_gangway_contact=>ty_parts.
    DATA customizing TYPE REF TO ltd_customizing.
    DATA saving TYPE REF TO zcl_gangway_contact.

    CREATE OBJECT customizing.
    CREATE OBJECT parts-rows
      EXPORTING
        customizing = customizing.
    parts-key_claim = claims( ).
    parts-authority = authority.
    parts-customers = customers.
    parts-contacts = contacts.
    parts-customer_writer = customer_writer.
    parts-contact_writer = contact_writer.
    parts-luw = luw.
    CREATE OBJECT saving
      EXPORTING
        parts = parts.
    result = saving->save( request = request wish = wish test_run = test_run ).
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
    cl_abap_unit_assert=>assert_initial( act = result-contact msg = 'contact' ).
    cl_abap_unit_assert=>assert_initial( act = luw->commits msg = 'commits' ).
  ENDMETHOD.

  METHOD new_person_is_in_the_key.
    DATA result TYPE zcl_gangway_contact=>ty_result.
    DATA message TYPE bapiret2.

    request-fence = 7.
    result = save( ).
    cl_abap_unit_assert=>assert_equals( exp = '0000000901' act = result-contact ).
    cl_abap_unit_assert=>assert_initial( result-repeated ).
    cl_abap_unit_assert=>assert_equals( exp = '0000000901' act = keys->row-parnr ).
    cl_abap_unit_assert=>assert_equals( exp = '0000104711' act = keys->row-kunnr ).
    cl_abap_unit_assert=>assert_equals( exp = 'P' act = keys->row-operation ).
    cl_abap_unit_assert=>assert_equals( exp = '000000000000000007' act = keys->fence-fence ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->commits ).
    READ TABLE result-messages INTO message INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = 'S' act = message-type ).
    cl_abap_unit_assert=>assert_equals( exp = '012' act = message-number ).
    cl_abap_unit_assert=>assert_equals( exp = '0000000901' act = message-message_v1 ).
  ENDMETHOD.

  METHOD new_person_is_written_whole.
    save( ).
    cl_abap_unit_assert=>assert_equals( exp = 'I' act = contact_writer->contact-task ).
    cl_abap_unit_assert=>assert_equals( exp = '0000104711' act = contact_writer->customer ).
    cl_abap_unit_assert=>assert_equals(
      exp = 'Thorsen'
      act = contact_writer->contact-address_type_3-postal-data-lastname ).
    cl_abap_unit_assert=>assert_equals( exp = 'X' act = contact_writer->contact-datax-abtnr ).
  ENDMETHOD.

  METHOD known_person_keeps_its_number.
    DATA result TYPE zcl_gangway_contact=>ty_result.

    wish-contact = '0000000815'.
    wish-fields-marks-name1 = 'X'.
    result = save( ).
    cl_abap_unit_assert=>assert_equals( exp = '0000000815' act = result-contact ).
    cl_abap_unit_assert=>assert_equals( exp = '0000000815' act = keys->row-parnr ).
    cl_abap_unit_assert=>assert_equals( exp = 'U' act = contact_writer->contact-task ).
  ENDMETHOD.

  METHOD only_marks_of_a_known_person.
    wish-contact = '0000000815'.
    CLEAR wish-fields-values-name1.
    wish-fields-marks-namev = 'X'.
    save( ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->commits ).
    cl_abap_unit_assert=>assert_equals(
      exp = 'X'
      act = contact_writer->contact-address_type_3-postal-datax-firstname ).
    cl_abap_unit_assert=>assert_initial( contact_writer->contact-address_type_3-postal-datax-lastname ).
  ENDMETHOD.

  METHOD repeated_key_gives_the_person.
    DATA result TYPE zcl_gangway_contact=>ty_result.

    save( ).
    result = save( ).
    cl_abap_unit_assert=>assert_equals( exp = '0000000901' act = result-contact ).
    cl_abap_unit_assert=>assert_equals( exp = abap_true act = result-repeated ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = contact_writer->saved ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->commits ).
  ENDMETHOD.

  METHOD old_lease_gets_the_first_too.
    DATA result TYPE zcl_gangway_contact=>ty_result.

    save( ).
    fences->top = 7.
    request-fence = 6.
    result = save( ).
    cl_abap_unit_assert=>assert_equals( exp = '0000000901' act = result-contact ).
    cl_abap_unit_assert=>assert_equals( exp = abap_true act = result-repeated ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = contact_writer->saved ).
  ENDMETHOD.

  METHOD old_lease_saves_nothing.
    fences->top = 7.
    request-fence = 6.
    expect_nothing_written( result = save( ) number = '011' ).
    cl_abap_unit_assert=>assert_initial( act = contact_writer->saved msg = 'SAP was asked' ).
    cl_abap_unit_assert=>assert_initial( act = keys->row msg = 'key' ).
  ENDMETHOD.

  METHOD other_content_is_refused.
    save( ).
    luw->commits = 0.
    request-content = 'abd'.
    expect_nothing_written( result = save( ) number = '003' ).
  ENDMETHOD.

  METHOD key_of_a_change_is_refused.
    keys->row-external_key = request-external_key.
    keys->row-content = request-content.
    keys->row-operation = zcl_gangway_key_claim=>operation-change.
    expect_nothing_written( result = save( ) number = '003' ).
  ENDMETHOD.

  METHOD unknown_customer_is_refused.
    wish-customer = '0000999999'.
    expect_nothing_written( result = save( ) number = '153' ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->rollbacks ).
  ENDMETHOD.

  METHOD person_of_another_is_refused.
    wish-contact = '0000000816'.
    expect_nothing_written( result = save( ) number = '014' ).
    cl_abap_unit_assert=>assert_initial( act = contact_writer->saved msg = 'SAP was asked' ).
  ENDMETHOD.

  METHOD locked_customer_is_refused.
    customer_writer->refuses = abap_true.
    expect_nothing_written( result = save( ) number = '007' ).
    cl_abap_unit_assert=>assert_initial( act = contact_writer->saved msg = 'SAP was asked' ).
  ENDMETHOD.

  METHOD person_without_name_is_refused.
    CLEAR wish-fields-values-name1.
    expect_nothing_written( result = save( ) number = '004' ).
    cl_abap_unit_assert=>assert_initial( act = contact_writer->saved msg = 'SAP was asked' ).
  ENDMETHOD.

  METHOD test_run_saves_nothing.
    DATA result TYPE zcl_gangway_contact=>ty_result.

    result = save( abap_true ).
    cl_abap_unit_assert=>assert_initial( act = result-messages msg = 'messages' ).
    cl_abap_unit_assert=>assert_initial( act = result-contact msg = 'contact' ).
    cl_abap_unit_assert=>assert_initial( act = keys->row msg = 'key' ).
    cl_abap_unit_assert=>assert_initial( act = luw->commits msg = 'commits' ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = contact_writer->tested ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->rollbacks ).
  ENDMETHOD.

  METHOD all_that_sap_says_is_told.
    DATA result TYPE zcl_gangway_contact=>ty_result.

    contact_writer->refuses = abap_true.
    result = save( ).
    expect_nothing_written( result = result number = '300' ).
    cl_abap_unit_assert=>assert_equals( exp = 2 act = lines( result-messages ) ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->rollbacks ).
    cl_abap_unit_assert=>assert_initial( act = keys->row msg = 'key' ).
  ENDMETHOD.

  METHOD failed_commit_gives_no_number.
    luw->fails = abap_true.
    expect_nothing_written( result = save( ) number = '010' ).
  ENDMETHOD.

  METHOD user_without_right_is_refused.
    authority->refused = 'check_general'.
    expect_nothing_written( result = save( ) number = '009' ).
    cl_abap_unit_assert=>assert_initial( act = contact_writer->saved msg = 'SAP was asked' ).
  ENDMETHOD.

  METHOD account_group_is_asked_for.
    authority->refused = 'check_account_group'.
    expect_nothing_written( result = save( ) number = '009' ).
    cl_abap_unit_assert=>assert_initial( act = contact_writer->saved msg = 'SAP was asked' ).
  ENDMETHOD.

ENDCLASS.
