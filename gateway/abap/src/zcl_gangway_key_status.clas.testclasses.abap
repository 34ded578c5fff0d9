"! What happened, in its order.
CLASS ltd_course DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    DATA steps TYPE string.
    METHODS add
      IMPORTING
        step TYPE csequence.
ENDCLASS.

CLASS ltd_course IMPLEMENTATION.

  METHOD add.
    steps = |{ steps }{ step } |.
  ENDMETHOD.

ENDCLASS.

CLASS ltd_keys DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_keys.
    DATA course TYPE REF TO ltd_course.
    DATA row TYPE zgangway_key.
    DATA commits_after_the_look TYPE abap_bool.
    DATA locked TYPE abap_bool.
ENDCLASS.

CLASS ltd_keys IMPLEMENTATION.

  METHOD zif_gangway_keys~lock.
  ENDMETHOD.

  METHOD zif_gangway_keys~release.
  ENDMETHOD.

  METHOD zif_gangway_keys~is_locked.
    course->add( 'lock?' ).
    result = locked.
    IF commits_after_the_look = abap_true.
      row-external_key = wanted.
      row-kunnr = '0000104711'.
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_keys~find.
    course->add( 'row?' ).
    IF row-external_key = wanted.
      result = row.
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_keys~register.
  ENDMETHOD.

ENDCLASS.

CLASS ltd_fences DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_fences.
    DATA course TYPE REF TO ltd_course.
    DATA rows TYPE STANDARD TABLE OF zgangway_fence WITH DEFAULT KEY.
    "! What the unit of work writes that holds the row when this one comes: its key, just before the database commit.
    DATA keys TYPE REF TO ltd_keys.
    DATA commits_first TYPE zgangway_key.
    METHODS of
      IMPORTING
        scope         TYPE zgangway_fence-scope
      RETURNING
        VALUE(result) TYPE zgangway_fence.
ENDCLASS.

CLASS ltd_fences IMPLEMENTATION.

  METHOD of.
    READ TABLE rows INTO result WITH KEY scope = scope.
  ENDMETHOD.

  METHOD zif_gangway_fences~highest.
    DATA row TYPE zgangway_fence.

    row = of( wanted ).
    result = row-fence.
  ENDMETHOD.

  METHOD zif_gangway_fences~hold.
    course->add( 'hold' ).
    IF commits_first IS NOT INITIAL.
      keys->row = commits_first.
      keys->locked = abap_false.
    ENDIF.
    result = of( wanted ).
  ENDMETHOD.

  METHOD zif_gangway_fences~insert.
    course->add( 'insert' ).
    APPEND row TO rows.
    result = abap_true.
  ENDMETHOD.

  METHOD zif_gangway_fences~update.
    course->add( 'update' ).
    MODIFY rows FROM row TRANSPORTING fence WHERE scope = row-scope.
  ENDMETHOD.

ENDCLASS.

CLASS ltd_luw DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_luw.
    DATA course TYPE REF TO ltd_course.
    DATA refuses TYPE abap_bool.
ENDCLASS.

CLASS ltd_luw IMPLEMENTATION.

  METHOD zif_gangway_luw~commit.
    DATA refusal TYPE bapiret2.

    course->add( 'commit' ).
    IF refuses = abap_true.
      refusal = zcl_gangway_messages=>build( type = 'A' number = '010' ).
      RAISE EXCEPTION TYPE zcx_gangway_refused
        EXPORTING
          message = refusal.
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_luw~rollback.
    course->add( 'rollback' ).
  ENDMETHOD.

ENDCLASS.

