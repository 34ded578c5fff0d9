"! Creates one quotation or order per key, committed together with the key.
CLASS zcl_gangway_order DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    TYPES: BEGIN OF ty_result,
             document      TYPE vbak-vbeln,
             credit_status TYPE vbuk-cmgst,
             repeated      TYPE abap_bool,
             messages      TYPE zcl_gangway_messages=>ty_messages,
           END OF ty_result.

    METHODS constructor
      IMPORTING
        key_claim TYPE REF TO zcl_gangway_key_claim
        checks    TYPE REF TO zcl_gangway_order_checks
        authority TYPE REF TO zif_gangway_order_authority
        writer    TYPE REF TO zif_gangway_order_writer
        luw       TYPE REF TO zif_gangway_luw.
    "! Everything wrong is in the messages; with one of type E or A nothing was written.
    METHODS create
      IMPORTING
        request       TYPE zcl_gangway_key_claim=>ty_request
        wish          TYPE zif_gangway_order_writer=>ty_wish
        test_run      TYPE abap_bool
      RETURNING
        VALUE(result) TYPE ty_result.

  PRIVATE SECTION.
    DATA key_claim TYPE REF TO zcl_gangway_key_claim.
    DATA checks TYPE REF TO zcl_gangway_order_checks.
    DATA authority TYPE REF TO zif_gangway_order_authority.
    DATA writer TYPE REF TO zif_gangway_order_writer.
    DATA luw TYPE REF TO zif_gangway_luw.

    METHODS operation_of
      IMPORTING
        header        TYPE zgangway_s_order
      RETURNING
        VALUE(result) TYPE zgangway_key-operation.
    METHODS create_once
      IMPORTING
        request       TYPE zcl_gangway_key_claim=>ty_request
        wish          TYPE zif_gangway_order_writer=>ty_wish
        test_run      TYPE abap_bool
      RETURNING
        VALUE(result) TYPE ty_result
      RAISING
        zcx_gangway_refused.
    METHODS done
      IMPORTING
        document TYPE vbak-vbeln
      CHANGING
        result   TYPE ty_result.
ENDCLASS.



CLASS zcl_gangway_order IMPLEMENTATION.

  METHOD constructor.
    me->key_claim = key_claim.
    me->checks = checks.
    me->authority = authority.
    me->writer = writer.
    me->luw = luw.
  ENDMETHOD.


  METHOD create.
    DATA own_request TYPE zcl_gangway_key_claim=>ty_request.
    DATA refused TYPE REF TO zcx_gangway_refused.

    own_request = request.
    own_request-operation = operation_of( wish-header ).
    TRY.
        result = create_once( request = own_request wish = wish test_run = test_run ).
      CATCH zcx_gangway_refused INTO refused.
        CLEAR result.
        luw->rollback( ).
        APPEND refused->message TO result-messages.
    ENDTRY.
    " A stateful connection lives on after this call, and a lock would with it.
    key_claim->release( own_request ).
  ENDMETHOD.


  METHOD create_once.
    DATA first TYPE zgangway_key.
    DATA written TYPE zif_gangway_order_writer=>ty_written.
    DATA message TYPE bapiret2.

    authority->check_order( wish-header ).
    first = key_claim->claim( request ).
    IF first IS NOT INITIAL.
      result-repeated = abap_true.
      done( EXPORTING document = first-vbeln CHANGING result = result ).
      RETURN.
    ENDIF.
    result-messages = checks->check( wish ).
    IF result-messages IS NOT INITIAL.
      RETURN.
    ENDIF.
    written = writer->create( wish = wish test_run = test_run ).
    result-messages = written-messages.
    " A commit without a number would leave a key that leads nowhere.
    IF written-document IS INITIAL AND test_run = abap_false
        AND zcl_gangway_messages=>has_error( written-messages ) = abap_false.
      message = zcl_gangway_messages=>build( number = '022' v1 = wish-header-auart ).
      APPEND message TO result-messages.
    ENDIF.
    IF test_run = abap_true OR zcl_gangway_messages=>has_error( result-messages ) = abap_true.
      luw->rollback( ).
      RETURN.
    ENDIF.
    key_claim->register( request  = request
                         customer = wish-header-kunnr
                         document = written-document ).
    luw->commit( ).
    done( EXPORTING document = written-document CHANGING result = result ).
  ENDMETHOD.


  METHOD operation_of.
    IF header-vbtyp = zif_gangway_order_writer=>category-quotation.
      result = zcl_gangway_key_claim=>operation-quotation.
    ELSE.
      result = zcl_gangway_key_claim=>operation-order.
    ENDIF.
  ENDMETHOD.


  METHOD done.
    DATA message TYPE bapiret2.

    result-document = document.
    " Credit management holds a document back, and saves it all the same.
    result-credit_status = writer->credit_status( document ).
    message = zcl_gangway_messages=>build( type = 'S' number = '018' v1 = document ).
    APPEND message TO result-messages.
  ENDMETHOD.

ENDCLASS.
