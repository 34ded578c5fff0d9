"! One key, one result: locks the key and says whether it was used before.
CLASS zcl_gangway_key_claim DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    TYPES: BEGIN OF ty_request,
             external_key TYPE zgangway_key-external_key,
             content      TYPE zgangway_key-content,
             operation    TYPE zgangway_key-operation,
             fence        TYPE zgangway_fence-fence,
           END OF ty_request.

    CONSTANTS: BEGIN OF operation,
                 create    TYPE zgangway_key-operation VALUE 'C',
                 change    TYPE zgangway_key-operation VALUE 'U',
                 contact   TYPE zgangway_key-operation VALUE 'P',
                 credit    TYPE zgangway_key-operation VALUE 'L',
                 order     TYPE zgangway_key-operation VALUE 'O',
                 quotation TYPE zgangway_key-operation VALUE 'Q',
               END OF operation.

    METHODS constructor
      IMPORTING
        keys  TYPE REF TO zif_gangway_keys
        fence TYPE REF TO zcl_gangway_fence.
    "! The row of the first time, initial when this is the first time. The key stays locked either way. What was done
    "! is told to anybody who has the key; only what is still to be done needs a lease that is in force.
    METHODS claim
      IMPORTING
        request       TYPE ty_request
      RETURNING
        VALUE(result) TYPE zgangway_key
      RAISING
        zcx_gangway_refused.
    "! Puts key and fence into the unit of work of the customer; to be called last, see the fence.
    METHODS register
      IMPORTING
        request  TYPE ty_request
        customer TYPE kna1-kunnr
        contact  TYPE knvk-parnr OPTIONAL
        document TYPE vbak-vbeln OPTIONAL.
    METHODS release
      IMPORTING
        request TYPE ty_request.

  PRIVATE SECTION.
    DATA keys TYPE REF TO zif_gangway_keys.
    DATA fence TYPE REF TO zcl_gangway_fence.

    METHODS refuse
      IMPORTING
        number    TYPE bapiret2-number
        v1        TYPE csequence
        parameter TYPE bapiret2-parameter
      RAISING
        zcx_gangway_refused.
ENDCLASS.



CLASS zcl_gangway_key_claim IMPLEMENTATION.

  METHOD constructor.
    me->keys = keys.
    me->fence = fence.
  ENDMETHOD.


  METHOD claim.
    IF request-external_key IS INITIAL.
      refuse( number = '004' v1 = 'I_EXTERNAL_KEY' parameter = 'I_EXTERNAL_KEY' ).
    ENDIF.
    IF request-content IS INITIAL.
      refuse( number = '004' v1 = 'I_CONTENT' parameter = 'I_CONTENT' ).
    ENDIF.
    keys->lock( request-external_key ).
    result = keys->find( request-external_key ).
    IF result IS INITIAL.
      fence->check( fence->row( external_key = request-external_key fence = request-fence ) ).
      RETURN.
    ENDIF.
    IF result-content <> request-content OR result-operation <> request-operation.
      refuse( number = '003' v1 = request-external_key parameter = 'I_EXTERNAL_KEY' ).
    ENDIF.
  ENDMETHOD.


  METHOD register.
    DATA row TYPE zgangway_key.

    row-external_key = request-external_key.
    row-content = request-content.
    row-operation = request-operation.
    row-kunnr = customer.
    row-parnr = contact.
    row-vbeln = document.
    row-erdat = sy-datum.
    row-erzet = sy-uzeit.
    row-ernam = sy-uname.
    keys->register( row   = row
                    fence = fence->row( external_key = request-external_key fence = request-fence ) ).
  ENDMETHOD.


  METHOD release.
    keys->release( request-external_key ).
  ENDMETHOD.


  METHOD refuse.
    DATA refusal TYPE bapiret2.

    refusal = zcl_gangway_messages=>build( number = number v1 = v1 parameter = parameter ).
    RAISE EXCEPTION TYPE zcx_gangway_refused
      EXPORTING
        message = refusal.
  ENDMETHOD.

ENDCLASS.
