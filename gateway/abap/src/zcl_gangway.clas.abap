"! Puts the parts together for the function modules; the one place that knows which class stands behind an interface.
CLASS zcl_gangway DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    CONSTANTS version TYPE c LENGTH 10 VALUE '1.2.0'.

    METHODS constructor.
    METHODS credit
      RETURNING
        VALUE(result) TYPE REF TO zcl_gangway_credit.
    METHODS invoices
      RETURNING
        VALUE(result) TYPE REF TO zcl_gangway_invoices.
    METHODS creation
      RETURNING
        VALUE(result) TYPE REF TO zcl_gangway_creation.
    METHODS change
      RETURNING
        VALUE(result) TYPE REF TO zcl_gangway_change.
    METHODS contact
      RETURNING
        VALUE(result) TYPE REF TO zcl_gangway_contact.
    METHODS credit_change
      RETURNING
        VALUE(result) TYPE REF TO zcl_gangway_credit_change.
    METHODS fence
      RETURNING
        VALUE(result) TYPE REF TO zcl_gangway_fence.
    METHODS key_status
      RETURNING
        VALUE(result) TYPE REF TO zcl_gangway_key_status.
    METHODS order
      RETURNING
        VALUE(result) TYPE REF TO zcl_gangway_order.

  PRIVATE SECTION.
    DATA customers TYPE REF TO zcl_gangway_sap_customers.
    DATA items TYPE REF TO zcl_gangway_sap_items.
    DATA authority TYPE REF TO zcl_gangway_sap_authority.
    DATA customizing TYPE REF TO zcl_gangway_sap_customizing.
    DATA keys TYPE REF TO zcl_gangway_sap_keys.
    DATA luw TYPE REF TO zcl_gangway_sap_luw.
    DATA writer TYPE REF TO zcl_gangway_sap_writer.
    DATA amounts TYPE REF TO zcl_gangway_amounts.
    DATA receivables TYPE REF TO zcl_gangway_receivables.
    DATA key_claim TYPE REF TO zcl_gangway_key_claim.
    DATA checks TYPE REF TO zcl_gangway_creation_checks.
ENDCLASS.



CLASS zcl_gangway IMPLEMENTATION.

  METHOD constructor.
    DATA currencies TYPE REF TO zcl_gangway_sap_currencies.

    CREATE OBJECT customers.
    CREATE OBJECT items.
    CREATE OBJECT authority.
    CREATE OBJECT customizing.
    CREATE OBJECT keys.
    CREATE OBJECT luw.
    CREATE OBJECT currencies.
    CREATE OBJECT writer
      EXPORTING
        customizing = customizing
        customers   = customers.
    CREATE OBJECT amounts
      EXPORTING
        currencies = currencies.
    CREATE OBJECT receivables
      EXPORTING
        items     = items
        authority = authority
        amounts   = amounts
        today     = sy-datum.
    CREATE OBJECT key_claim
      EXPORTING
        keys  = keys
        fence = fence( ).
    CREATE OBJECT checks
      EXPORTING
        customizing = customizing.
  ENDMETHOD.


  METHOD credit.
    DATA credit_data TYPE REF TO zcl_gangway_sap_credit_data.
    DATA texts TYPE REF TO zcl_gangway_sap_texts.

    CREATE OBJECT credit_data.
    CREATE OBJECT texts.
    CREATE OBJECT result
      EXPORTING
        customers   = customers
        credit_data = credit_data
        texts       = texts
        authority   = authority
        amounts     = amounts
        receivables = receivables.
  ENDMETHOD.


  METHOD invoices.
    DATA rows TYPE REF TO zcl_gangway_invoice_rows.

    CREATE OBJECT rows
      EXPORTING
        items       = items
        receivables = receivables
        amounts     = amounts.
    CREATE OBJECT result
      EXPORTING
        customers   = customers
        items       = items
        authority   = authority
        receivables = receivables
        rows        = rows.
  ENDMETHOD.


  METHOD creation.
    DATA area_checks TYPE REF TO zcl_gangway_area_checks.

    CREATE OBJECT area_checks
      EXPORTING
        customizing = customizing
        customers   = customers.
    CREATE OBJECT result
      EXPORTING
        key_claim   = key_claim
        checks      = checks
        area_checks = area_checks
        authority   = authority
        writer      = writer
        luw         = luw.
  ENDMETHOD.


  METHOD change.
    CREATE OBJECT result
      EXPORTING
        key_claim = key_claim
        checks    = checks
        authority = authority
        customers = customers
        writer    = writer
        luw       = luw.
  ENDMETHOD.


  METHOD contact.
    DATA parts TYPE zcl_gangway_contact=>ty_parts.
    DATA contacts TYPE REF TO zcl_gangway_sap_contacts.
    DATA contact_writer TYPE REF TO zcl_gangway_sap_contact_writer.

    CREATE OBJECT contacts.
    CREATE OBJECT contact_writer.
    CREATE OBJECT parts-rows
      EXPORTING
        customizing = customizing.
    parts-key_claim = key_claim.
    parts-authority = authority.
    parts-customers = customers.
    parts-contacts = contacts.
    parts-customer_writer = writer.
    parts-contact_writer = contact_writer.
    parts-luw = luw.
    CREATE OBJECT result
      EXPORTING
        parts = parts.
  ENDMETHOD.


  METHOD credit_change.
    DATA parts TYPE zcl_gangway_credit_change=>ty_parts.
    DATA credit_data TYPE REF TO zcl_gangway_sap_credit_data.
    DATA credit_writer TYPE REF TO zcl_gangway_sap_credit_writer.

    CREATE OBJECT credit_data.
    CREATE OBJECT credit_writer.
    parts-key_claim = key_claim.
    parts-authority = authority.
    parts-customers = customers.
    parts-credit_data = credit_data.
    parts-amounts = amounts.
    parts-customer_writer = writer.
    parts-credit_writer = credit_writer.
    parts-luw = luw.
    CREATE OBJECT result
      EXPORTING
        parts = parts.
  ENDMETHOD.


  METHOD fence.
    DATA fences TYPE REF TO zcl_gangway_sap_fences.

    CREATE OBJECT fences.
    CREATE OBJECT result
      EXPORTING
        fences = fences.
  ENDMETHOD.


  METHOD key_status.
    CREATE OBJECT result
      EXPORTING
        keys  = keys
        fence = fence( )
        luw   = luw.
  ENDMETHOD.


  METHOD order.
    DATA order_checks TYPE REF TO zcl_gangway_order_checks.
    DATA order_writer TYPE REF TO zcl_gangway_sap_order_writer.

    CREATE OBJECT order_checks
      EXPORTING
        customizing = customizing.
    CREATE OBJECT order_writer.
    CREATE OBJECT result
      EXPORTING
        key_claim = key_claim
        checks    = order_checks
        authority = authority
        writer    = order_writer
        luw       = luw.
  ENDMETHOD.

ENDCLASS.
