"! Writes the marked credit data of a customer, once per key.
CLASS zcl_gangway_credit_change DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    TYPES: BEGIN OF ty_result,
             repeated TYPE abap_bool,
             messages TYPE zcl_gangway_messages=>ty_messages,
           END OF ty_result.
    TYPES: BEGIN OF ty_wish,
             customer        TYPE kna1-kunnr,
             credit_area     TYPE knkk-kkber,
             risk_class      TYPE knkk-ctlpc,
             with_risk_class TYPE abap_bool,
             limit           TYPE zcl_gangway_amounts=>ty_real,
             with_limit      TYPE abap_bool,
             "! What the caller counts in; initial: the currency of the area, whatever it is.
             currency        TYPE t014-waers,
           END OF ty_wish.
    TYPES: BEGIN OF ty_parts,
             key_claim       TYPE REF TO zcl_gangway_key_claim,
             authority       TYPE REF TO zif_gangway_authority,
             customers       TYPE REF TO zif_gangway_customers,
             credit_data     TYPE REF TO zif_gangway_credit_data,
             amounts         TYPE REF TO zcl_gangway_amounts,
             customer_writer TYPE REF TO zif_gangway_customer_writer,
             credit_writer   TYPE REF TO zif_gangway_credit_writer,
             luw             TYPE REF TO zif_gangway_luw,
           END OF ty_parts.

    METHODS constructor
      IMPORTING
        parts TYPE ty_parts.
    "! Everything wrong is in the messages; with one of type E or A nothing was written.
    METHODS change
      IMPORTING
        request       TYPE zcl_gangway_key_claim=>ty_request
        wish          TYPE ty_wish
        test_run      TYPE abap_bool
      RETURNING
        VALUE(result) TYPE ty_result.

  PRIVATE SECTION.
    DATA parts TYPE ty_parts.

    METHODS change_once
      IMPORTING
        request       TYPE zcl_gangway_key_claim=>ty_request
        wish          TYPE ty_wish
        test_run      TYPE abap_bool
      RETURNING
        VALUE(result) TYPE ty_result
      RAISING
        zcx_gangway_refused.
    METHODS check
      IMPORTING
        wish          TYPE ty_wish
      RETURNING
        VALUE(result) TYPE zcl_gangway_messages=>ty_messages.
    METHODS check_limit
      IMPORTING
        wish          TYPE ty_wish
        currency      TYPE t014-waers
      RETURNING
        VALUE(result) TYPE zcl_gangway_messages=>ty_messages.
    METHODS planned
      IMPORTING
        wish          TYPE ty_wish
      RETURNING
        VALUE(result) TYPE zif_gangway_credit_writer=>ty_change.
    METHODS add_new_rows
      IMPORTING
        wish   TYPE ty_wish
      CHANGING
        change TYPE zif_gangway_credit_writer=>ty_change.
    METHODS success
      IMPORTING
        customer      TYPE kna1-kunnr
      RETURNING
        VALUE(result) TYPE bapiret2.
ENDCLASS.



