"! Creates or changes a contact person of a customer, once per key.
CLASS zcl_gangway_contact DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    TYPES: BEGIN OF ty_result,
             contact  TYPE knvk-parnr,
             repeated TYPE abap_bool,
             messages TYPE zcl_gangway_messages=>ty_messages,
           END OF ty_result.
    TYPES: BEGIN OF ty_wish,
             customer TYPE kna1-kunnr,
             "! Initial: a new one.
             contact  TYPE knvk-parnr,
             fields   TYPE zcl_gangway_contact_rows=>ty_wish,
           END OF ty_wish.
    TYPES: BEGIN OF ty_parts,
             key_claim       TYPE REF TO zcl_gangway_key_claim,
             authority       TYPE REF TO zif_gangway_authority,
             customers       TYPE REF TO zif_gangway_customers,
             contacts        TYPE REF TO zif_gangway_contacts,
             rows            TYPE REF TO zcl_gangway_contact_rows,
             customer_writer TYPE REF TO zif_gangway_customer_writer,
             contact_writer  TYPE REF TO zif_gangway_contact_writer,
             luw             TYPE REF TO zif_gangway_luw,
           END OF ty_parts.

    METHODS constructor
      IMPORTING
        parts TYPE ty_parts.
    "! Everything wrong is in the messages; with one of type E or A nothing was written.
    METHODS save
      IMPORTING
        request       TYPE zcl_gangway_key_claim=>ty_request
        wish          TYPE ty_wish
        test_run      TYPE abap_bool
      RETURNING
        VALUE(result) TYPE ty_result.

  PRIVATE SECTION.
    DATA parts TYPE ty_parts.

    METHODS save_once
      IMPORTING
        request       TYPE zcl_gangway_key_claim=>ty_request
        wish          TYPE ty_wish
        test_run      TYPE abap_bool
      RETURNING
        VALUE(result) TYPE ty_result
      RAISING
        zcx_gangway_refused.
    METHODS customer_of
      IMPORTING
        wish          TYPE ty_wish
      RETURNING
        VALUE(result) TYPE kna1
      RAISING
        zcx_gangway_refused.
    METHODS success
      IMPORTING
        contact       TYPE knvk-parnr
      RETURNING
        VALUE(result) TYPE bapiret2.
ENDCLASS.



CLASS zcl_gangway_contact IMPLEMENTATION.

  METHOD constructor.
    me->parts = parts.
  ENDMETHOD.


  METHOD save.
    DATA refused TYPE REF TO zcx_gangway_refused.

    TRY.
        result = save_once( request = request wish = wish test_run = test_run ).
      CATCH zcx_gangway_refused INTO refused.
        CLEAR result.
        parts-luw->rollback( ).
        APPEND refused->message TO result-messages.
    ENDTRY.
    " A stateful connection lives on after this call, and locks would with it.
    parts-customer_writer->release( wish-customer ).
    parts-key_claim->release( request ).
  ENDMETHOD.


  METHOD save_once.
    DATA first TYPE zgangway_key.
    DATA customer TYPE kna1.
    DATA person TYPE zif_gangway_contacts=>ty_person.
    DATA fields TYPE zcl_gangway_contact_rows=>ty_wish.
    DATA saved TYPE zif_gangway_contact_writer=>ty_saved.
    DATA message TYPE bapiret2.

    parts-authority->check_general( zif_gangway_authority=>activity-change ).
    first = parts-key_claim->claim( request ).
    IF first IS NOT INITIAL.
      result-contact = first-parnr.
      result-repeated = abap_true.
      message = success( first-parnr ).
      APPEND message TO result-messages.
      RETURN.
    ENDIF.
    customer = customer_of( wish ).
    fields = wish-fields.
    IF wish-contact IS INITIAL.
      fields = parts-rows->whole( wish-fields-values ).
    ELSE.
      person = parts-contacts->person( number = wish-contact customer = customer ).
    ENDIF.
    result-messages = parts-rows->check( fields ).
    IF result-messages IS NOT INITIAL.
      RETURN.
    ENDIF.
    saved = parts-contact_writer->save( customer = wish-customer
                                        contact  = parts-rows->row( person = person customer = customer wish = fields )
                                        test_run = test_run ).
    result-messages = saved-messages.
    IF result-messages IS NOT INITIAL OR test_run = abap_true.
      parts-luw->rollback( ).
      RETURN.
    ENDIF.
    parts-key_claim->register( request = request customer = wish-customer contact = saved-number ).
    parts-luw->commit( ).
    result-contact = saved-number.
    message = success( saved-number ).
    APPEND message TO result-messages.
  ENDMETHOD.


  METHOD customer_of.
    " A contact person is part of its customer: under the customer's lock, read after it.
    parts-customer_writer->lock( wish-customer ).
    result = parts-customers->general( wish-customer ).
    parts-authority->check_account_group( activity = zif_gangway_authority=>activity-change
                                          account_group = result-ktokd ).
  ENDMETHOD.


  METHOD success.
    result = zcl_gangway_messages=>build( type = 'S' number = '012' v1 = contact ).
  ENDMETHOD.

ENDCLASS.
