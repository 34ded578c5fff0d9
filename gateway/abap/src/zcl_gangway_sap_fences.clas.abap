"! Leases in ZGANGWAY_FENCE.
CLASS zcl_gangway_sap_fences DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    INTERFACES zif_gangway_fences.
ENDCLASS.



CLASS zcl_gangway_sap_fences IMPLEMENTATION.

  METHOD zif_gangway_fences~highest.
    SELECT SINGLE fence FROM zgangway_fence INTO result WHERE scope = wanted.
  ENDMETHOD.


  METHOD zif_gangway_fences~hold.
    SELECT SINGLE FOR UPDATE * FROM zgangway_fence INTO result WHERE scope = wanted.
  ENDMETHOD.


  METHOD zif_gangway_fences~insert.
    " The row is new; two sessions may both find none, and the database lets one of them in.
    INSERT zgangway_fence FROM row.
    result = boolc( sy-subrc = 0 ).
  ENDMETHOD.


  METHOD zif_gangway_fences~update.
    UPDATE zgangway_fence FROM row.
  ENDMETHOD.

ENDCLASS.
