"! Turns amounts as tables keep them (CURR, always two decimals) into real units: JPY 10.00 is 1000.0000.
CLASS zcl_gangway_amounts DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    TYPES ty_real TYPE zgangway_s_account-klimk.

    METHODS constructor
      IMPORTING
        currencies TYPE REF TO zif_gangway_currencies.
    METHODS real
      IMPORTING
        stored        TYPE p
        currency      TYPE tcurx-currkey
      RETURNING
        VALUE(result) TYPE ty_real.

  PRIVATE SECTION.
    TYPES: BEGIN OF ty_known,
             currency TYPE tcurx-currkey,
             decimals TYPE i,
           END OF ty_known.

    DATA currencies TYPE REF TO zif_gangway_currencies.
    DATA known TYPE HASHED TABLE OF ty_known WITH UNIQUE KEY currency.

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
