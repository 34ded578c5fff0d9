CLASS ltd_keys DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_keys.
    DATA row TYPE zgangway_key.
    DATA commits_after_the_look TYPE abap_bool.
    DATA locked TYPE abap_bool.
ENDCLASS.

CLASS ltd_keys IMPLEMENTATION.

  METHOD zif_gangway_keys~lock.
  ENDMETHOD.

  METHOD zif_gangway_keys~release.
  ENDMETHOD.

  METHOD zif_gangway_keys~is_locked.
    result = locked.
    IF commits_after_the_look = abap_true.
      row-external_key = wanted.
      row-kunnr = '0000104711'.
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_keys~find.
    result = row.
  ENDMETHOD.

  METHOD zif_gangway_keys~register.
  ENDMETHOD.

ENDCLASS.

CLASS ltc_key_status DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    DATA keys TYPE REF TO ltd_keys.

    METHODS setup.
    METHODS expect
      IMPORTING
        state TYPE csequence.
    METHODS unknown_key_was_never_done FOR TESTING.
    METHODS locked_key_is_running FOR TESTING.
    METHODS commit_in_between_is_done FOR TESTING.
ENDCLASS.

CLASS ltc_key_status IMPLEMENTATION.

  METHOD setup.
    CREATE OBJECT keys.
  ENDMETHOD.

  METHOD expect.
    DATA status TYPE REF TO zcl_gangway_key_status.
    DATA result TYPE zcl_gangway_key_status=>ty_result.

    CREATE OBJECT status
      EXPORTING
        keys = keys.
    result = status->read( 'ORG/001' ).
    cl_abap_unit_assert=>assert_equals( exp = state act = result-state ).
  ENDMETHOD.

  METHOD unknown_key_was_never_done.
    expect( ' ' ).
  ENDMETHOD.

  METHOD locked_key_is_running.
    keys->locked = abap_true.
    expect( 'R' ).
  ENDMETHOD.

  METHOD commit_in_between_is_done.
    keys->locked = abap_true.
    keys->commits_after_the_look = abap_true.
    expect( 'D' ).
  ENDMETHOD.

ENDCLASS.
