"! The file of an extraction on the application server: UTF-8, ends of line of Unix, whatever the server is.
CLASS zcl_gangway_sap_extract_file DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    INTERFACES zif_gangway_extract_file.

    METHODS constructor
      IMPORTING
        path TYPE csequence
      RAISING
        zcx_gangway_refused.

  PRIVATE SECTION.
    DATA path TYPE string.

    METHODS refuse
      IMPORTING
        cause TYPE REF TO cx_root
      RAISING
        zcx_gangway_refused.
ENDCLASS.



CLASS zcl_gangway_sap_extract_file IMPLEMENTATION.

  METHOD constructor.
    DATA cause TYPE REF TO cx_sy_file_access_error.
    DATA reason TYPE c LENGTH 50.
    DATA refusal TYPE bapiret2.

    me->path = path.
    TRY.
        OPEN DATASET me->path FOR OUTPUT IN TEXT MODE ENCODING UTF-8 WITH UNIX LINEFEED MESSAGE reason.
        IF sy-subrc <> 0.
          refusal = zcl_gangway_messages=>build( number = '023' v1 = path v2 = reason ).
          RAISE EXCEPTION TYPE zcx_gangway_refused
            EXPORTING
              message = refusal.
        ENDIF.
      CATCH cx_sy_file_access_error INTO cause.
        refuse( cause ).
    ENDTRY.
  ENDMETHOD.


  METHOD zif_gangway_extract_file~write.
    DATA cause TYPE REF TO cx_sy_file_access_error.

    TRY.
        TRANSFER line TO path.
      CATCH cx_sy_file_access_error INTO cause.
        refuse( cause ).
    ENDTRY.
  ENDMETHOD.


  METHOD zif_gangway_extract_file~close.
    DATA cause TYPE REF TO cx_sy_file_access_error.

    TRY.
        CLOSE DATASET path.
      CATCH cx_sy_file_access_error INTO cause.
        refuse( cause ).
    ENDTRY.
  ENDMETHOD.


  METHOD refuse.
    DATA refusal TYPE bapiret2.
    DATA reason TYPE string.

    reason = cause->get_text( ).
    refusal = zcl_gangway_messages=>build( number = '023' v1 = path v2 = reason ).
    RAISE EXCEPTION TYPE zcx_gangway_refused
      EXPORTING
        message = refusal.
  ENDMETHOD.

ENDCLASS.
