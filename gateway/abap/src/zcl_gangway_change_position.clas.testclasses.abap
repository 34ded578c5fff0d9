CLASS ltd_clock DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_clock.
    DATA now TYPE zif_gangway_clock=>ty_moment.
    "! From this second of the day of UTC on, the system is one hour ahead of it instead of two.
    DATA winter_from TYPE i VALUE 86400.
    "! The other way round.
    DATA summer_from TYPE i.
    METHODS set
      IMPORTING
        day  TYPE d
        time TYPE t.
ENDCLASS.

CLASS ltd_clock IMPLEMENTATION.

  METHOD set.
    now-day = day.
    now-time = time.
  ENDMETHOD.

  METHOD zif_gangway_clock~utc.
    result = now.
  ENDMETHOD.

  METHOD zif_gangway_clock~system_time.
    DATA part TYPE i.
    DATA second TYPE i.
    DATA hours TYPE n LENGTH 2.

    result = utc.
    part = utc-time(2).
    second = part * 3600.
    part = utc-time+2(2).
    second = second + part * 60.
    part = utc-time(2).
    IF second >= winter_from OR second < summer_from.
      hours = part + 1.
    ELSE.
      hours = part + 2.
    ENDIF.
    CONCATENATE hours utc-time+2(4) INTO result-time.
  ENDMETHOD.

ENDCLASS.

CLASS ltc_position DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    DATA clock TYPE REF TO ltd_clock.
    DATA positions TYPE REF TO zcl_gangway_change_position.

    METHODS setup.
    METHODS expect_refused
      IMPORTING
        since TYPE csequence
        kinds TYPE csequence DEFAULT 'KC'.
    METHODS expect_first_moment
      IMPORTING
        base     TYPE csequence
        began    TYPE csequence
        expected TYPE csequence.
    METHODS nothing_is_now FOR TESTING RAISING zcx_gangway_refused.
    METHODS first_and_last_moment_of_day FOR TESTING RAISING zcx_gangway_refused.
    METHODS point_in_time FOR TESTING RAISING zcx_gangway_refused.
    METHODS position_comes_back_whole FOR TESTING RAISING zcx_gangway_refused.
    METHODS settled_position_has_no_walk FOR TESTING RAISING zcx_gangway_refused.
    METHODS other_kinds_are_refused FOR TESTING RAISING zcx_gangway_refused.
    METHODS nonsense_is_refused FOR TESTING RAISING zcx_gangway_refused.
    METHODS walk_begins_before_the_base FOR TESTING.
    METHODS walk_begins_the_day_before FOR TESTING.
    METHODS hour_that_comes_twice_is_read FOR TESTING.
    METHODS clock_that_jumped_ahead FOR TESTING.
ENDCLASS.

