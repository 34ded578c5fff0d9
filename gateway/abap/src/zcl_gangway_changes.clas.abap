"! Walks over what has changed since a position, kind after kind, page by page.
CLASS zcl_gangway_changes DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    "! Documents and items read in one call, whatever the caller asks for: a work process is not held longer.
    CONSTANTS most_rows TYPE i VALUE 1000.
    TYPES: BEGIN OF ty_result,
             rows     TYPE zcl_gangway_change_rows=>ty_rows,
             position TYPE zgangway_since,
             more     TYPE abap_bool,
           END OF ty_result.
    TYPES: BEGIN OF ty_parts,
             clock            TYPE REF TO zif_gangway_clock,
             data             TYPE REF TO zif_gangway_change_data,
             authority        TYPE REF TO zif_gangway_authority,
             change_authority TYPE REF TO zif_gangway_change_authority,
           END OF ty_parts.

    METHODS constructor
      IMPORTING
        parts TYPE ty_parts.
    METHODS read
      IMPORTING
        since         TYPE clike
        kinds         TYPE clike
        most          TYPE i
      RETURNING
        VALUE(result) TYPE ty_result
      RAISING
        zcx_gangway_refused.

  PRIVATE SECTION.
    "! In the order of the walk; E, the second half of P, finds what was dated back.
    CONSTANTS all_kinds TYPE c LENGTH 4 VALUE 'KCLP'.

    DATA parts TYPE ty_parts.
    DATA positions TYPE REF TO zcl_gangway_change_position.
    DATA pages TYPE REF TO zcl_gangway_change_pages.

    METHODS in_order
      IMPORTING
        kinds         TYPE clike
      RETURNING
        VALUE(result) TYPE zcl_gangway_change_position=>ty_position-kinds
      RAISING
        zcx_gangway_refused.
    METHODS check_authority
      IMPORTING
        kinds TYPE clike
      RAISING
        zcx_gangway_refused.
    METHODS stage_after
      IMPORTING
        position      TYPE zcl_gangway_change_position=>ty_position
      RETURNING
        VALUE(result) TYPE zcl_gangway_change_position=>ty_position-stage.
ENDCLASS.



CLASS zcl_gangway_changes IMPLEMENTATION.

  METHOD constructor.
    me->parts = parts.
    CREATE OBJECT positions
      EXPORTING
        clock = parts-clock.
    CREATE OBJECT pages
      EXPORTING
        positions = positions
        data      = parts-data
        authority = parts-authority.
  ENDMETHOD.


  METHOD read.
    DATA position TYPE zcl_gangway_change_position=>ty_position.
    DATA page TYPE zcl_gangway_change_pages=>ty_page.
    DATA rest TYPE i.

    position = positions->open( since = since kinds = in_order( kinds ) ).
    check_authority( position-kinds ).
    rest = most.
    IF rest <= 0 OR rest > most_rows.
      rest = most_rows.
    ENDIF.
    IF since IS INITIAL.
      result-position = positions->text( position ).
      RETURN.
    ENDIF.
    IF position-stage IS INITIAL.
      " Before anything is read: what is committed while this reads belongs to the next walk.
      position-began = parts-clock->utc( ).
      position-stage = stage_after( position ).
    ENDIF.
    WHILE position-stage IS NOT INITIAL.
      page = pages->page( position = position most = rest ).
      APPEND LINES OF page-rows TO result-rows.
      IF page-read >= rest.
        position-after = page-last.
        result-more = abap_true.
        EXIT.
      ENDIF.
      rest = rest - page-read.
      position-stage = stage_after( position ).
      CLEAR position-after.
    ENDWHILE.
    IF position-stage IS INITIAL.
      position-base = position-began.
    ENDIF.
    result-position = positions->text( position ).
  ENDMETHOD.


  METHOD in_order.
    DATA refusal TYPE bapiret2.
    DATA kind TYPE c LENGTH 1.
    DATA place TYPE i.

    IF kinds IS INITIAL.
      result = all_kinds.
      RETURN.
    ENDIF.
    IF kinds CN 'KCLP '.
      refusal = zcl_gangway_messages=>build( number = '005' v1 = 'I_KINDS' v2 = kinds parameter = 'I_KINDS' ).
      RAISE EXCEPTION TYPE zcx_gangway_refused
        EXPORTING
          message = refusal.
    ENDIF.
    DO 4 TIMES.
      place = sy-index - 1.
      kind = all_kinds+place(1).
      IF kinds CA kind.
        CONCATENATE result kind INTO result.
      ENDIF.
    ENDDO.
  ENDMETHOD.


  METHOD check_authority.
    IF kinds CA 'KCL'.
      parts-authority->check_general( zif_gangway_authority=>activity-read ).
      parts-change_authority->check_change_documents( ).
    ENDIF.
    IF kinds CA 'K'.
      parts-change_authority->check_any_credit_area( ).
    ENDIF.
  ENDMETHOD.


  METHOD stage_after.
    DATA stages TYPE c LENGTH 5.
    DATA place TYPE i.

    stages = position-kinds.
    REPLACE FIRST OCCURRENCE OF 'P' IN stages WITH 'PE'.
    IF position-stage IS INITIAL.
      result = stages(1).
      RETURN.
    ENDIF.
    FIND position-stage IN stages MATCH OFFSET place.
    place = place + 1.
    IF place < 5.
      result = stages+place(1).
    ENDIF.
  ENDMETHOD.

ENDCLASS.
