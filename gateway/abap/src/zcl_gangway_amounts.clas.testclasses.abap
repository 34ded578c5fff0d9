CLASS ltd_currencies DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_currencies.
ENDCLASS.

CLASS ltd_currencies IMPLEMENTATION.

  METHOD zif_gangway_currencies~decimals.
    CASE currency.
      WHEN 'JPY'.
        result = 0.
      WHEN 'KWD'.
        result = 3.
      WHEN OTHERS.
        result = 2.
    ENDCASE.
  ENDMETHOD.

ENDCLASS.

CLASS ltc_amounts DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    METHODS real
      IMPORTING
        stored   TYPE csequence
        currency TYPE tcurx-currkey
        expected TYPE csequence.
    METHODS two_decimals_stay FOR TESTING.
    METHODS yen_have_no_decimals FOR TESTING.
    METHODS dinars_have_three FOR TESTING.
    METHODS credits_stay_negative FOR TESTING.
ENDCLASS.

CLASS ltc_amounts IMPLEMENTATION.

  METHOD real.
    DATA currencies TYPE REF TO ltd_currencies.
    DATA amounts TYPE REF TO zcl_gangway_amounts.
    DATA from_table TYPE knkk-klimk.
    DATA wanted TYPE zcl_gangway_amounts=>ty_real.
    DATA actual TYPE zcl_gangway_amounts=>ty_real.

    CREATE OBJECT currencies.
    CREATE OBJECT amounts
      EXPORTING
        currencies = currencies.
    from_table = stored.
    wanted = expected.
    actual = amounts->real( stored = from_table currency = currency ).
    cl_abap_unit_assert=>assert_equals( exp = wanted act = actual ).
  ENDMETHOD.

  METHOD two_decimals_stay.
    real( stored = '1234.56' currency = 'EUR' expected = '1234.56' ).
  ENDMETHOD.

  METHOD yen_have_no_decimals.
    real( stored = '10.00' currency = 'JPY' expected = '1000' ).
  ENDMETHOD.

  METHOD dinars_have_three.
    real( stored = '12.34' currency = 'KWD' expected = '1.234' ).
  ENDMETHOD.

  METHOD credits_stay_negative.
    real( stored = '-12.34' currency = 'KWD' expected = '-1.234' ).
  ENDMETHOD.

ENDCLASS.
