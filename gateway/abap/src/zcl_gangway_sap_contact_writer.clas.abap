"! Contact persons through CMD_EI_API. SD_CUSTOMER_MAINTAIN_ALL, which writes customers here, knows contact persons too
"! (T_XKNVK), but neither their mail address nor, before the commit, the number of a new one, which the key needs.
CLASS zcl_gangway_sap_contact_writer DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    INTERFACES zif_gangway_contact_writer.

  PRIVATE SECTION.
    METHODS errors_of
      IMPORTING
        said          TYPE cvis_message
      RETURNING
        VALUE(result) TYPE zcl_gangway_messages=>ty_messages.
    METHODS without_message
      IMPORTING
        reason        TYPE csequence
      RETURNING
        VALUE(result) TYPE bapiret2.
ENDCLASS.



CLASS zcl_gangway_sap_contact_writer IMPLEMENTATION.

  METHOD zif_gangway_contact_writer~save.
    DATA master TYPE cmds_ei_main.
    DATA owner TYPE cmds_ei_extern.
    DATA person TYPE cmds_ei_contacts.
    DATA said TYPE cvis_message.
    DATA message TYPE bapiret2.

    " The class keeps what it has read; a connection that lives on must not see yesterday's customer.
    cmd_ei_api=>initialize( ).
    person = contact.
    IF person-data_key-parnr IS INITIAL.
      cmd_ei_api=>get_contact_number( IMPORTING ev_parnr = person-data_key-parnr es_error = said ).
      result-messages = errors_of( said ).
      " A commit without a number would leave a key that leads nowhere.
      IF result-messages IS INITIAL AND person-data_key-parnr IS INITIAL.
        message = without_message( 'GET_CONTACT_NUMBER' ).
        APPEND message TO result-messages.
      ENDIF.
      IF result-messages IS NOT INITIAL.
        RETURN.
      ENDIF.
    ENDIF.
    owner-header-object_instance-kunnr = customer.
    owner-header-object_task = 'U'.
    APPEND person TO owner-central_data-contact-contacts.
    APPEND owner TO master-customers.
    cmd_ei_api=>maintain_bapi(
      EXPORTING
        iv_test_run          = test_run
        iv_collect_messages  = abap_true
        is_master_data       = master
      IMPORTING
        es_message_defective = said ).
    result-messages = errors_of( said ).
    result-number = person-data_key-parnr.
  ENDMETHOD.


  METHOD errors_of.
    DATA message TYPE bapiret2.

    IF said-is_error IS INITIAL.
      RETURN.
    ENDIF.
    LOOP AT said-messages INTO message WHERE type = 'E' OR type = 'A'.
      APPEND message TO result.
    ENDLOOP.
    IF result IS INITIAL.
      message = without_message( 'IS_ERROR' ).
      APPEND message TO result.
    ENDIF.
  ENDMETHOD.


  METHOD without_message.
    result = zcl_gangway_messages=>build( number = '008' v1 = 'CMD_EI_API' v2 = reason ).
  ENDMETHOD.

ENDCLASS.
