"! The characters the pack uses of SAP's class; constants there, which no source text can hold.
CLASS cl_abap_char_utilities DEFINITION PUBLIC ABSTRACT CREATE PUBLIC.
  PUBLIC SECTION.
    CLASS-DATA horizontal_tab TYPE c LENGTH 1 READ-ONLY.
    CLASS-DATA newline TYPE c LENGTH 1 READ-ONLY.
    CLASS-DATA cr_lf TYPE c LENGTH 2 READ-ONLY.
    CLASS-METHODS class_constructor.
ENDCLASS.

CLASS cl_abap_char_utilities IMPLEMENTATION.
  METHOD class_constructor.
    horizontal_tab = |\t|.
    newline = |\n|.
    cr_lf = |\r\n|.
  ENDMETHOD.
ENDCLASS.
