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

CLASS ltd_authority DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_order_authority.
    DATA refuses TYPE abap_bool.
    DATA asked TYPE zgangway_s_order.
ENDCLASS.

CLASS ltd_authority IMPLEMENTATION.

  METHOD zif_gangway_order_authority~check_order.
    DATA message TYPE bapiret2.

    asked = header.
    IF refuses = abap_true.
      message = zcl_gangway_messages=>build( number = '009' v1 = 'V_VBAK_AAT' ).
      RAISE EXCEPTION TYPE zcx_gangway_refused
        EXPORTING
          message = message.
    ENDIF.
  ENDMETHOD.

ENDCLASS.

CLASS ltd_writer DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_order_writer.
    DATA says TYPE bapiret2-type.
    DATA without_number TYPE abap_bool.
    DATA created TYPE i.
    DATA tested TYPE i.
    DATA wish TYPE zif_gangway_order_writer=>ty_wish.
ENDCLASS.

CLASS ltd_writer IMPLEMENTATION.

  METHOD zif_gangway_order_writer~create.
    DATA message TYPE bapiret2.

    me->wish = wish.
    IF says IS NOT INITIAL.
      message-type = says.
      message-id = 'V1'.
      message-number = '555'.
      APPEND message TO result-messages.
    ENDIF.
    IF test_run = abap_true.
      tested = tested + 1.
    ELSE.
      created = created + 1.
      IF without_number = abap_false.
        result-document = '0000012345'.
      ENDIF.
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_order_writer~credit_status.
    IF document = '0000012345'.
      result = 'B'.
    ENDIF.
  ENDMETHOD.

ENDCLASS.

CLASS ltc_order DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    DATA keys TYPE REF TO ltd_keys.
    DATA fences TYPE REF TO ltd_fences.
    DATA luw TYPE REF TO ltd_luw.
    DATA authority TYPE REF TO ltd_authority.
    DATA writer TYPE REF TO ltd_writer.
    DATA wish TYPE zif_gangway_order_writer=>ty_wish.

    METHODS setup.
    METHODS create
      IMPORTING
        content       TYPE zgangway_key-content DEFAULT 'abc'
        test_run      TYPE abap_bool DEFAULT abap_false
        lease         TYPE i OPTIONAL
      RETURNING
        VALUE(result) TYPE zcl_gangway_order=>ty_result.
    METHODS expect_nothing_written
      IMPORTING
        result TYPE zcl_gangway_order=>ty_result
        number TYPE bapiret2-number.
    METHODS key_is_in_the_unit_of_work FOR TESTING.
    METHODS quotation_has_its_operation FOR TESTING.
    METHODS repeated_key_gives_the_first FOR TESTING.
    METHODS quotation_is_no_order FOR TESTING.
    METHODS other_content_is_refused FOR TESTING.
    METHODS test_run_writes_nothing FOR TESTING.
    METHODS test_run_tells_what_sap_says FOR TESTING.
    METHODS warning_is_no_error FOR TESTING.
    METHODS error_of_sap_writes_nothing FOR TESTING.
    METHODS abort_of_sap_writes_nothing FOR TESTING.
    METHODS no_number_writes_nothing FOR TESTING.
    METHODS failed_commit_gives_no_number FOR TESTING.
    METHODS wrong_order_does_not_reach_sap FOR TESTING.
    METHODS user_without_right_is_refused FOR TESTING.
    METHODS right_comes_before_the_key FOR TESTING.
    METHODS old_lease_creates_nothing FOR TESTING.
    METHODS lease_goes_with_the_document FOR TESTING.
ENDCLASS.

