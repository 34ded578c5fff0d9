"! Where a walk over changes stands, as text for the caller, and where it has to begin so that it loses nothing.
CLASS zcl_gangway_change_position DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    TYPES ty_key TYPE c LENGTH 40.
    TYPES: BEGIN OF ty_position,
             "! In the order of the walk.
             kinds TYPE c LENGTH 4,
             "! Everything committed before this moment of UTC was seen, or is seen by the next walk.
             base  TYPE zif_gangway_clock=>ty_moment,
             "! When the walk under way began; the base of the one after it.
             began TYPE zif_gangway_clock=>ty_moment,
             "! Initial: no walk is under way.
             stage TYPE c LENGTH 1,
             after TYPE ty_key,
           END OF ty_position.
    "! Change documents are stamped before they are committed; a commit that takes longer than this is lost.
    CONSTANTS overlap_seconds TYPE i VALUE 900.

    METHODS constructor
      IMPORTING
        clock TYPE REF TO zif_gangway_clock.
    "! A position, or a point in time, or nothing, which is now.
    METHODS open
      IMPORTING
        since         TYPE clike
        kinds         TYPE clike
      RETURNING
        VALUE(result) TYPE ty_position
      RAISING
        zcx_gangway_refused.
    METHODS text
      IMPORTING
        position      TYPE ty_position
      RETURNING
        VALUE(result) TYPE zgangway_since.
    "! Where the walk begins, in the time of the system.
    METHODS first_moment
      IMPORTING
        position      TYPE ty_position
      RETURNING
        VALUE(result) TYPE zif_gangway_clock=>ty_moment.

  PRIVATE SECTION.
    TYPES ty_stamp TYPE c LENGTH 14.

    CONSTANTS digits TYPE c LENGTH 10 VALUE '0123456789'.
    CONSTANTS seconds_of_a_day TYPE i VALUE 86400.

    DATA clock TYPE REF TO zif_gangway_clock.

    METHODS moment
      IMPORTING
        stamp         TYPE ty_stamp
      RETURNING
        VALUE(result) TYPE zif_gangway_clock=>ty_moment.
    METHODS is_stamp
      IMPORTING
        stamp         TYPE ty_stamp
      RETURNING
        VALUE(result) TYPE abap_bool.
    METHODS is_walk
      IMPORTING
        position      TYPE ty_position
        stamp         TYPE ty_stamp
      RETURNING
        VALUE(result) TYPE abap_bool.
    METHODS refuse
      IMPORTING
        since TYPE clike
      RAISING
        zcx_gangway_refused.
    METHODS second_of_day
      IMPORTING
        time          TYPE t
      RETURNING
        VALUE(result) TYPE i.
    METHODS seconds_between
      IMPORTING
        earlier       TYPE zif_gangway_clock=>ty_moment
        later         TYPE zif_gangway_clock=>ty_moment
      RETURNING
        VALUE(result) TYPE i.
    METHODS seconds_before
      IMPORTING
        moment        TYPE zif_gangway_clock=>ty_moment
        seconds       TYPE i
      RETURNING
        VALUE(result) TYPE zif_gangway_clock=>ty_moment.
ENDCLASS.



