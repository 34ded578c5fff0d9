"! Decimals of currencies from customizing.
CLASS zcl_gangway_sap_currencies DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    INTERFACES zif_gangway_currencies.
ENDCLASS.



CLASS zcl_gangway_sap_currencies IMPLEMENTATION.

  METHOD zif_gangway_currencies~decimals.
    " TCURX lists only the currencies that differ from two decimals.
    SELECT SINGLE currdec FROM tcurx INTO result WHERE currkey = currency.
    IF sy-subrc <> 0.
      result = 2.
    ENDIF.
  ENDMETHOD.

ENDCLASS.
