CLASS ltd_fences DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_fences.
    DATA row TYPE zgangway_fence.
    "! What another session commits between the look and the insert.
    DATA comes_between TYPE zgangway_fence.
    DATA writes TYPE i.
    DATA looks TYPE i.
    DATA holds TYPE i.
ENDCLASS.

CLASS ltd_fences IMPLEMENTATION.

  METHOD zif_gangway_fences~highest.
    looks = looks + 1.
    IF row-scope = wanted.
      result = row-fence.
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_fences~hold.
    holds = holds + 1.
    IF row-scope = wanted.
      result = row.
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_fences~insert.
    IF comes_between IS NOT INITIAL.
      me->row = comes_between.
      RETURN.
    ENDIF.
    writes = writes + 1.
    me->row = row.
    result = abap_true.
  ENDMETHOD.

  METHOD zif_gangway_fences~update.
    writes = writes + 1.
    me->row = row.
  ENDMETHOD.

ENDCLASS.

CLASS ltc_fence DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    CONSTANTS org TYPE zgangway_fence-scope VALUE '00D5g000004GANGEAW'.

    DATA fences TYPE REF TO ltd_fences.
    DATA fence TYPE REF TO zcl_gangway_fence.

    METHODS setup.
    METHODS row
      IMPORTING
        number        TYPE i
      RETURNING
        VALUE(result) TYPE zgangway_fence.
    METHODS advance
      IMPORTING
        number        TYPE i
      RETURNING
        VALUE(result) TYPE bapiret2.
    METHODS check
      IMPORTING
        number        TYPE i
      RETURNING
        VALUE(result) TYPE bapiret2.
    METHODS org_is_the_start_of_the_key FOR TESTING.
    METHODS look_refuses_an_older_lease FOR TESTING.
    METHODS look_takes_same_and_newer FOR TESTING.
    METHODS look_takes_the_first_of_an_org FOR TESTING.
    METHODS zero_is_never_looked_up FOR TESTING.
    METHODS look_writes_and_holds_nothing FOR TESTING.
    METHODS first_of_an_org_is_written FOR TESTING.
    METHODS newer_lease_is_written FOR TESTING.
    METHODS same_lease_is_held_not_written FOR TESTING.
    METHODS older_lease_ends_the_update FOR TESTING.
    METHODS zero_leaves_the_row_alone FOR TESTING.
    METHODS older_that_came_between_yields FOR TESTING.
    METHODS newer_that_came_between_wins FOR TESTING.
    METHODS orgs_do_not_meet FOR TESTING.
ENDCLASS.

