"! Messages as BAPIRET2 rows, with the text in the logon language.
CLASS zcl_gangway_messages DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    TYPES ty_messages TYPE STANDARD TABLE OF bapiret2 WITH DEFAULT KEY.

    CLASS-METHODS build
      IMPORTING
        type          TYPE bapiret2-type DEFAULT 'E'
        id            TYPE bapiret2-id DEFAULT 'ZGANGWAY'
        number        TYPE bapiret2-number
        v1            TYPE clike OPTIONAL
        v2            TYPE clike OPTIONAL
        v3            TYPE clike OPTIONAL
        v4            TYPE clike OPTIONAL
        parameter     TYPE bapiret2-parameter OPTIONAL
        field         TYPE bapiret2-field OPTIONAL
      RETURNING
        VALUE(result) TYPE bapiret2.
    "! To be called before a function of SAP: whatever message SY still holds is not that function's.
    CLASS-METHODS expect_from_sap.
    "! The message SAP left in SY with a classic exception; many exceptions leave none.
    CLASS-METHODS left_by_sap
      IMPORTING
        function      TYPE csequence
        exception     TYPE csequence
      RETURNING
        VALUE(result) TYPE bapiret2.
    CLASS-METHODS has_error
      IMPORTING
        messages      TYPE ty_messages
      RETURNING
        VALUE(result) TYPE abap_bool.
ENDCLASS.



CLASS zcl_gangway_messages IMPLEMENTATION.

  METHOD build.
    result-type = type.
    result-id = id.
    result-number = number.
    result-message_v1 = v1.
    result-message_v2 = v2.
    result-message_v3 = v3.
    result-message_v4 = v4.
    result-parameter = parameter.
    result-field = field.
    MESSAGE ID id TYPE type NUMBER number
      WITH result-message_v1 result-message_v2 result-message_v3 result-message_v4
      INTO result-message.
  ENDMETHOD.


  METHOD expect_from_sap.
    " A message of the pack in SY marks "nothing new"; SAP's functions never send one.
    build( '008' ).
  ENDMETHOD.


  METHOD left_by_sap.
    IF sy-msgid IS INITIAL OR sy-msgid = 'ZGANGWAY'.
      result = build( number = '008' v1 = function v2 = exception ).
      RETURN.
    ENDIF.
    " An exception refuses, whatever type its message has.
    result = build( id = sy-msgid number = sy-msgno v1 = sy-msgv1 v2 = sy-msgv2 v3 = sy-msgv3 v4 = sy-msgv4 ).
  ENDMETHOD.


  METHOD has_error.
    LOOP AT messages TRANSPORTING NO FIELDS WHERE type = 'E' OR type = 'A'.
      result = abap_true.
      RETURN.
    ENDLOOP.
  ENDMETHOD.

ENDCLASS.