CLASS ltc_position IMPLEMENTATION.

  METHOD setup.
    CREATE OBJECT clock.
    clock->set( day = '20260310' time = '101112' ).
    CREATE OBJECT positions
      EXPORTING
        clock = clock.
  ENDMETHOD.

  METHOD expect_refused.
    DATA refused TYPE REF TO zcx_gangway_refused.

    TRY.
        positions->open( since = since kinds = kinds ).
        cl_abap_unit_assert=>fail( 'was taken' ).
      CATCH zcx_gangway_refused INTO refused.
        cl_abap_unit_assert=>assert_equals( exp = '019' act = refused->message-number ).
    ENDTRY.
  ENDMETHOD.

  METHOD expect_first_moment.
    DATA position TYPE zcl_gangway_change_position=>ty_position.
    DATA first TYPE zif_gangway_clock=>ty_moment.
    DATA text TYPE string.

    position-base-day = base(8).
    position-base-time = base+8(6).
    position-began-day = began(8).
    position-began-time = began+8(6).
    first = positions->first_moment( position ).
    text = |{ first-day }{ first-time }|.
    cl_abap_unit_assert=>assert_equals( exp = expected act = text ).
  ENDMETHOD.

  METHOD nothing_is_now.
    DATA position TYPE zcl_gangway_change_position=>ty_position.

    position = positions->open( since = '' kinds = 'KC' ).
    cl_abap_unit_assert=>assert_equals( exp = clock->now act = position-base ).
    cl_abap_unit_assert=>assert_initial( position-stage ).
  ENDMETHOD.

  METHOD first_and_last_moment_of_day.
    DATA position TYPE zcl_gangway_change_position=>ty_position.

    position = positions->open( since = '19700101000000' kinds = 'KC' ).
    cl_abap_unit_assert=>assert_equals( exp = '19700101' act = position-base-day ).
    position = positions->open( since = '20281231235959' kinds = 'KC' ).
    cl_abap_unit_assert=>assert_equals( exp = '20281231' act = position-base-day ).
    position = positions->open( since = '20280229000000' kinds = 'KC' ).
    cl_abap_unit_assert=>assert_equals( exp = '20280229' act = position-base-day ).
  ENDMETHOD.

  METHOD point_in_time.
    DATA position TYPE zcl_gangway_change_position=>ty_position.

    position = positions->open( since = '20260101235959' kinds = 'KC' ).
    cl_abap_unit_assert=>assert_equals( exp = '20260101' act = position-base-day ).
    cl_abap_unit_assert=>assert_equals( exp = '235959' act = position-base-time ).
    cl_abap_unit_assert=>assert_equals( exp = 'KC' act = position-kinds ).
    cl_abap_unit_assert=>assert_initial( position-stage ).
  ENDMETHOD.

  METHOD position_comes_back_whole.
    DATA position TYPE zcl_gangway_change_position=>ty_position.

    position-kinds = 'KP'.
    position-base-day = '20260309'.
    position-base-time = '080910'.
    position-began = clock->now.
    position-stage = 'P'.
    position-after = '202603091000202600900000010010000000000X'.
    cl_abap_unit_assert=>assert_equals(
      exp = position
      act = positions->open( since = positions->text( position ) kinds = 'KP' ) ).
    " The second half of P is no kind of its own.
    position-stage = 'E'.
    cl_abap_unit_assert=>assert_equals(
      exp = position
      act = positions->open( since = positions->text( position ) kinds = 'KP' ) ).
  ENDMETHOD.

  METHOD settled_position_has_no_walk.
    DATA position TYPE zcl_gangway_change_position=>ty_position.

    position-kinds = 'KCLP'.
    position-base = clock->now.
    position-began = clock->now.
    position = positions->open( since = positions->text( position ) kinds = 'KCLP' ).
    cl_abap_unit_assert=>assert_equals( exp = clock->now act = position-base ).
    cl_abap_unit_assert=>assert_initial( position-stage ).
    cl_abap_unit_assert=>assert_initial( position-after ).
  ENDMETHOD.

  METHOD other_kinds_are_refused.
    DATA position TYPE zcl_gangway_change_position=>ty_position.
    DATA text TYPE zgangway_since.

    position-kinds = 'KC'.
    position-base = clock->now.
    text = positions->text( position ).
    positions->open( since = text kinds = 'KC' ).
    expect_refused( since = text kinds = 'K' ).
    expect_refused( since = text kinds = 'KCP' ).
  ENDMETHOD.

  METHOD nonsense_is_refused.
    DATA position TYPE zcl_gangway_change_position=>ty_position.

    expect_refused( 'yesterday' ).
    expect_refused( '2026010123595' ).
    expect_refused( '202601012359590' ).
    expect_refused( '20261301000000' ).
    expect_refused( '20260001000000' ).
    expect_refused( '20260132000000' ).
    expect_refused( '20260100000000' ).
    expect_refused( '20260229000000' ).
    expect_refused( '19691231235959' ).
    expect_refused( '00000101000000' ).
    expect_refused( '20260101240000' ).
    expect_refused( '20260101006000' ).
    expect_refused( '20260101000060' ).
    " A stage of a kind that was not asked for.
    position-kinds = 'KC'.
    position-base = clock->now.
    position-began = clock->now.
    position-stage = 'P'.
    expect_refused( positions->text( position ) ).
    position-stage = 'X'.
    expect_refused( positions->text( position ) ).
    " A walk that began at no time.
    position-stage = 'K'.
    positions->open( since = positions->text( position ) kinds = 'KC' ).
    position-began-time = '999999'.
    expect_refused( positions->text( position ) ).
  ENDMETHOD.

  METHOD walk_begins_before_the_base.
    " Two hours ahead of UTC, a quarter of an hour of overlap.
    expect_first_moment( base = '20260710101112' began = '20260710111112' expected = '20260710115612' ).
    expect_first_moment( base = '20260710101500' began = '20260710101500' expected = '20260710120000' ).
    expect_first_moment( base = '20260710101459' began = '20260710101500' expected = '20260710115959' ).
  ENDMETHOD.

  METHOD walk_begins_the_day_before.
    expect_first_moment( base = '20260301001000' began = '20260301001000' expected = '20260228255500' ).
  ENDMETHOD.

  METHOD hour_that_comes_twice_is_read.
    " At 01:00 UTC the clock goes back from 03:00 to 02:00.
    clock->winter_from = 3600.
    " Seen until 02:55 in summer time; what was written at 02:00 in winter time must not be too old.
    expect_first_moment( base = '20261025005500' began = '20261025011000' expected = '20261025014000' ).
    " The overlap alone reaches back over the change.
    expect_first_moment( base = '20261025011000' began = '20261025012000' expected = '20261025015500' ).
    " Both behind it.
    expect_first_moment( base = '20261025013000' began = '20261025014000' expected = '20261025021500' ).
  ENDMETHOD.

  METHOD clock_that_jumped_ahead.
    clock->summer_from = 3600.
    expect_first_moment( base = '20260329005500' began = '20260329011000' expected = '20260329014000' ).
  ENDMETHOD.

ENDCLASS.