CLASS ltc_key_status DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    CONSTANTS org TYPE zgangway_fence-scope VALUE '00D5g000004GANGEAW'.
    CONSTANTS other_org TYPE zgangway_fence-scope VALUE '00D5g000004OTHERAA'.
    CONSTANTS key TYPE zgangway_key-external_key VALUE '00D5g000004GANGEAWcustomer.create:001'.

    DATA course TYPE REF TO ltd_course.
    DATA keys TYPE REF TO ltd_keys.
    DATA fences TYPE REF TO ltd_fences.
    DATA luw TYPE REF TO ltd_luw.
    DATA fence TYPE REF TO zcl_gangway_fence.
    DATA status TYPE REF TO zcl_gangway_key_status.

    METHODS setup.
    METHODS in_force
      IMPORTING
        scope  TYPE zgangway_fence-scope
        number TYPE i.
    METHODS done
      RETURNING
        VALUE(result) TYPE zgangway_key.
    METHODS look_up
      IMPORTING
        number        TYPE i
      RETURNING
        VALUE(result) TYPE zcl_gangway_key_status=>ty_result.
    METHODS expect
      IMPORTING
        number TYPE i DEFAULT 0
        state  TYPE csequence.
    METHODS expect_course
      IMPORTING
        steps TYPE csequence.
    METHODS expect_fence
      IMPORTING
        scope TYPE zgangway_fence-scope DEFAULT org
        fence TYPE zgangway_fence-fence.
    METHODS expect_message
      IMPORTING
        result TYPE zcl_gangway_key_status=>ty_result
        type   TYPE bapiret2-type DEFAULT 'E'
        number TYPE bapiret2-number.
    METHODS unknown_key_was_never_done FOR TESTING.
    METHODS locked_key_is_running FOR TESTING.
    METHODS commit_in_between_is_done FOR TESTING.
    METHODS done_key_tells_its_row FOR TESTING.
    METHODS without_lease_it_only_looks FOR TESTING.
    METHODS newer_lease_comes_first FOR TESTING.
    METHODS first_lease_comes_first FOR TESTING.
    METHODS same_lease_waits_for_the_row FOR TESTING.
    METHODS older_lease_learns_nothing FOR TESTING.
    METHODS orgs_have_their_own_leases FOR TESTING.
    METHODS key_is_needed_for_a_lease FOR TESTING.
    METHODS nothing_is_told_uncommitted FOR TESTING.
    METHODS write_past_its_look_ends FOR TESTING.
    METHODS write_that_held_first_is_done FOR TESTING.
ENDCLASS.

