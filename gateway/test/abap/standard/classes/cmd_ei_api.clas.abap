"! What the pack uses of SAP's class for customers; it is compiled against, and never asked to do anything.
CLASS cmd_ei_api DEFINITION PUBLIC ABSTRACT CREATE PUBLIC.
  PUBLIC SECTION.
    CLASS-METHODS initialize.
    CLASS-METHODS get_contact_number
      EXPORTING
        ev_parnr TYPE knvk-parnr
        es_error TYPE cvis_message.
    CLASS-METHODS maintain_bapi
      IMPORTING
        iv_test_run              TYPE char1 OPTIONAL
        iv_collect_messages      TYPE char1 OPTIONAL
        is_master_data           TYPE cmds_ei_main
      EXPORTING
        es_master_data_correct   TYPE cmds_ei_main
        es_message_correct       TYPE cvis_message
        es_master_data_defective TYPE cmds_ei_main
        es_message_defective     TYPE cvis_message.
ENDCLASS.

CLASS cmd_ei_api IMPLEMENTATION.
  METHOD initialize.
    RETURN.
  ENDMETHOD.

  METHOD get_contact_number.
    CLEAR: ev_parnr, es_error.
  ENDMETHOD.

  METHOD maintain_bapi.
    CLEAR: es_master_data_correct, es_message_correct, es_master_data_defective, es_message_defective.
  ENDMETHOD.
ENDCLASS.
