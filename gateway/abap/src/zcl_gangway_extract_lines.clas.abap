"! Lines of a staging file: tabs between values, one row a line, counted for the last line.
CLASS zcl_gangway_extract_lines DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    TYPES: BEGIN OF ty_head,
             kind       TYPE string,
             names      TYPE zif_gangway_system=>ty_names,
             created    TYPE zif_gangway_clock=>ty_moment,
             is_partial TYPE abap_bool,
           END OF ty_head.

    METHODS constructor
      IMPORTING
        file TYPE REF TO zif_gangway_extract_file.
    METHODS head
      IMPORTING
        head TYPE ty_head
      RAISING
        zcx_gangway_refused.
    "! Names of fields with a blank between; the first table named is that of the object itself.
    METHODS columns
      IMPORTING
        table  TYPE csequence
        fields TYPE csequence
      RAISING
        zcx_gangway_refused.
    "! Begins a row; its values follow in the order of the fields.
    METHODS row
      IMPORTING
        table TYPE csequence.
    "! The next value of the row.
    METHODS value
      IMPORTING
        value TYPE simple.
    METHODS end_row
      RAISING
        zcx_gangway_refused.
    "! Without this line the file is not whole.
    METHODS end
      RAISING
        zcx_gangway_refused.

  PRIVATE SECTION.
    CONSTANTS version TYPE string VALUE `1`.
    TYPES ty_names TYPE STANDARD TABLE OF string WITH DEFAULT KEY.

    DATA file TYPE REF TO zif_gangway_extract_file.
    DATA values TYPE ty_names.
    DATA own_table TYPE string.
    DATA objects TYPE i.
    DATA rows TYPE i.

    METHODS text
      IMPORTING
        value         TYPE simple
      RETURNING
        VALUE(result) TYPE string.
    METHODS digits
      IMPORTING
        number        TYPE i
      RETURNING
        VALUE(result) TYPE string.
    METHODS join
      IMPORTING
        parts         TYPE ty_names
      RETURNING
        VALUE(result) TYPE string.
ENDCLASS.



CLASS zcl_gangway_extract_lines IMPLEMENTATION.

  METHOD constructor.
    me->file = file.
  ENDMETHOD.


  METHOD head.
    DATA parts TYPE ty_names.
    DATA stamp TYPE string.
    DATA extent TYPE string.

    extent = `ALL`.
    IF head-is_partial = abap_true.
      extent = `PART`.
    ENDIF.
    CONCATENATE head-created-day head-created-time INTO stamp.
    APPEND `#STAGING` TO parts.
    APPEND version TO parts.
    APPEND head-names-logical_system TO parts.
    APPEND head-names-client TO parts.
    APPEND head-kind TO parts.
    APPEND stamp TO parts.
    APPEND extent TO parts.
    file->write( join( parts ) ).
  ENDMETHOD.


  METHOD columns.
    DATA names TYPE ty_names.
    DATA mark TYPE string.

    IF own_table IS INITIAL.
      own_table = table.
    ENDIF.
    SPLIT fields AT ` ` INTO TABLE names.
    mark = |#{ table }|.
    INSERT mark INTO names INDEX 1.
    file->write( join( names ) ).
  ENDMETHOD.


  METHOD row.
    CLEAR values.
    APPEND table TO values.
    rows = rows + 1.
    IF table = own_table.
      objects = objects + 1.
    ENDIF.
  ENDMETHOD.


  METHOD value.
    DATA written TYPE string.

    written = text( value ).
    APPEND written TO values.
  ENDMETHOD.


  METHOD end_row.
    file->write( join( values ) ).
  ENDMETHOD.


  METHOD end.
    DATA parts TYPE ty_names.
    DATA number TYPE string.

    APPEND `#END` TO parts.
    number = digits( objects ).
    APPEND number TO parts.
    number = digits( rows ).
    APPEND number TO parts.
    file->write( join( parts ) ).
  ENDMETHOD.


  METHOD text.
    DATA kind TYPE c LENGTH 1.

    result = value.
    DESCRIBE FIELD value TYPE kind.
    IF kind = 'P' OR kind = 'I'.
      " The sign stands behind the digits, or a blank does; a name keeps every blank it has.
      CONDENSE result NO-GAPS.
    ENDIF.
    " First of all: what follows puts further ones there.
    REPLACE ALL OCCURRENCES OF `\` IN result WITH `\\`.
    REPLACE ALL OCCURRENCES OF cl_abap_char_utilities=>horizontal_tab IN result WITH `\t`.
    REPLACE ALL OCCURRENCES OF cl_abap_char_utilities=>newline IN result WITH `\n`.
    REPLACE ALL OCCURRENCES OF cl_abap_char_utilities=>cr_lf(1) IN result WITH `\r`.
  ENDMETHOD.


  METHOD digits.
    result = number.
    CONDENSE result NO-GAPS.
  ENDMETHOD.


  METHOD join.
    CONCATENATE LINES OF parts INTO result SEPARATED BY cl_abap_char_utilities=>horizontal_tab.
  ENDMETHOD.

ENDCLASS.
