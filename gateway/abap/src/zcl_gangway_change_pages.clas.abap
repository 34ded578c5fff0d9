"! Reads one page of one stage of a walk over changes.
CLASS zcl_gangway_change_pages DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    "! Clearings have no time and may be dated back.
    CONSTANTS clearing_days TYPE i VALUE 3.
    TYPES: BEGIN OF ty_page,
             rows TYPE zcl_gangway_change_rows=>ty_rows,
             "! Documents or items read; a row is not made of each.
             read TYPE i,
             last TYPE zcl_gangway_change_position=>ty_key,
           END OF ty_page.

    METHODS constructor
      IMPORTING
        positions TYPE REF TO zcl_gangway_change_position
        data      TYPE REF TO zif_gangway_change_data
        authority TYPE REF TO zif_gangway_authority.
    METHODS page
      IMPORTING
        position      TYPE zcl_gangway_change_position=>ty_position
        most          TYPE i
      RETURNING
        VALUE(result) TYPE ty_page
      RAISING
        zcx_gangway_refused.

  PRIVATE SECTION.
    DATA positions TYPE REF TO zcl_gangway_change_position.
    DATA data TYPE REF TO zif_gangway_change_data.
    DATA authority TYPE REF TO zif_gangway_authority.
    DATA change_rows TYPE REF TO zcl_gangway_change_rows.

    METHODS documents
      IMPORTING
        position      TYPE zcl_gangway_change_position=>ty_position
        most          TYPE i
      RETURNING
        VALUE(result) TYPE ty_page.
    METHODS clearings
      IMPORTING
        position      TYPE zcl_gangway_change_position=>ty_position
        most          TYPE i
      RETURNING
        VALUE(result) TYPE ty_page
      RAISING
        zcx_gangway_refused.
ENDCLASS.



CLASS zcl_gangway_change_pages IMPLEMENTATION.

  METHOD constructor.
    me->positions = positions.
    me->data = data.
    me->authority = authority.
    CREATE OBJECT change_rows.
  ENDMETHOD.


  METHOD page.
    CASE position-stage.
      WHEN 'P' OR 'E'.
        result = clearings( position = position most = most ).
      WHEN OTHERS.
        result = documents( position = position most = most ).
    ENDCASE.
  ENDMETHOD.


  METHOD documents.
    DATA first TYPE zif_gangway_clock=>ty_moment.
    DATA after TYPE zif_gangway_change_data=>ty_place.
    DATA object TYPE cdhdr-objectclas.
    DATA found TYPE zif_gangway_change_data=>ty_documents.
    DATA last TYPE zif_gangway_change_data=>ty_document.
    DATA fields TYPE zif_gangway_change_data=>ty_fields.

    object = zif_gangway_change_data=>object-customer.
    IF position-stage = zcl_gangway_change_rows=>kind-credit.
      object = zif_gangway_change_data=>object-credit.
    ENDIF.
    first = positions->first_moment( position ).
    after-udate = first-day.
    after-utime = first-time.
    IF position-after IS NOT INITIAL.
      after-udate = position-after(8).
      after-utime = position-after+8(6).
      after-changenr = position-after+14(10).
    ENDIF.
    found = data->documents( object = object after = after most = most ).
    fields = data->fields( object = object documents = found ).
    result-rows = change_rows->of_documents( kind = position-stage documents = found fields = fields ).
    result-read = lines( found ).
    READ TABLE found INTO last INDEX result-read.
    IF sy-subrc = 0.
      result-last(8) = last-udate.
      result-last+8(6) = last-utime.
      result-last+14(10) = last-changenr.
    ENDIF.
  ENDMETHOD.


  METHOD clearings.
    DATA first TYPE zif_gangway_clock=>ty_moment.
    DATA first_day TYPE d.
    DATA after TYPE zif_gangway_change_data=>ty_clearing_place.
    DATA found TYPE zif_gangway_change_data=>ty_clearings.
    DATA clearing TYPE zif_gangway_change_data=>ty_clearing.
    DATA checked TYPE bsad-bukrs.

    first = positions->first_moment( position ).
    first_day = first-day - clearing_days.
    IF position-after IS NOT INITIAL.
      after-augdt = position-after(8).
      after-bukrs = position-after+8(4).
      after-gjahr = position-after+12(4).
      after-belnr = position-after+16(10).
      after-buzei = position-after+26(3).
    ELSEIF position-stage = 'P'.
      after-augdt = first_day.
    ENDIF.
    IF position-stage = 'P'.
      found = data->clearings( after = after most = most ).
    ELSE.
      found = data->late_clearings( entered = first-day dated_before = first_day after = after most = most ).
    ENDIF.
    LOOP AT found INTO clearing.
      IF clearing-bukrs <> checked.
        authority->check_items( clearing-bukrs ).
        checked = clearing-bukrs.
      ENDIF.
    ENDLOOP.
    result-rows = change_rows->of_clearings( found ).
    result-read = lines( found ).
    IF result-read > 0.
      result-last(8) = clearing-augdt.
      result-last+8(4) = clearing-bukrs.
      result-last+12(4) = clearing-gjahr.
      result-last+16(10) = clearing-belnr.
      result-last+26(3) = clearing-buzei.
    ENDIF.
  ENDMETHOD.

ENDCLASS.
