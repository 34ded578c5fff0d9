CLASS ltd_file DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_extract_file.
    METHODS line
      IMPORTING
        number        TYPE i
      RETURNING
        VALUE(result) TYPE string.
  PRIVATE SECTION.
    DATA lines TYPE STANDARD TABLE OF string WITH DEFAULT KEY.
ENDCLASS.

CLASS ltd_file IMPLEMENTATION.

  METHOD zif_gangway_extract_file~write.
    APPEND line TO lines.
  ENDMETHOD.

  METHOD zif_gangway_extract_file~close.
    CLEAR lines.
  ENDMETHOD.

  METHOD line.
    READ TABLE lines INTO result INDEX number.
    " Easier to read than tabs.
    REPLACE ALL OCCURRENCES OF cl_abap_char_utilities=>horizontal_tab IN result WITH `;`.
  ENDMETHOD.

ENDCLASS.

CLASS ltc_extract_lines DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    DATA file TYPE REF TO ltd_file.
    DATA subject TYPE REF TO zcl_gangway_extract_lines.

    METHODS setup.
    METHODS expect
      IMPORTING
        number TYPE i
        line   TYPE string.
    METHODS head
      IMPORTING
        is_partial TYPE abap_bool
      RAISING
        zcx_gangway_refused.
    METHODS head_names_the_system FOR TESTING RAISING zcx_gangway_refused.
    METHODS head_says_what_is_left_out FOR TESTING RAISING zcx_gangway_refused.
    METHODS values_in_the_named_order FOR TESTING RAISING zcx_gangway_refused.
    METHODS values_hide_no_border FOR TESTING RAISING zcx_gangway_refused.
    METHODS blanks_within_a_name_stay FOR TESTING RAISING zcx_gangway_refused.
    METHODS amounts_have_no_padding FOR TESTING RAISING zcx_gangway_refused.
    METHODS last_line_counts_own_rows FOR TESTING RAISING zcx_gangway_refused.
ENDCLASS.

CLASS ltc_extract_lines IMPLEMENTATION.

  METHOD setup.
    CREATE OBJECT file.
    CREATE OBJECT subject
      EXPORTING
        file = file.
  ENDMETHOD.

  METHOD expect.
    cl_abap_unit_assert=>assert_equals( exp = line act = file->line( number ) ).
  ENDMETHOD.

  METHOD head.
    DATA head TYPE zcl_gangway_extract_lines=>ty_head.

    head-kind = `customers`.
    head-names-logical_system = 'ERPCLNT100'.
    head-names-client = '100'.
    head-created-day = '20261121'.
    head-created-time = '101500'.
    head-is_partial = is_partial.
    subject->head( head ).
  ENDMETHOD.

  METHOD head_names_the_system.
    head( abap_false ).
    expect( number = 1 line = `#STAGING;1;ERPCLNT100;100;customers;20261121101500;ALL` ).
  ENDMETHOD.

  METHOD head_says_what_is_left_out.
    head( abap_true ).
    expect( number = 1 line = `#STAGING;1;ERPCLNT100;100;customers;20261121101500;PART` ).
  ENDMETHOD.

  METHOD values_in_the_named_order.
    DATA row TYPE kna1.

    row-kunnr = '0000104711'.
    row-land1 = 'DE'.
    subject->columns( table = `KNA1` fields = `KUNNR NAME1 LAND1` ).
    subject->row( `KNA1` ).
    subject->value( row-kunnr ).
    subject->value( row-name1 ).
    subject->value( row-land1 ).
    subject->end_row( ).
    expect( number = 1 line = `#KNA1;KUNNR;NAME1;LAND1` ).
    expect( number = 2 line = `KNA1;0000104711;;DE` ).
  ENDMETHOD.

  METHOD values_hide_no_border.
    DATA row TYPE kna1.

    CONCATENATE `a\b` cl_abap_char_utilities=>horizontal_tab `c` cl_abap_char_utilities=>cr_lf `d` INTO row-name1.
    subject->columns( table = `KNA1` fields = `KUNNR NAME1` ).
    subject->row( `KNA1` ).
    subject->value( row-kunnr ).
    subject->value( row-name1 ).
    subject->end_row( ).
    expect( number = 2 line = `KNA1;;a\\b\tc\r\nd` ).
  ENDMETHOD.

  METHOD blanks_within_a_name_stay.
    DATA row TYPE kna1.

    row-name1 = `  Nord  wind`.
    subject->columns( table = `KNA1` fields = `KUNNR NAME1` ).
    subject->row( `KNA1` ).
    subject->value( row-kunnr ).
    subject->value( row-name1 ).
    subject->end_row( ).
    expect( number = 2 line = `KNA1;;  Nord  wind` ).
  ENDMETHOD.

  METHOD amounts_have_no_padding.
    DATA row TYPE knkk.

    row-klimk = '1000.00'.
    row-nxtrv = '20270101'.
    subject->columns( table = `KNKK` fields = `KUNNR KLIMK NXTRV` ).
    subject->row( `KNKK` ).
    subject->value( row-kunnr ).
    subject->value( row-klimk ).
    subject->value( row-nxtrv ).
    subject->end_row( ).
    expect( number = 2 line = `KNKK;;1000.00;20270101` ).
  ENDMETHOD.

  METHOD last_line_counts_own_rows.
    subject->columns( table = `KNA1` fields = `KUNNR` ).
    subject->columns( table = `KNVV` fields = `KUNNR VKORG` ).
    subject->row( `KNA1` ).
    subject->end_row( ).
    subject->row( `KNVV` ).
    subject->end_row( ).
    subject->row( `KNVV` ).
    subject->end_row( ).
    subject->row( `KNA1` ).
    subject->end_row( ).
    subject->end( ).
    expect( number = 7 line = `#END;2;4` ).
  ENDMETHOD.

ENDCLASS.
