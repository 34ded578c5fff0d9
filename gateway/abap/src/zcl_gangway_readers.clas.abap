"! Puts the parts together that read what is neither credit nor invoices; the companion of ZCL_GANGWAY.
CLASS zcl_gangway_readers DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    METHODS constructor.
    METHODS system
      RETURNING
        VALUE(result) TYPE REF TO zcl_gangway_system.
    METHODS partners
      RETURNING
        VALUE(result) TYPE REF TO zcl_gangway_partners.
    METHODS persons
      RETURNING
        VALUE(result) TYPE REF TO zcl_gangway_persons.
    METHODS changes
      RETURNING
        VALUE(result) TYPE REF TO zcl_gangway_changes.
    METHODS extract
      IMPORTING
        path          TYPE csequence
      RETURNING
        VALUE(result) TYPE REF TO zcl_gangway_extract
      RAISING
        zcx_gangway_refused.

  PRIVATE SECTION.
    DATA customers TYPE REF TO zcl_gangway_sap_customers.
    DATA authority TYPE REF TO zcl_gangway_sap_authority.
    DATA clock TYPE REF TO zcl_gangway_sap_clock.
ENDCLASS.



CLASS zcl_gangway_readers IMPLEMENTATION.

  METHOD constructor.
    CREATE OBJECT customers.
    CREATE OBJECT authority.
    CREATE OBJECT clock.
  ENDMETHOD.


  METHOD system.
    DATA names TYPE REF TO zcl_gangway_sap_system.

    CREATE OBJECT names.
    CREATE OBJECT result
      EXPORTING
        system = names
        clock  = clock.
  ENDMETHOD.


  METHOD partners.
    DATA sap_partners TYPE REF TO zcl_gangway_sap_partners.

    CREATE OBJECT sap_partners.
    CREATE OBJECT result
      EXPORTING
        customers = customers
        partners  = sap_partners
        authority = authority.
  ENDMETHOD.


  METHOD persons.
    DATA sap_persons TYPE REF TO zcl_gangway_sap_persons.

    CREATE OBJECT sap_persons.
    CREATE OBJECT result
      EXPORTING
        customers = customers
        persons   = sap_persons
        authority = authority.
  ENDMETHOD.


  METHOD changes.
    DATA parts TYPE zcl_gangway_changes=>ty_parts.
    DATA change_data TYPE REF TO zcl_gangway_sap_change_data.

    CREATE OBJECT change_data.
    parts-clock = clock.
    parts-data = change_data.
    parts-authority = authority.
    parts-change_authority = authority.
    CREATE OBJECT result
      EXPORTING
        parts = parts.
  ENDMETHOD.


  METHOD extract.
    DATA parts TYPE zcl_gangway_extract=>ty_parts.

    CREATE OBJECT parts-pages TYPE zcl_gangway_sap_extract_pages.
    CREATE OBJECT parts-file TYPE zcl_gangway_sap_extract_file
      EXPORTING
        path = path.
    CREATE OBJECT parts-system TYPE zcl_gangway_sap_system.
    parts-clock = clock.
    parts-authority = authority.
    parts-extract_authority = authority.
    CREATE OBJECT result
      EXPORTING
        parts = parts.
  ENDMETHOD.

ENDCLASS.