CLASS ltc_fence IMPLEMENTATION.

  METHOD setup.
    CREATE OBJECT fences.
    CREATE OBJECT fence
      EXPORTING
        fences = fences.
  ENDMETHOD.

  METHOD row.
    result-scope = org.
    result-fence = number.
  ENDMETHOD.

  METHOD advance.
    DATA refused TYPE REF TO zcx_gangway_refused.

    TRY.
        fence->advance( row( number ) ).
      CATCH zcx_gangway_refused INTO refused.
        result = refused->message.
    ENDTRY.
  ENDMETHOD.

  METHOD check.
    DATA refused TYPE REF TO zcx_gangway_refused.

    TRY.
        fence->check( row( number ) ).
      CATCH zcx_gangway_refused INTO refused.
        result = refused->message.
    ENDTRY.
  ENDMETHOD.

  METHOD org_is_the_start_of_the_key.
    DATA result TYPE zgangway_fence.

    result = fence->row( external_key = '00D5g000004GANGEAWcontact.change:003:12' fence = '000000000000000012' ).
    cl_abap_unit_assert=>assert_equals( exp = org act = result-scope ).
    cl_abap_unit_assert=>assert_equals( exp = '000000000000000012' act = result-fence ).
  ENDMETHOD.

  METHOD look_refuses_an_older_lease.
    DATA message TYPE bapiret2.

    fences->row = row( 10 ).
    message = check( 9 ).
    cl_abap_unit_assert=>assert_equals( exp = 'E' act = message-type ).
    cl_abap_unit_assert=>assert_equals( exp = '011' act = message-number ).
    cl_abap_unit_assert=>assert_equals( exp = '9' act = message-message_v1 ).
    cl_abap_unit_assert=>assert_equals( exp = '10' act = message-message_v2 ).
    cl_abap_unit_assert=>assert_equals( exp = 'I_FENCE' act = message-parameter ).
  ENDMETHOD.

  METHOD look_takes_same_and_newer.
    fences->row = row( 9 ).
    cl_abap_unit_assert=>assert_initial( check( 9 ) ).
    cl_abap_unit_assert=>assert_initial( check( 10 ) ).
  ENDMETHOD.

  METHOD look_takes_the_first_of_an_org.
    cl_abap_unit_assert=>assert_initial( check( 1 ) ).
  ENDMETHOD.

  METHOD zero_is_never_looked_up.
    fences->row = row( 9 ).
    cl_abap_unit_assert=>assert_initial( check( 0 ) ).
    cl_abap_unit_assert=>assert_initial( fences->looks ).
  ENDMETHOD.

  METHOD look_writes_and_holds_nothing.
    fences->row = row( 9 ).
    cl_abap_unit_assert=>assert_initial( check( 10 ) ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = fences->looks ).
    cl_abap_unit_assert=>assert_initial( fences->writes ).
    cl_abap_unit_assert=>assert_initial( fences->holds ).
  ENDMETHOD.

  METHOD first_of_an_org_is_written.
    cl_abap_unit_assert=>assert_initial( advance( 3 ) ).
    cl_abap_unit_assert=>assert_equals( exp = '000000000000000003' act = fences->row-fence ).
    cl_abap_unit_assert=>assert_equals( exp = org act = fences->row-scope ).
  ENDMETHOD.

  METHOD newer_lease_is_written.
    fences->row = row( 3 ).
    cl_abap_unit_assert=>assert_initial( advance( 4 ) ).
    cl_abap_unit_assert=>assert_equals( exp = '000000000000000004' act = fences->row-fence ).
  ENDMETHOD.

  METHOD same_lease_is_held_not_written.
    fences->row = row( 3 ).
    cl_abap_unit_assert=>assert_initial( advance( 3 ) ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = fences->holds ).
    cl_abap_unit_assert=>assert_initial( fences->writes ).
  ENDMETHOD.

  METHOD older_lease_ends_the_update.
    DATA message TYPE bapiret2.

    fences->row = row( 3 ).
    message = advance( 2 ).
    cl_abap_unit_assert=>assert_equals( exp = '011' act = message-number ).
    cl_abap_unit_assert=>assert_equals( exp = '000000000000000003' act = fences->row-fence ).
    cl_abap_unit_assert=>assert_initial( fences->writes ).
  ENDMETHOD.

  METHOD zero_leaves_the_row_alone.
    cl_abap_unit_assert=>assert_initial( advance( 0 ) ).
    fences->row = row( 3 ).
    cl_abap_unit_assert=>assert_initial( advance( 0 ) ).
    cl_abap_unit_assert=>assert_initial( fences->writes ).
    cl_abap_unit_assert=>assert_initial( fences->holds ).
  ENDMETHOD.

  METHOD older_that_came_between_yields.
    fences->comes_between = row( 2 ).
    cl_abap_unit_assert=>assert_initial( advance( 3 ) ).
    cl_abap_unit_assert=>assert_equals( exp = '000000000000000003' act = fences->row-fence ).
  ENDMETHOD.

  METHOD newer_that_came_between_wins.
    DATA message TYPE bapiret2.

    fences->comes_between = row( 4 ).
    message = advance( 3 ).
    cl_abap_unit_assert=>assert_equals( exp = '011' act = message-number ).
    cl_abap_unit_assert=>assert_equals( exp = '000000000000000004' act = fences->row-fence ).
  ENDMETHOD.

  METHOD orgs_do_not_meet.
    fences->row = row( 9 ).
    fences->row-scope = '00D5g000004OTHERAA'.
    cl_abap_unit_assert=>assert_initial( check( 1 ) ).
  ENDMETHOD.

ENDCLASS.
