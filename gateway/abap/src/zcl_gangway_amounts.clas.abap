"! Turns amounts as tables keep them (CURR, always two decimals) into real units and back: JPY 10.00 is 1000.0000.
CLASS zcl_gangway_amounts DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    TYPES ty_real TYPE zgangway_s_account-klimk.
    TYPES ty_stored TYPE knkk-klimk.

    METHODS constructor
      IMPORTING
        currencies TYPE REF TO zif_gangway_currencies.
    METHODS real
      IMPORTING
        stored        TYPE p
        currency      TYPE tcurx-currkey
      RETURNING
        VALUE(result) TYPE ty_real.
    "! Whether a table can keep the amount as it is: neither too large, nor finer than the currency.
    METHODS fits
      IMPORTING
        amount        TYPE ty_real
        currency      TYPE tcurx-currkey
      RETURNING
        VALUE(result) TYPE abap_bool.
    "! Of an amount that fits.
    METHODS stored
      IMPORTING
        amount        TYPE ty_real
        currency      TYPE tcurx-currkey
      RETURNING
        VALUE(result) TYPE ty_stored.

  PRIVATE SECTION.
    "! Wide enough for the largest amount of the contract in the smallest unit.
    TYPES ty_scaled TYPE p LENGTH 16 DECIMALS 4.
    TYPES: BEGIN OF ty_known,
             currency TYPE tcurx-currkey,
             decimals TYPE i,
           END OF ty_known.

    CONSTANTS largest TYPE ty_stored VALUE '9999999999999.99'.

    DATA currencies TYPE REF TO zif_gangway_currencies.
    DATA known TYPE HASHED TABLE OF ty_known WITH UNIQUE KEY currency.

    METHODS scaled
      IMPORTING
        amount        TYPE ty_real
        currency      TYPE tcurx-currkey
      RETURNING
        VALUE(result) TYPE ty_scaled.
    METHODS decimals
      IMPORTING
        currency      TYPE tcurx-currkey
      RETURNING
        VALUE(result) TYPE i.
ENDCLASS.



CLASS zcl_gangway_amounts IMPLEMENTATION.

  METHOD constructor.
    me->currencies = currencies.
  ENDMETHOD.


  METHOD real.
    DATA missing TYPE i.

    result = stored.
    missing = 2 - decimals( currency ).
    WHILE missing > 0.
      result = result * 10.
      missing = missing - 1.
    ENDWHILE.
    WHILE missing < 0.
      result = result / 10.
      missing = missing + 1.
    ENDWHILE.
  ENDMETHOD.


  METHOD fits.
    DATA back TYPE ty_real.

    IF abs( scaled( amount = amount currency = currency ) ) > largest.
      RETURN.
    ENDIF.
    back = real( stored = stored( amount = amount currency = currency ) currency = currency ).
    result = boolc( back = amount ).
  ENDMETHOD.


  METHOD stored.
    result = scaled( amount = amount currency = currency ).
  ENDMETHOD.


  METHOD scaled.
    DATA missing TYPE i.

    result = amount.
    missing = 2 - decimals( currency ).
    WHILE missing > 0.
      result = result / 10.
      missing = missing - 1.
    ENDWHILE.
    WHILE missing < 0.
      result = result * 10.
      missing = missing + 1.
    ENDWHILE.
  ENDMETHOD.


  METHOD decimals.
    DATA entry TYPE ty_known.

    READ TABLE known INTO entry WITH TABLE KEY currency = currency.
    IF sy-subrc <> 0.
      entry-currency = currency.
      entry-decimals = currencies->decimals( currency ).
      INSERT entry INTO TABLE known.
    ENDIF.
    result = entry-decimals.
  ENDMETHOD.

ENDCLASS.
