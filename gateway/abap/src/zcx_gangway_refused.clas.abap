"! Something the caller asked for is not done; the message says why and goes back in ET_RETURN.
CLASS zcx_gangway_refused DEFINITION
  PUBLIC
  INHERITING FROM cx_static_check
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    DATA message TYPE bapiret2 READ-ONLY.

    METHODS constructor
      IMPORTING
        message TYPE bapiret2.
ENDCLASS.



CLASS zcx_gangway_refused IMPLEMENTATION.

  METHOD constructor.
    super->constructor( ).
    me->message = message.
  ENDMETHOD.

ENDCLASS.
