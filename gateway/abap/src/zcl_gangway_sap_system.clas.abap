"! The names from SY and from ALE.
CLASS zcl_gangway_sap_system DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    INTERFACES zif_gangway_system.
ENDCLASS.



CLASS zcl_gangway_sap_system IMPLEMENTATION.

  METHOD zif_gangway_system~names.
    result-system = sy-sysid.
    result-client = sy-mandt.
    " T000-LOGSYS of this client.
    CALL FUNCTION 'OWN_LOGICAL_SYSTEM_GET'
      IMPORTING
        own_logical_system             = result-logical_system
      EXCEPTIONS
        own_logical_system_not_defined = 1
        OTHERS                         = 2.
    IF sy-subrc <> 0.
      CLEAR result-logical_system.
    ENDIF.
  ENDMETHOD.

ENDCLASS.
