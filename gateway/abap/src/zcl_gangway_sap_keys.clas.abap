"! Keys in ZGANGWAY_KEY under the lock object EZGANGWAY_KEY.
CLASS zcl_gangway_sap_keys DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    INTERFACES zif_gangway_keys.
ENDCLASS.



CLASS zcl_gangway_sap_keys IMPLEMENTATION.

  METHOD zif_gangway_keys~lock.
    DATA refusal TYPE bapiret2.

    CALL FUNCTION 'ENQUEUE_EZGANGWAY_KEY'
      EXPORTING
        mode_zgangway_key = 'E'
        mandt             = sy-mandt
        external_key      = wanted
        _wait             = 'X'
      EXCEPTIONS
        foreign_lock      = 1
        system_failure    = 2
        OTHERS            = 3.
    IF sy-subrc = 0.
      RETURN.
    ENDIF.
    refusal = zcl_gangway_messages=>build( number = '002' v1 = wanted parameter = 'I_EXTERNAL_KEY' ).
    RAISE EXCEPTION TYPE zcx_gangway_refused
      EXPORTING
        message = refusal.
  ENDMETHOD.


  METHOD zif_gangway_keys~release.
    CALL FUNCTION 'DEQUEUE_EZGANGWAY_KEY'
      EXPORTING
        mode_zgangway_key = 'E'
        mandt             = sy-mandt
        external_key      = wanted.
  ENDMETHOD.


  METHOD zif_gangway_keys~is_locked.
    " A shared lock of our own tells; it never stands in the way of another reader.
    CALL FUNCTION 'ENQUEUE_EZGANGWAY_KEY'
      EXPORTING
        mode_zgangway_key = 'S'
        mandt             = sy-mandt
        external_key      = wanted
      EXCEPTIONS
        foreign_lock      = 1
        system_failure    = 2
        OTHERS            = 3.
    IF sy-subrc <> 0.
      " An enqueue server in trouble counts as locked: "running" makes the caller ask again, "never" would not.
      result = abap_true.
      RETURN.
    ENDIF.
    CALL FUNCTION 'DEQUEUE_EZGANGWAY_KEY'
      EXPORTING
        mode_zgangway_key = 'S'
        mandt             = sy-mandt
        external_key      = wanted.
  ENDMETHOD.


  METHOD zif_gangway_keys~find.
    SELECT SINGLE * FROM zgangway_key INTO result WHERE external_key = wanted.
  ENDMETHOD.


  METHOD zif_gangway_keys~register.
    " In the update task, because the customer is written there too: one database commit for both, or none.
    CALL FUNCTION 'Z_GANGWAY_KEY_INSERT' IN UPDATE TASK
      EXPORTING
        is_key   = row
        is_fence = fence.
  ENDMETHOD.

ENDCLASS.
