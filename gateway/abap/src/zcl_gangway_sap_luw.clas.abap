"! SAP's unit of work.
CLASS zcl_gangway_sap_luw DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    INTERFACES zif_gangway_luw.
ENDCLASS.



CLASS zcl_gangway_sap_luw IMPLEMENTATION.

  METHOD zif_gangway_luw~commit.
    DATA code TYPE sy-subrc.
    DATA refusal TYPE bapiret2.

    " The statement says for certain whether the update went through. The function finds nothing left to commit; it
    " makes BAPIs forget what they have read, so that the next call of the same session does not work with it.
    COMMIT WORK AND WAIT.
    code = sy-subrc.
    CALL FUNCTION 'BAPI_TRANSACTION_COMMIT'.
    IF code = 0.
      RETURN.
    ENDIF.
    " The update task ended with an error and wrote neither the customer nor the key; SM13 has the record.
    refusal = zcl_gangway_messages=>build( type = 'A' number = '010' ).
    RAISE EXCEPTION TYPE zcx_gangway_refused
      EXPORTING
        message = refusal.
  ENDMETHOD.


  METHOD zif_gangway_luw~rollback.
    " ROLLBACK WORK, and BAPIs forget what was never written.
    CALL FUNCTION 'BAPI_TRANSACTION_ROLLBACK'.
  ENDMETHOD.

ENDCLASS.
