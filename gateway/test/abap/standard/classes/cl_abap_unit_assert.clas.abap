"! What the unit tests use of SAP's assertions; they fail by an exception nobody in the pack catches.
CLASS cl_abap_unit_assert DEFINITION PUBLIC FINAL CREATE PUBLIC.
  PUBLIC SECTION.
    CLASS-METHODS assert_equals
      IMPORTING
        exp TYPE any
        act TYPE any
        msg TYPE csequence OPTIONAL.
    CLASS-METHODS assert_initial
      IMPORTING
        act TYPE any
        msg TYPE csequence OPTIONAL.
    CLASS-METHODS fail
      IMPORTING
        msg TYPE csequence OPTIONAL.
ENDCLASS.

CLASS cl_abap_unit_assert IMPLEMENTATION.
  METHOD assert_equals.
    IF exp <> act.
      fail( |{ msg }: expected "{ exp }", got "{ act }"| ).
    ENDIF.
  ENDMETHOD.

  METHOD assert_initial.
    IF act IS NOT INITIAL.
      fail( |{ msg }: expected nothing| ).
    ENDIF.
  ENDMETHOD.

  METHOD fail.
    RAISE EXCEPTION TYPE cx_unit_failure
      EXPORTING
        text = msg.
  ENDMETHOD.
ENDCLASS.
