"! Creates one customer per key, committed together with the key.
CLASS zcl_gangway_creation DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    TYPES: BEGIN OF ty_result,
             customer TYPE kna1-kunnr,
             repeated TYPE abap_bool,
             messages TYPE zcl_gangway_messages=>ty_messages,
           END OF ty_result.

    METHODS constructor
      IMPORTING
        key_claim   TYPE REF TO zcl_gangway_key_claim
        checks      TYPE REF TO zcl_gangway_creation_checks
        area_checks TYPE REF TO zcl_gangway_area_checks
        authority   TYPE REF TO zif_gangway_authority
        writer      TYPE REF TO zif_gangway_customer_writer
        luw         TYPE REF TO zif_gangway_luw.
    "! Everything wrong is in the messages; with one of type E or A nothing was written.
    METHODS create
      IMPORTING
        request       TYPE zcl_gangway_key_claim=>ty_request
        new_customer  TYPE zif_gangway_customer_writer=>ty_new_customer
        test_run      TYPE abap_bool
      RETURNING
        VALUE(result) TYPE ty_result.

  PRIVATE SECTION.
    DATA key_claim TYPE REF TO zcl_gangway_key_claim.
    DATA checks TYPE REF TO zcl_gangway_creation_checks.
    DATA area_checks TYPE REF TO zcl_gangway_area_checks.
    DATA authority TYPE REF TO zif_gangway_authority.
    DATA writer TYPE REF TO zif_gangway_customer_writer.
    DATA luw TYPE REF TO zif_gangway_luw.

    METHODS create_once
      IMPORTING
        request       TYPE zcl_gangway_key_claim=>ty_request
        new_customer  TYPE zif_gangway_customer_writer=>ty_new_customer
        test_run      TYPE abap_bool
      RETURNING
        VALUE(result) TYPE ty_result
      RAISING
        zcx_gangway_refused.
    METHODS check_authority
      IMPORTING
        new_customer TYPE zif_gangway_customer_writer=>ty_new_customer
      RAISING
        zcx_gangway_refused.
    METHODS success
      IMPORTING
        customer      TYPE kna1-kunnr
      RETURNING
        VALUE(result) TYPE bapiret2.
ENDCLASS.



CLASS zcl_gangway_creation IMPLEMENTATION.

  METHOD constructor.
    me->key_claim = key_claim.
    me->checks = checks.
    me->area_checks = area_checks.
    me->authority = authority.
    me->writer = writer.
    me->luw = luw.
  ENDMETHOD.


  METHOD create.
    DATA refused TYPE REF TO zcx_gangway_refused.

    TRY.
        result = create_once( request = request new_customer = new_customer test_run = test_run ).
      CATCH zcx_gangway_refused INTO refused.
        CLEAR result.
        luw->rollback( ).
        APPEND refused->message TO result-messages.
    ENDTRY.
    " A stateful connection lives on after this call, and a lock would with it.
    key_claim->release( request ).
  ENDMETHOD.


  METHOD create_once.
    DATA first TYPE zgangway_key.
    DATA message TYPE bapiret2.
    DATA area_messages TYPE zcl_gangway_messages=>ty_messages.
    DATA customer TYPE kna1-kunnr.

    check_authority( new_customer ).
    first = key_claim->claim( request ).
    IF first IS NOT INITIAL.
      result-customer = first-kunnr.
      result-repeated = abap_true.
      message = success( first-kunnr ).
      APPEND message TO result-messages.
      RETURN.
    ENDIF.
    result-messages = checks->check( general = new_customer-general
                                     company = new_customer-company
                                     sales = new_customer-sales ).
    area_messages = area_checks->check( new_customer ).
    APPEND LINES OF area_messages TO result-messages.
    IF result-messages IS NOT INITIAL.
      RETURN.
    ENDIF.
    customer = writer->create( new_customer = new_customer test_run = test_run ).
    IF test_run = abap_true.
      luw->rollback( ).
      RETURN.
    ENDIF.
    key_claim->register( request = request customer = customer ).
    luw->commit( ).
    result-customer = customer.
    message = success( customer ).
    APPEND message TO result-messages.
  ENDMETHOD.


  METHOD check_authority.
    authority->check_general( zif_gangway_authority=>activity-create ).
    authority->check_account_group( activity = zif_gangway_authority=>activity-create
                                    account_group = new_customer-general-ktokd ).
    authority->check_company( activity = zif_gangway_authority=>activity-create
                              company_code = new_customer-company-bukrs ).
    authority->check_sales_area( activity = zif_gangway_authority=>activity-create
                                 vkorg = new_customer-sales-vkorg
                                 vtweg = new_customer-sales-vtweg
                                 spart = new_customer-sales-spart ).
  ENDMETHOD.


  METHOD success.
    result = zcl_gangway_messages=>build( type = 'S' number = '001' v1 = customer ).
  ENDMETHOD.

ENDCLASS.