CLASS ltc_key_status IMPLEMENTATION.

  METHOD setup.
    CREATE OBJECT course.
    CREATE OBJECT keys.
    keys->course = course.
    CREATE OBJECT fences.
    fences->course = course.
    fences->keys = keys.
    CREATE OBJECT luw.
    luw->course = course.
    CREATE OBJECT fence
      EXPORTING
        fences = fences.
    CREATE OBJECT status
      EXPORTING
        keys  = keys
        fence = fence
        luw   = luw.
  ENDMETHOD.

  METHOD in_force.
    DATA row TYPE zgangway_fence.

    row-scope = scope.
    row-fence = number.
    APPEND row TO fences->rows.
  ENDMETHOD.

  METHOD done.
    result-external_key = key.
    result-content = 'abc'.
    result-kunnr = '0000104711'.
  ENDMETHOD.

  METHOD look_up.
    DATA lease TYPE zgangway_fence-fence.

    lease = number.
    result = status->read( external_key = key fence = lease ).
  ENDMETHOD.

  METHOD expect.
    DATA result TYPE zcl_gangway_key_status=>ty_result.

    result = look_up( number ).
    cl_abap_unit_assert=>assert_initial( result-messages ).
    cl_abap_unit_assert=>assert_equals( exp = state act = result-state ).
  ENDMETHOD.

  METHOD expect_course.
    cl_abap_unit_assert=>assert_equals( exp = |{ steps } | act = course->steps ).
  ENDMETHOD.

  METHOD expect_fence.
    DATA row TYPE zgangway_fence.

    row = fences->of( scope ).
    cl_abap_unit_assert=>assert_equals( exp = fence act = row-fence ).
  ENDMETHOD.

  METHOD expect_message.
    DATA message TYPE bapiret2.

    cl_abap_unit_assert=>assert_equals( exp = 1 act = lines( result-messages ) ).
    READ TABLE result-messages INTO message INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = 'ZGANGWAY' act = message-id ).
    cl_abap_unit_assert=>assert_equals( exp = type act = message-type ).
    cl_abap_unit_assert=>assert_equals( exp = number act = message-number ).
    cl_abap_unit_assert=>assert_initial( result-state ).
    cl_abap_unit_assert=>assert_initial( result-row ).
  ENDMETHOD.

  METHOD unknown_key_was_never_done.
    expect( ' ' ).
  ENDMETHOD.

  METHOD locked_key_is_running.
    keys->locked = abap_true.
    expect( 'R' ).
  ENDMETHOD.

  METHOD commit_in_between_is_done.
    keys->locked = abap_true.
    keys->commits_after_the_look = abap_true.
    expect( 'D' ).
  ENDMETHOD.

  METHOD done_key_tells_its_row.
    DATA result TYPE zcl_gangway_key_status=>ty_result.

    keys->row = done( ).
    result = look_up( 7 ).
    cl_abap_unit_assert=>assert_equals( exp = done( ) act = result-row ).
  ENDMETHOD.

  METHOD without_lease_it_only_looks.
    in_force( scope = org number = 7 ).
    expect( ' ' ).
    expect_course( 'lock? row?' ).
    expect_fence( '000000000000000007' ).
  ENDMETHOD.

  METHOD newer_lease_comes_first.
    in_force( scope = org number = 6 ).
    expect( number = 7 state = ' ' ).
    expect_course( 'hold update commit lock? row?' ).
    expect_fence( '000000000000000007' ).
  ENDMETHOD.

  METHOD first_lease_comes_first.
    expect( number = 7 state = ' ' ).
    expect_course( 'hold insert commit lock? row?' ).
    expect_fence( '000000000000000007' ).
  ENDMETHOD.

  METHOD same_lease_waits_for_the_row.
    in_force( scope = org number = 7 ).
    keys->locked = abap_true.
    expect( number = 7 state = 'R' ).
    expect_course( 'hold commit lock? row?' ).
  ENDMETHOD.

  METHOD older_lease_learns_nothing.
    DATA result TYPE zcl_gangway_key_status=>ty_result.
    DATA message TYPE bapiret2.

    in_force( scope = org number = 8 ).
    keys->row = done( ).
    result = look_up( 7 ).
    expect_message( result = result number = '011' ).
    READ TABLE result-messages INTO message INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = '7' act = message-message_v1 ).
    cl_abap_unit_assert=>assert_equals( exp = '8' act = message-message_v2 ).
    expect_course( 'hold rollback' ).
    expect_fence( '000000000000000008' ).
  ENDMETHOD.

  METHOD orgs_have_their_own_leases.
    in_force( scope = other_org number = 9 ).
    in_force( scope = org number = 6 ).
    expect( number = 7 state = ' ' ).
    expect_fence( '000000000000000007' ).
    expect_fence( scope = other_org fence = '000000000000000009' ).
  ENDMETHOD.

  METHOD key_is_needed_for_a_lease.
    DATA result TYPE zcl_gangway_key_status=>ty_result.

    result = status->read( external_key = '' fence = '000000000000000007' ).
    expect_message( result = result number = '004' ).
    cl_abap_unit_assert=>assert_initial( fences->rows ).
  ENDMETHOD.

  METHOD nothing_is_told_uncommitted.
    DATA result TYPE zcl_gangway_key_status=>ty_result.

    keys->row = done( ).
    luw->refuses = abap_true.
    result = look_up( 7 ).
    expect_message( result = result type = 'A' number = '010' ).
    expect_course( 'hold insert commit rollback' ).
  ENDMETHOD.

  METHOD write_past_its_look_ends.
    DATA old TYPE zgangway_fence.
    DATA refused TYPE REF TO zcx_gangway_refused.

    " The write of lease 6 has locked its key and passed its first look.
    in_force( scope = org number = 6 ).
    old = fences->of( org ).
    keys->locked = abap_true.
    TRY.
        fence->check( old ).
      CATCH zcx_gangway_refused.
        cl_abap_unit_assert=>fail( 'refused too early' ).
    ENDTRY.
    expect( number = 7 state = 'R' ).
    TRY.
        fence->advance( old ).
        cl_abap_unit_assert=>fail( 'not terminated' ).
      CATCH zcx_gangway_refused INTO refused.
        cl_abap_unit_assert=>assert_equals( exp = '011' act = refused->message-number ).
    ENDTRY.
    keys->locked = abap_false.
    expect( number = 7 state = ' ' ).
  ENDMETHOD.

  METHOD write_that_held_first_is_done.
    in_force( scope = org number = 6 ).
    keys->locked = abap_true.
    fences->commits_first = done( ).
    expect( number = 7 state = 'D' ).
  ENDMETHOD.

ENDCLASS.
