"! The rows of the contract that come out of change documents and clearings.
CLASS zcl_gangway_change_rows DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    TYPES ty_rows TYPE STANDARD TABLE OF zgangway_s_change WITH DEFAULT KEY.

    CONSTANTS: BEGIN OF kind,
                 credit   TYPE zgangway_s_change-kind VALUE 'K',
                 customer TYPE zgangway_s_change-kind VALUE 'C',
                 deletion TYPE zgangway_s_change-kind VALUE 'L',
                 clearing TYPE zgangway_s_change-kind VALUE 'P',
               END OF kind.

    METHODS of_documents
      IMPORTING
        kind          TYPE zgangway_s_change-kind
        documents     TYPE zif_gangway_change_data=>ty_documents
        fields        TYPE zif_gangway_change_data=>ty_fields
      RETURNING
        VALUE(result) TYPE ty_rows.
    METHODS of_clearings
      IMPORTING
        clearings     TYPE zif_gangway_change_data=>ty_clearings
      RETURNING
        VALUE(result) TYPE ty_rows.

  PRIVATE SECTION.
    CONSTANTS deletion_mark TYPE cdpos-fname VALUE 'LOEVM'.

    METHODS add_field
      IMPORTING
        field TYPE zif_gangway_change_data=>ty_field
      CHANGING
        row   TYPE zgangway_s_change.
ENDCLASS.



CLASS zcl_gangway_change_rows IMPLEMENTATION.

  METHOD of_documents.
    DATA document TYPE zif_gangway_change_data=>ty_document.
    DATA field TYPE zif_gangway_change_data=>ty_field.
    DATA row TYPE zgangway_s_change.

    LOOP AT documents INTO document.
      CLEAR row.
      MOVE-CORRESPONDING document TO row.
      row-kind = kind.
      row-kunnr = document-objectid.
      LOOP AT fields INTO field WHERE changenr = document-changenr.
        IF kind <> me->kind-deletion OR field-fname = deletion_mark.
          add_field( EXPORTING field = field CHANGING row = row ).
        ENDIF.
      ENDLOOP.
      IF kind = me->kind-deletion AND row-fields IS INITIAL.
        CONTINUE.
      ENDIF.
      APPEND row TO result.
    ENDLOOP.
  ENDMETHOD.


  METHOD of_clearings.
    DATA clearing TYPE zif_gangway_change_data=>ty_clearing.
    DATA row TYPE zgangway_s_change.

    LOOP AT clearings INTO clearing.
      CLEAR row.
      MOVE-CORRESPONDING clearing TO row.
      row-kind = kind-clearing.
      row-udate = clearing-augdt.
      row-fields = 'BSAD-AUGBL BSAD-AUGDT'.
      APPEND row TO result.
    ENDLOOP.
  ENDMETHOD.


  METHOD add_field.
    DATA whole TYPE string.

    IF row-fields IS INITIAL.
      row-fields = |{ field-tabname }-{ field-fname }|.
      RETURN.
    ENDIF.
    whole = |{ row-fields } { field-tabname }-{ field-fname }|.
    " A name that is cut would be another name.
    IF strlen( whole ) > 255 OR row-fields_cut = abap_true.
      row-fields_cut = abap_true.
      RETURN.
    ENDIF.
    row-fields = whole.
  ENDMETHOD.

ENDCLASS.
