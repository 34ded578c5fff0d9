"! Changes the marked fields of a customer, once per key.
CLASS zcl_gangway_change DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    TYPES: BEGIN OF ty_result,
             repeated TYPE abap_bool,
             messages TYPE zcl_gangway_messages=>ty_messages,
           END OF ty_result.
    TYPES: BEGIN OF ty_wish,
             customer TYPE kna1-kunnr,
             values   TYPE zgangway_s_general,
             marks    TYPE zgangway_s_generalx,
           END OF ty_wish.

    METHODS constructor
      IMPORTING
        key_claim TYPE REF TO zcl_gangway_key_claim
        checks    TYPE REF TO zcl_gangway_creation_checks
        authority TYPE REF TO zif_gangway_authority
        customers TYPE REF TO zif_gangway_customers
        writer    TYPE REF TO zif_gangway_customer_writer
        luw       TYPE REF TO zif_gangway_luw.
    METHODS change
      IMPORTING
        request       TYPE zcl_gangway_key_claim=>ty_request
        wish          TYPE ty_wish
        test_run      TYPE abap_bool
      RETURNING
        VALUE(result) TYPE ty_result.

  PRIVATE SECTION.
    DATA key_claim TYPE REF TO zcl_gangway_key_claim.
    DATA checks TYPE REF TO zcl_gangway_creation_checks.
    DATA authority TYPE REF TO zif_gangway_authority.
    DATA customers TYPE REF TO zif_gangway_customers.
    DATA writer TYPE REF TO zif_gangway_customer_writer.
    DATA luw TYPE REF TO zif_gangway_luw.

    METHODS change_once
      IMPORTING
        request       TYPE zcl_gangway_key_claim=>ty_request
        wish          TYPE ty_wish
        test_run      TYPE abap_bool
      RETURNING
        VALUE(result) TYPE ty_result
      RAISING
        zcx_gangway_refused.
    METHODS current
      IMPORTING
        general       TYPE kna1
      RETURNING
        VALUE(result) TYPE zgangway_s_general.
    METHODS merge
      IMPORTING
        before        TYPE zgangway_s_general
        wish          TYPE ty_wish
      RETURNING
        VALUE(result) TYPE zgangway_s_general.
    METHODS take
      IMPORTING
        mark  TYPE csequence
        given TYPE csequence
      CHANGING
        value TYPE clike.
    METHODS success
      IMPORTING
        customer      TYPE kna1-kunnr
      RETURNING
        VALUE(result) TYPE bapiret2.
ENDCLASS.



CLASS zcl_gangway_change IMPLEMENTATION.

  METHOD constructor.
    me->key_claim = key_claim.
    me->checks = checks.
    me->authority = authority.
    me->customers = customers.
    me->writer = writer.
    me->luw = luw.
  ENDMETHOD.


  METHOD change.
    DATA refused TYPE REF TO zcx_gangway_refused.

    TRY.
        result = change_once( request = request wish = wish test_run = test_run ).
      CATCH zcx_gangway_refused INTO refused.
        CLEAR result.
        luw->rollback( ).
        APPEND refused->message TO result-messages.
    ENDTRY.
    " A stateful connection lives on after this call, and locks would with it.
    writer->release( wish-customer ).
    key_claim->release( request ).
  ENDMETHOD.


  METHOD change_once.
    DATA first TYPE zgangway_key.
    DATA general TYPE kna1.
    DATA before TYPE zgangway_s_general.
    DATA after TYPE zgangway_s_general.
    DATA message TYPE bapiret2.

    authority->check_general( zif_gangway_authority=>activity-change ).
    first = key_claim->claim( request ).
    IF first IS NOT INITIAL.
      result-repeated = abap_true.
      message = success( first-kunnr ).
      APPEND message TO result-messages.
      RETURN.
    ENDIF.
    writer->lock( wish-customer ).
    " Read under the lock, or a change that was saved in between would be undone.
    general = customers->general( wish-customer ).
    authority->check_account_group( activity = zif_gangway_authority=>activity-change
                                    account_group = general-ktokd ).
    before = current( general ).
    after = merge( before = before wish = wish ).
    result-messages = checks->check_address( after ).
    IF result-messages IS NOT INITIAL.
      RETURN.
    ENDIF.
    writer->change( customer = general before = before after = after test_run = test_run ).
    IF test_run = abap_true.
      luw->rollback( ).
      RETURN.
    ENDIF.
    key_claim->register( request = request customer = wish-customer ).
    luw->commit( ).
    message = success( wish-customer ).
    APPEND message TO result-messages.
  ENDMETHOD.


  METHOD current.
    DATA address TYPE adrc.

    address = customers->address( general-adrnr ).
    " What the address has in full comes from there, or an unmarked field would be cut to the length of KNA1.
    result-name1 = general-name1.
    result-name2 = general-name2.
    result-street = address-street.
    result-house_num1 = address-house_num1.
    result-pstlz = general-pstlz.
    result-ort01 = address-city1.
    result-regio = general-regio.
    result-land1 = general-land1.
    result-telf1 = address-tel_number.
    result-smtp_addr = customers->email( general-adrnr ).
    result-stceg = general-stceg.
    result-lzone = general-lzone.
    result-stcd1 = general-stcd1.
    result-stcd2 = general-stcd2.
    result-brsch = general-brsch.
    result-kukla = general-kukla.
  ENDMETHOD.


  METHOD merge.
    " Account group and language of a customer that exists are not for the pack to change.
    result = before.
    take( EXPORTING mark = wish-marks-name1 given = wish-values-name1 CHANGING value = result-name1 ).
    take( EXPORTING mark = wish-marks-name2 given = wish-values-name2 CHANGING value = result-name2 ).
    take( EXPORTING mark = wish-marks-street given = wish-values-street CHANGING value = result-street ).
    take( EXPORTING mark = wish-marks-house_num1 given = wish-values-house_num1 CHANGING value = result-house_num1 ).
    take( EXPORTING mark = wish-marks-pstlz given = wish-values-pstlz CHANGING value = result-pstlz ).
    take( EXPORTING mark = wish-marks-ort01 given = wish-values-ort01 CHANGING value = result-ort01 ).
    take( EXPORTING mark = wish-marks-regio given = wish-values-regio CHANGING value = result-regio ).
    take( EXPORTING mark = wish-marks-land1 given = wish-values-land1 CHANGING value = result-land1 ).
    take( EXPORTING mark = wish-marks-telf1 given = wish-values-telf1 CHANGING value = result-telf1 ).
    take( EXPORTING mark = wish-marks-smtp_addr given = wish-values-smtp_addr CHANGING value = result-smtp_addr ).
    take( EXPORTING mark = wish-marks-stceg given = wish-values-stceg CHANGING value = result-stceg ).
    take( EXPORTING mark = wish-marks-lzone given = wish-values-lzone CHANGING value = result-lzone ).
    take( EXPORTING mark = wish-marks-stcd1 given = wish-values-stcd1 CHANGING value = result-stcd1 ).
    take( EXPORTING mark = wish-marks-stcd2 given = wish-values-stcd2 CHANGING value = result-stcd2 ).
    take( EXPORTING mark = wish-marks-brsch given = wish-values-brsch CHANGING value = result-brsch ).
    take( EXPORTING mark = wish-marks-kukla given = wish-values-kukla CHANGING value = result-kukla ).
  ENDMETHOD.


  METHOD take.
    IF mark = 'X'.
      value = given.
    ENDIF.
  ENDMETHOD.


  METHOD success.
    result = zcl_gangway_messages=>build( type = 'S' number = '006' v1 = customer ).
  ENDMETHOD.

ENDCLASS.
