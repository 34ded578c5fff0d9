"! Hands contact persons to SAP's own maintenance; nothing is written before the commit.
INTERFACE zif_gangway_contact_writer
  PUBLIC.

  TYPES ty_messages TYPE STANDARD TABLE OF bapiret2 WITH DEFAULT KEY.
  TYPES: BEGIN OF ty_saved,
           number   TYPE knvk-parnr,
           messages TYPE ty_messages,
         END OF ty_saved.

  "! A contact person without a number gets the next one. What SAP refuses is in the messages.
  METHODS save
    IMPORTING
      customer      TYPE kna1-kunnr
      contact       TYPE cmds_ei_contacts
      test_run      TYPE abap_bool
    RETURNING
      VALUE(result) TYPE ty_saved.
ENDINTERFACE.