CLASS zcl_gangway_credit_change IMPLEMENTATION.

  METHOD constructor.
    me->parts = parts.
  ENDMETHOD.


  METHOD change.
    DATA refused TYPE REF TO zcx_gangway_refused.

    TRY.
        result = change_once( request = request wish = wish test_run = test_run ).
      CATCH zcx_gangway_refused INTO refused.
        CLEAR result.
        parts-luw->rollback( ).
        APPEND refused->message TO result-messages.
    ENDTRY.
    " A stateful connection lives on after this call, and locks would with it.
    parts-customer_writer->release( wish-customer ).
    parts-key_claim->release( request ).
  ENDMETHOD.


  METHOD change_once.
    DATA first TYPE zgangway_key.
    DATA plan TYPE zif_gangway_credit_writer=>ty_change.
    DATA message TYPE bapiret2.

    parts-authority->check_credit_area( activity = zif_gangway_authority=>activity-change
                                        credit_control_area = wish-credit_area ).
    first = parts-key_claim->claim( request ).
    IF first IS NOT INITIAL.
      result-repeated = abap_true.
      message = success( first-kunnr ).
      APPEND message TO result-messages.
      RETURN.
    ENDIF.
    " The lock of the customer is the pack's own order of changes; rows are read after it.
    parts-customer_writer->lock( wish-customer ).
    parts-customers->general( wish-customer ).
    result-messages = check( wish ).
    IF result-messages IS NOT INITIAL.
      RETURN.
    ENDIF.
    plan = planned( wish ).
    IF test_run = abap_true.
      " SAP's function has no way to try; what can be checked has been.
      parts-luw->rollback( ).
      RETURN.
    ENDIF.
    IF plan-area_changes IS NOT INITIAL.
      parts-credit_writer->write( plan ).
    ENDIF.
    parts-key_claim->register( request = request customer = wish-customer ).
    parts-luw->commit( ).
    message = success( wish-customer ).
    APPEND message TO result-messages.
  ENDMETHOD.


  METHOD check.
    DATA message TYPE bapiret2.
    DATA currency TYPE t014-waers.
    DATA about_limit TYPE zcl_gangway_messages=>ty_messages.

    IF wish-credit_area IS INITIAL.
      message = zcl_gangway_messages=>build( number = '004' v1 = 'I_KKBER' parameter = 'I_KKBER' ).
      APPEND message TO result.
      RETURN.
    ENDIF.
    currency = parts-credit_data->currency( wish-credit_area ).
    IF currency IS INITIAL.
      message = zcl_gangway_messages=>build( number    = '005'
                                             v1        = 'KKBER'
                                             v2        = wish-credit_area
                                             parameter = 'I_KKBER' ).
      APPEND message TO result.
      RETURN.
    ENDIF.
    " An empty risk class takes it away and needs no customizing.
    IF wish-with_risk_class = abap_true AND wish-risk_class IS NOT INITIAL
        AND parts-credit_data->has_risk_class( risk_class  = wish-risk_class
                                               credit_area = wish-credit_area ) = abap_false.
      message = zcl_gangway_messages=>build( number    = '005'
                                             v1        = 'CTLPC'
                                             v2        = wish-risk_class
                                             parameter = 'I_CTLPC' ).
      APPEND message TO result.
    ENDIF.
    IF wish-with_limit = abap_true.
      about_limit = check_limit( wish = wish currency = currency ).
      APPEND LINES OF about_limit TO result.
    ENDIF.
  ENDMETHOD.


  METHOD check_limit.
    DATA message TYPE bapiret2.

    " A thousand of one currency must not become a thousand of another.
    IF wish-currency IS NOT INITIAL AND wish-currency <> currency.
      message = zcl_gangway_messages=>build( number    = '016'
                                             v1        = wish-credit_area
                                             v2        = currency
                                             v3        = wish-currency
                                             parameter = 'I_WAERS' ).
      APPEND message TO result.
      RETURN.
    ENDIF.
    IF wish-limit < 0 OR parts-amounts->fits( amount = wish-limit currency = currency ) = abap_false.
      message = zcl_gangway_messages=>build( number    = '015'
                                             v1        = 'KLIMK'
                                             v2        = |{ wish-limit }|
                                             parameter = 'I_KLIMK' ).
      APPEND message TO result.
    ENDIF.
  ENDMETHOD.


  METHOD planned.
    result-before = parts-credit_writer->read( customer = wish-customer credit_area = wish-credit_area ).
    result-after = result-before.
    IF wish-with_risk_class = abap_true.
      result-after-area-ctlpc = wish-risk_class.
      result-area_changes = 'U'.
    ENDIF.
    IF wish-with_limit = abap_true.
      result-after-area-klimk = parts-amounts->stored(
        amount   = wish-limit
        currency = parts-credit_data->currency( wish-credit_area ) ).
      result-area_changes = 'U'.
    ENDIF.
    IF result-before-area IS INITIAL.
      add_new_rows( EXPORTING wish = wish CHANGING change = result ).
    ENDIF.
    result-after-area-aedat = sy-datum.
    result-after-area-aenam = sy-uname.
  ENDMETHOD.


  METHOD add_new_rows.
    " A new account is the customer's own; who shares one is for finance to say.
    change-area_changes = 'I'.
    change-after-area-mandt = sy-mandt.
    change-after-area-kunnr = wish-customer.
    change-after-area-kkber = wish-credit_area.
    change-after-area-knkli = wish-customer.
    change-after-area-erdat = sy-datum.
    change-after-area-ernam = sy-uname.
    IF change-before-central IS NOT INITIAL.
      RETURN.
    ENDIF.
    " Limits over all areas stay finance's.
    change-central_changes = 'I'.
    change-after-central-mandt = sy-mandt.
    change-after-central-kunnr = wish-customer.
    change-after-central-waers = parts-credit_data->currency( wish-credit_area ).
  ENDMETHOD.


  METHOD success.
    result = zcl_gangway_messages=>build( type = 'S' number = '013' v1 = customer ).
  ENDMETHOD.

ENDCLASS.
