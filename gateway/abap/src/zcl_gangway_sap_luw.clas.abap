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
    DATA refusal TYPE bapiret2.

    COMMIT WORK AND WAIT.
    IF sy-subrc = 0.
      RETURN.
    ENDIF.
    " The update task ended with an error and wrote neither the customer nor the key; SM13 has the record.
    refusal = zcl_gangway_messages=>build( type = 'A' number = '010' ).
    RAISE EXCEPTION TYPE zcx_gangway_refused
      EXPORTING
        message = refusal.
  ENDMETHOD.


  METHOD zif_gangway_luw~rollback.
    ROLLBACK WORK.
  ENDMETHOD.

ENDCLASS.
