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
    METHODS there_and_back
      IMPORTING
        amount   TYPE csequence
        currency TYPE tcurx-currkey
        stored   TYPE csequence.
    METHODS does_not_fit
      IMPORTING
        amount   TYPE csequence
        currency TYPE tcurx-currkey.
    METHODS two_decimals_stay FOR TESTING.
    METHODS yen_have_no_decimals FOR TESTING.
    METHODS dinars_have_three FOR TESTING.
    METHODS credits_stay_negative FOR TESTING.
    METHODS amounts_go_back_to_the_table FOR TESTING.
    METHODS finer_than_currency_is_noticed FOR TESTING.
    METHODS larger_than_field_is_noticed FOR TESTING.
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

  METHOD there_and_back.
    DATA currencies TYPE REF TO ltd_currencies.
    DATA amounts TYPE REF TO zcl_gangway_amounts.
    DATA real TYPE zcl_gangway_amounts=>ty_real.
    DATA wanted TYPE zcl_gangway_amounts=>ty_stored.
    DATA actual TYPE zcl_gangway_amounts=>ty_stored.

    CREATE OBJECT currencies.
    CREATE OBJECT amounts
      EXPORTING
        currencies = currencies.
    real = amount.
    wanted = stored.
    cl_abap_unit_assert=>assert_equals( exp = abap_true act = amounts->fits( amount = real currency = currency ) ).
    actual = amounts->stored( amount = real currency = currency ).
    cl_abap_unit_assert=>assert_equals( exp = wanted act = actual ).
  ENDMETHOD.

  METHOD does_not_fit.
    DATA currencies TYPE REF TO ltd_currencies.
    DATA amounts TYPE REF TO zcl_gangway_amounts.
    DATA real TYPE zcl_gangway_amounts=>ty_real.

    CREATE OBJECT currencies.
    CREATE OBJECT amounts
      EXPORTING
        currencies = currencies.
    real = amount.
    cl_abap_unit_assert=>assert_initial( act = amounts->fits( amount = real currency = currency )
                                         msg = amount ).
  ENDMETHOD.

  METHOD amounts_go_back_to_the_table.
    there_and_back( amount = '1234.56' currency = 'EUR' stored = '1234.56' ).
    there_and_back( amount = '1000' currency = 'JPY' stored = '10.00' ).
    there_and_back( amount = '1.234' currency = 'KWD' stored = '12.34' ).
    there_and_back( amount = '0' currency = 'EUR' stored = '0' ).
  ENDMETHOD.

  METHOD finer_than_currency_is_noticed.
    does_not_fit( amount = '0.001' currency = 'EUR' ).
    does_not_fit( amount = '1000.5' currency = 'JPY' ).
    does_not_fit( amount = '1.2345' currency = 'KWD' ).
  ENDMETHOD.

  METHOD larger_than_field_is_noticed.
    there_and_back( amount = '9999999999999.99' currency = 'EUR' stored = '9999999999999.99' ).
    does_not_fit( amount = '10000000000000' currency = 'EUR' ).
    does_not_fit( amount = '1000000000000' currency = 'KWD' ).
    does_not_fit( amount = '-10000000000000' currency = 'EUR' ).
    there_and_back( amount = '10000000000000' currency = 'JPY' stored = '100000000000' ).
  ENDMETHOD.

ENDCLASS.
