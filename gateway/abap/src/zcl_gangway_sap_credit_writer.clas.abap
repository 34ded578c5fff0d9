"! Credit data through CREDITLIMIT_CHANGE, the function FD32 saves with: change documents are SAP's own.
CLASS zcl_gangway_sap_credit_writer DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    INTERFACES zif_gangway_credit_writer.
ENDCLASS.



CLASS zcl_gangway_sap_credit_writer IMPLEMENTATION.

  METHOD zif_gangway_credit_writer~read.
    SELECT SINGLE * FROM knka INTO result-central WHERE kunnr = customer.
    SELECT SINGLE * FROM knkk INTO result-area WHERE kunnr = customer AND kkber = credit_area.
  ENDMETHOD.


  METHOD zif_gangway_credit_writer~write.
    " In the update task, with the key: called at once it would write before the key, and a key that fails would come
    " too late. XNEUA and XREFL stay away: what they mean is not documented, and nobody needs them.
    CALL FUNCTION 'CREDITLIMIT_CHANGE' IN UPDATE TASK
      EXPORTING
        i_knka   = change-after-central
        i_knkk   = change-after-area
        upd_knka = change-central_changes
        upd_knkk = change-area_changes
        yknka    = change-before-central
        yknkk    = change-before-area.
  ENDMETHOD.

ENDCLASS.
