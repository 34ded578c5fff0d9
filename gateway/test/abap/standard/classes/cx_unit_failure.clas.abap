CLASS cx_unit_failure DEFINITION PUBLIC INHERITING FROM cx_root CREATE PUBLIC.
  PUBLIC SECTION.
    METHODS constructor IMPORTING text TYPE csequence.
    METHODS get_text REDEFINITION.
  PRIVATE SECTION.
    DATA text TYPE string.
ENDCLASS.

CLASS cx_unit_failure IMPLEMENTATION.
  METHOD constructor.
    super->constructor( ).
    me->text = text.
  ENDMETHOD.

  METHOD get_text.
    result = text.
  ENDMETHOD.
ENDCLASS.
