"! Says which system and client answers, and what time it has there.
CLASS zcl_gangway_system DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    TYPES ty_stamp TYPE c LENGTH 14.
    TYPES: BEGIN OF ty_result,
             names     TYPE zif_gangway_system=>ty_names,
             utc_stamp TYPE ty_stamp,
           END OF ty_result.

    METHODS constructor
      IMPORTING
        system TYPE REF TO zif_gangway_system
        clock  TYPE REF TO zif_gangway_clock.
    METHODS read
      RETURNING
        VALUE(result) TYPE ty_result.

  PRIVATE SECTION.
    DATA system TYPE REF TO zif_gangway_system.
    DATA clock TYPE REF TO zif_gangway_clock.
ENDCLASS.



CLASS zcl_gangway_system IMPLEMENTATION.

  METHOD constructor.
    me->system = system.
    me->clock = clock.
  ENDMETHOD.


  METHOD read.
    DATA now TYPE zif_gangway_clock=>ty_moment.

    now = clock->utc( ).
    result-names = system->names( ).
    CONCATENATE now-day now-time INTO result-utc_stamp.
  ENDMETHOD.

ENDCLASS.