CLASS zcl_gangway_change_position IMPLEMENTATION.

  METHOD constructor.
    me->clock = clock.
  ENDMETHOD.


  METHOD open.
    DATA given TYPE zgangway_since.

    given = since.
    result-kinds = kinds.
    IF given IS INITIAL.
      result-base = clock->utc( ).
      RETURN.
    ENDIF.
    IF is_stamp( given(14) ) = abap_true AND given+14 IS INITIAL.
      result-base = moment( given(14) ).
      RETURN.
    ENDIF.
    " Version, kinds, base, beginning of the walk, stage, place within the stage. A position of other kinds would
    " leave out what it never looked at.
    IF given(1) <> 'V' OR given+1(4) <> result-kinds OR is_stamp( given+5(14) ) = abap_false.
      refuse( given ).
    ENDIF.
    result-base = moment( given+5(14) ).
    result-stage = given+33(1).
    result-after = given+34(40).
    IF result-stage IS INITIAL.
      RETURN.
    ENDIF.
    IF is_walk( position = result stamp = given+19(14) ) = abap_false.
      refuse( given ).
    ENDIF.
    result-began = moment( given+19(14) ).
  ENDMETHOD.


  METHOD text.
    result(1) = 'V'.
    result+1(4) = position-kinds.
    result+5(8) = position-base-day.
    result+13(6) = position-base-time.
    IF position-stage IS INITIAL.
      RETURN.
    ENDIF.
    result+19(8) = position-began-day.
    result+27(6) = position-began-time.
    result+33(1) = position-stage.
    result+34(40) = position-after.
  ENDMETHOD.


  METHOD first_moment.
    DATA start TYPE zif_gangway_clock=>ty_moment.
    DATA began TYPE zif_gangway_clock=>ty_moment.
    DATA set_back TYPE i.

    start = seconds_before( moment = position-base seconds = overlap_seconds ).
    result = clock->system_time( start ).
    began = clock->system_time( position-began ).
    " At the end of summer time the clock of the system shows an hour twice: what was written in the second one looks
    " older than what was seen in the first.
    set_back = seconds_between( earlier = start later = result )
             - seconds_between( earlier = position-began later = began ).
    IF set_back > 0.
      result = seconds_before( moment = result seconds = set_back ).
    ENDIF.
  ENDMETHOD.


  METHOD moment.
    result-day = stamp(8).
    result-time = stamp+8(6).
  ENDMETHOD.


  METHOD is_stamp.
    DATA day TYPE d.
    DATA other_day TYPE d.
    DATA time TYPE c LENGTH 6.

    IF stamp CN digits OR stamp(4) < '1970'.
      RETURN.
    ENDIF.
    day = stamp(8).
    " A day that the calendar does not have comes back as another one.
    other_day = day + 1.
    other_day = other_day - 1.
    time = stamp+8(6).
    result = boolc( day = other_day AND time(2) < '24' AND time+2(2) < '60' AND time+4(2) < '60' ).
  ENDMETHOD.


  METHOD is_walk.
    DATA kind TYPE c LENGTH 1.

    " E is the second half of P.
    kind = position-stage.
    IF kind = 'E'.
      kind = 'P'.
    ENDIF.
    result = boolc( position-kinds CA kind AND is_stamp( stamp ) = abap_true ).
  ENDMETHOD.


  METHOD refuse.
    DATA refusal TYPE bapiret2.

    refusal = zcl_gangway_messages=>build( number = '019' v1 = since parameter = 'I_SINCE' ).
    RAISE EXCEPTION TYPE zcx_gangway_refused
      EXPORTING
        message = refusal.
  ENDMETHOD.


  METHOD second_of_day.
    DATA part TYPE i.

    part = time(2).
    result = part * 3600.
    part = time+2(2).
    result = result + part * 60.
    part = time+4(2).
    result = result + part.
  ENDMETHOD.


  METHOD seconds_between.
    result = later-day - earlier-day.
    result = result * seconds_of_a_day + second_of_day( later-time ) - second_of_day( earlier-time ).
  ENDMETHOD.


  METHOD seconds_before.
    DATA second TYPE i.
    DATA hours TYPE n LENGTH 2.
    DATA minutes TYPE n LENGTH 2.
    DATA rest TYPE n LENGTH 2.

    result-day = moment-day.
    second = second_of_day( moment-time ) - seconds.
    WHILE second < 0.
      second = second + seconds_of_a_day.
      result-day = result-day - 1.
    ENDWHILE.
    hours = second DIV 3600.
    minutes = second MOD 3600 DIV 60.
    rest = second MOD 60.
    CONCATENATE hours minutes rest INTO result-time.
  ENDMETHOD.

ENDCLASS.
