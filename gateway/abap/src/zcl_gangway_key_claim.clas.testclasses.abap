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
    locks = locks - 1.
  ENDMETHOD.

  METHOD zif_gangway_keys~is_locked.
    result = boolc( locks > 0 ).
  ENDMETHOD.

  METHOD zif_gangway_keys~find.
    IF row-external_key = wanted.
      result = row.
    ENDIF.
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

CLASS ltc_key_claim DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    DATA keys TYPE REF TO ltd_keys.
    DATA fences TYPE REF TO ltd_fences.
    DATA claims TYPE REF TO zcl_gangway_key_claim.
    DATA request TYPE zcl_gangway_key_claim=>ty_request.

    METHODS setup.
    METHODS expect_taken
      IMPORTING
        fence TYPE i.
    METHODS expect_refusal
      IMPORTING
        number TYPE bapiret2-number.
    METHODS new_key_is_locked_and_free FOR TESTING.
    METHODS repeated_key_gives_the_first FOR TESTING.
    METHODS other_content_is_refused FOR TESTING.
    METHODS other_operation_is_refused FOR TESTING.
    METHODS key_and_content_are_required FOR TESTING.
    METHODS older_lease_is_refused FOR TESTING.
    METHODS same_or_newer_lease_is_taken FOR TESTING.
    METHODS caller_without_lease_is_taken FOR TESTING.
    METHODS old_lease_still_gets_the_first FOR TESTING.
    METHODS fence_goes_with_the_key FOR TESTING.
    METHODS contact_goes_with_the_key FOR TESTING.
ENDCLASS.

CLASS ltc_key_claim IMPLEMENTATION.

  METHOD setup.
    DATA fence TYPE REF TO zcl_gangway_fence.

    CREATE OBJECT keys.
    CREATE OBJECT fences.
    CREATE OBJECT fence
      EXPORTING
        fences = fences.
    CREATE OBJECT claims
      EXPORTING
        keys  = keys
        fence = fence.
    request-external_key = 'ORG/001'.
    request-content = 'abc'.
    request-operation = zcl_gangway_key_claim=>operation-create.
  ENDMETHOD.

  METHOD expect_refusal.
    DATA refused TYPE REF TO zcx_gangway_refused.

    TRY.
        claims->claim( request ).
        cl_abap_unit_assert=>fail( 'not refused' ).
      CATCH zcx_gangway_refused INTO refused.
        cl_abap_unit_assert=>assert_equals( exp = number act = refused->message-number ).
        cl_abap_unit_assert=>assert_equals( exp = 'ZGANGWAY' act = refused->message-id ).
    ENDTRY.
  ENDMETHOD.

  METHOD new_key_is_locked_and_free.
    DATA row TYPE zgangway_key.

    TRY.
        row = claims->claim( request ).
      CATCH zcx_gangway_refused.
        cl_abap_unit_assert=>fail( 'refused' ).
    ENDTRY.
    cl_abap_unit_assert=>assert_initial( row ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = keys->locks ).
  ENDMETHOD.

  METHOD repeated_key_gives_the_first.
    DATA row TYPE zgangway_key.

    claims->register( request = request customer = '0000104711' ).
    TRY.
        row = claims->claim( request ).
      CATCH zcx_gangway_refused.
        cl_abap_unit_assert=>fail( 'refused' ).
    ENDTRY.
    cl_abap_unit_assert=>assert_equals( exp = '0000104711' act = row-kunnr ).
  ENDMETHOD.

  METHOD other_content_is_refused.
    claims->register( request = request customer = '0000104711' ).
    request-content = 'abd'.
    expect_refusal( '003' ).
  ENDMETHOD.

  METHOD other_operation_is_refused.
    claims->register( request = request customer = '0000104711' ).
    request-operation = zcl_gangway_key_claim=>operation-change.
    expect_refusal( '003' ).
  ENDMETHOD.

  METHOD key_and_content_are_required.
    CLEAR request-content.
    expect_refusal( '004' ).
    CLEAR request-external_key.
    expect_refusal( '004' ).
    cl_abap_unit_assert=>assert_equals( exp = 0 act = keys->locks ).
  ENDMETHOD.

  METHOD expect_taken.
    request-fence = fence.
    TRY.
        claims->claim( request ).
      CATCH zcx_gangway_refused.
        cl_abap_unit_assert=>fail( |refused with { fence }| ).
    ENDTRY.
  ENDMETHOD.

  METHOD older_lease_is_refused.
    fences->top = 7.
    request-fence = 6.
    expect_refusal( '011' ).
  ENDMETHOD.

  METHOD same_or_newer_lease_is_taken.
    fences->top = 7.
    expect_taken( 7 ).
    expect_taken( 8 ).
  ENDMETHOD.

  METHOD caller_without_lease_is_taken.
    fences->top = 7.
    expect_taken( 0 ).
  ENDMETHOD.

  METHOD old_lease_still_gets_the_first.
    DATA row TYPE zgangway_key.

    claims->register( request = request customer = '0000104711' ).
    fences->top = 7.
    request-fence = 6.
    TRY.
        row = claims->claim( request ).
      CATCH zcx_gangway_refused.
        cl_abap_unit_assert=>fail( 'refused' ).
    ENDTRY.
    cl_abap_unit_assert=>assert_equals( exp = '0000104711' act = row-kunnr ).
  ENDMETHOD.

  METHOD fence_goes_with_the_key.
    request-external_key = '00D5g000004GANGEAWcustomer.create:001'.
    request-fence = 6.
    claims->register( request = request customer = '0000104711' ).
    cl_abap_unit_assert=>assert_equals( exp = '00D5g000004GANGEAW' act = keys->fence-scope ).
    cl_abap_unit_assert=>assert_equals( exp = '000000000000000006' act = keys->fence-fence ).
  ENDMETHOD.

  METHOD contact_goes_with_the_key.
    claims->register( request = request customer = '0000104711' contact = '0000000815' ).
    cl_abap_unit_assert=>assert_equals( exp = '0000000815' act = keys->row-parnr ).
  ENDMETHOD.

ENDCLASS.
