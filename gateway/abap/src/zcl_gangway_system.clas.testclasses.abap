CLASS ltd_system DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_system.
ENDCLASS.

CLASS ltd_system IMPLEMENTATION.

  METHOD zif_gangway_system~names.
    result-logical_system = 'ERPCLNT100'.
    result-system = 'ERP'.
    result-client = '100'.
  ENDMETHOD.

ENDCLASS.

CLASS ltd_clock DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_clock.
ENDCLASS.

CLASS ltd_clock IMPLEMENTATION.

  METHOD zif_gangway_clock~utc.
    result-day = '20261025'.
    result-time = '010203'.
  ENDMETHOD.

  METHOD zif_gangway_clock~system_time.
    result = utc.
    result-time = '030203'.
  ENDMETHOD.

ENDCLASS.

CLASS ltc_system DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    METHODS names_and_utc_clock FOR TESTING.
ENDCLASS.

CLASS ltc_system IMPLEMENTATION.

  METHOD names_and_utc_clock.
    DATA system TYPE REF TO ltd_system.
    DATA clock TYPE REF TO ltd_clock.
    DATA subject TYPE REF TO zcl_gangway_system.
    DATA result TYPE zcl_gangway_system=>ty_result.

    CREATE OBJECT system.
    CREATE OBJECT clock.
    CREATE OBJECT subject
      EXPORTING
        system = system
        clock  = clock.
    result = subject->read( ).
    cl_abap_unit_assert=>assert_equals( exp = 'ERPCLNT100' act = result-names-logical_system ).
    cl_abap_unit_assert=>assert_equals( exp = 'ERP' act = result-names-system ).
    cl_abap_unit_assert=>assert_equals( exp = '100' act = result-names-client ).
    cl_abap_unit_assert=>assert_equals( exp = '20261025010203' act = result-utc_stamp ).
  ENDMETHOD.

ENDCLASS.
