"! The file of an extraction; it is whole when its last line is written.
INTERFACE zif_gangway_extract_file
  PUBLIC.

  METHODS write
    IMPORTING
      line TYPE string
    RAISING
      zcx_gangway_refused.
  METHODS close
    RAISING
      zcx_gangway_refused.
ENDINTERFACE.