CLASS ltc_order IMPLEMENTATION.

  METHOD setup.
    DATA item TYPE zgangway_s_order_item.
    DATA line TYPE zgangway_s_order_line.

    CREATE OBJECT keys.
    CREATE OBJECT fences.
    CREATE OBJECT luw.
    CREATE OBJECT authority.
    CREATE OBJECT writer.
    CLEAR wish.
    wish-header-vbtyp = 'C'.
    wish-header-auart = 'TA'.
    wish-header-vkorg = '1000'.
    wish-header-vtweg = '10'.
    wish-header-spart = '00'.
    wish-header-kunnr = '0000104711'.
    item-posnr = '000010'.
    item-matnr = 'P-100'.
    APPEND item TO wish-items.
    line-posnr = '000010'.
    line-wmeng = '2.500'.
    APPEND line TO wish-lines.
  ENDMETHOD.

  METHOD create.
    DATA customizing TYPE REF TO ltd_customizing.
    DATA fence TYPE REF TO zcl_gangway_fence.
    DATA claims TYPE REF TO zcl_gangway_key_claim.
    DATA checks TYPE REF TO zcl_gangway_order_checks.
    DATA order TYPE REF TO zcl_gangway_order.
    DATA request TYPE zcl_gangway_key_claim=>ty_request.

    CREATE OBJECT customizing.
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
    CREATE OBJECT order
      EXPORTING
        key_claim = claims
        checks    = checks
        authority = authority
        writer    = writer
        luw       = luw.
    request-external_key = 'ORG/001'.
    request-content = content.
    request-fence = lease.
    result = order->create( request = request wish = wish test_run = test_run ).
    cl_abap_unit_assert=>assert_initial( act = keys->locks msg = 'lock left behind' ).
  ENDMETHOD.

  METHOD expect_nothing_written.
    DATA message TYPE bapiret2.

    cl_abap_unit_assert=>assert_initial( act = result-document msg = 'document' ).
    cl_abap_unit_assert=>assert_initial( act = result-credit_status msg = 'credit status' ).
    cl_abap_unit_assert=>assert_initial( act = luw->commits msg = 'commits' ).
    READ TABLE result-messages INTO message WITH KEY number = number.
    cl_abap_unit_assert=>assert_equals( exp = number act = message-number ).
    cl_abap_unit_assert=>assert_equals(
      exp = abap_true
      act = zcl_gangway_messages=>has_error( result-messages ) ).
    READ TABLE result-messages INTO message WITH KEY id = 'ZGANGWAY' number = '018'.
    cl_abap_unit_assert=>assert_equals( exp = 4 act = sy-subrc ).
  ENDMETHOD.

  METHOD key_is_in_the_unit_of_work.
    DATA result TYPE zcl_gangway_order=>ty_result.
    DATA message TYPE bapiret2.

    result = create( ).
    cl_abap_unit_assert=>assert_equals( exp = '0000012345' act = result-document ).
    cl_abap_unit_assert=>assert_equals( exp = 'B' act = result-credit_status ).
    cl_abap_unit_assert=>assert_initial( result-repeated ).
    cl_abap_unit_assert=>assert_equals( exp = '0000012345' act = keys->row-vbeln ).
    cl_abap_unit_assert=>assert_equals( exp = '0000104711' act = keys->row-kunnr ).
    cl_abap_unit_assert=>assert_equals( exp = 'O' act = keys->row-operation ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->commits ).
    cl_abap_unit_assert=>assert_equals( exp = wish act = writer->wish ).
    READ TABLE result-messages INTO message INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = 'S' act = message-type ).
    cl_abap_unit_assert=>assert_equals( exp = '018' act = message-number ).
  ENDMETHOD.

  METHOD quotation_has_its_operation.
    wish-header-vbtyp = 'B'.
    create( ).
    cl_abap_unit_assert=>assert_equals( exp = 'Q' act = keys->row-operation ).
  ENDMETHOD.

  METHOD repeated_key_gives_the_first.
    DATA result TYPE zcl_gangway_order=>ty_result.
    DATA message TYPE bapiret2.

    create( ).
    result = create( ).
    cl_abap_unit_assert=>assert_equals( exp = '0000012345' act = result-document ).
    cl_abap_unit_assert=>assert_equals( exp = 'B' act = result-credit_status ).
    cl_abap_unit_assert=>assert_equals( exp = abap_true act = result-repeated ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = writer->created ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->commits ).
    READ TABLE result-messages INTO message INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = '018' act = message-number ).
    cl_abap_unit_assert=>assert_equals( exp = '0000012345' act = message-message_v1 ).
  ENDMETHOD.

  METHOD quotation_is_no_order.
    DATA result TYPE zcl_gangway_order=>ty_result.

    create( ).
    luw->commits = 0.
    wish-header-vbtyp = 'B'.
    result = create( ).
    expect_nothing_written( result = result number = '003' ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = writer->created ).
  ENDMETHOD.

  METHOD other_content_is_refused.
    DATA result TYPE zcl_gangway_order=>ty_result.

    create( ).
    luw->commits = 0.
    result = create( content = 'abd' ).
    expect_nothing_written( result = result number = '003' ).
  ENDMETHOD.

  METHOD test_run_writes_nothing.
    DATA result TYPE zcl_gangway_order=>ty_result.

    result = create( test_run = abap_true ).
    cl_abap_unit_assert=>assert_initial( act = result msg = 'result' ).
    cl_abap_unit_assert=>assert_initial( act = keys->row msg = 'key' ).
    cl_abap_unit_assert=>assert_initial( act = luw->commits msg = 'commits' ).
    cl_abap_unit_assert=>assert_initial( act = writer->created msg = 'created' ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = writer->tested ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->rollbacks ).
  ENDMETHOD.

  METHOD test_run_tells_what_sap_says.
    DATA result TYPE zcl_gangway_order=>ty_result.

    writer->says = 'E'.
    result = create( test_run = abap_true ).
    expect_nothing_written( result = result number = '555' ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->rollbacks ).
  ENDMETHOD.

  METHOD warning_is_no_error.
    DATA result TYPE zcl_gangway_order=>ty_result.
    DATA message TYPE bapiret2.

    writer->says = 'W'.
    result = create( ).
    cl_abap_unit_assert=>assert_equals( exp = '0000012345' act = result-document ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->commits ).
    cl_abap_unit_assert=>assert_equals( exp = 2 act = lines( result-messages ) ).
    READ TABLE result-messages INTO message INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = 'W' act = message-type ).
  ENDMETHOD.

  METHOD error_of_sap_writes_nothing.
    DATA result TYPE zcl_gangway_order=>ty_result.

    writer->says = 'E'.
    result = create( ).
    expect_nothing_written( result = result number = '555' ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->rollbacks ).
    cl_abap_unit_assert=>assert_initial( act = keys->row msg = 'key' ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = lines( result-messages ) ).
  ENDMETHOD.

  METHOD abort_of_sap_writes_nothing.
    DATA result TYPE zcl_gangway_order=>ty_result.

    writer->says = 'A'.
    result = create( ).
    expect_nothing_written( result = result number = '555' ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->rollbacks ).
    cl_abap_unit_assert=>assert_initial( act = keys->row msg = 'key' ).
  ENDMETHOD.

  METHOD no_number_writes_nothing.
    DATA result TYPE zcl_gangway_order=>ty_result.

    writer->without_number = abap_true.
    result = create( ).
    expect_nothing_written( result = result number = '022' ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->rollbacks ).
    cl_abap_unit_assert=>assert_initial( act = keys->row msg = 'key' ).
  ENDMETHOD.

  METHOD failed_commit_gives_no_number.
    DATA result TYPE zcl_gangway_order=>ty_result.

    luw->fails = abap_true.
    result = create( ).
    expect_nothing_written( result = result number = '010' ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = luw->rollbacks ).
  ENDMETHOD.

  METHOD wrong_order_does_not_reach_sap.
    DATA result TYPE zcl_gangway_order=>ty_result.

    CLEAR wish-header-auart.
    result = create( ).
    expect_nothing_written( result = result number = '004' ).
    cl_abap_unit_assert=>assert_initial( act = writer->created msg = 'SAP was asked' ).
  ENDMETHOD.

  METHOD user_without_right_is_refused.
    DATA result TYPE zcl_gangway_order=>ty_result.

    authority->refuses = abap_true.
    result = create( ).
    expect_nothing_written( result = result number = '009' ).
    cl_abap_unit_assert=>assert_initial( act = writer->created msg = 'SAP was asked' ).
    cl_abap_unit_assert=>assert_equals( exp = wish-header act = authority->asked ).
  ENDMETHOD.

  METHOD right_comes_before_the_key.
    DATA result TYPE zcl_gangway_order=>ty_result.

    create( ).
    luw->commits = 0.
    authority->refuses = abap_true.
    result = create( ).
    expect_nothing_written( result = result number = '009' ).
  ENDMETHOD.

  METHOD old_lease_creates_nothing.
    DATA result TYPE zcl_gangway_order=>ty_result.

    fences->top = 7.
    result = create( lease = 6 ).
    expect_nothing_written( result = result number = '011' ).
    cl_abap_unit_assert=>assert_initial( act = writer->created msg = 'SAP was asked' ).
    cl_abap_unit_assert=>assert_initial( act = keys->row msg = 'key' ).
  ENDMETHOD.

  METHOD lease_goes_with_the_document.
    create( lease = 7 ).
    cl_abap_unit_assert=>assert_equals( exp = '000000000000000007' act = keys->fence-fence ).
  ENDMETHOD.

ENDCLASS.
