"! How many decimals a currency has.
INTERFACE zif_gangway_currencies
  PUBLIC.

  METHODS decimals
    IMPORTING
      currency      TYPE tcurx-currkey
    RETURNING
      VALUE(result) TYPE i.
ENDINTERFACE.
