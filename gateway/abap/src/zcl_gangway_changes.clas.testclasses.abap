CLASS ltd_authority DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_authority.
    DATA refused TYPE string.
    DATA asked TYPE i.
  PRIVATE SECTION.
    METHODS refuse
      RAISING
        zcx_gangway_refused.
ENDCLASS.

CLASS ltd_authority IMPLEMENTATION.

  METHOD zif_gangway_authority~check_general.
    asked = asked + 1.
    IF refused = 'check_general'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_authority~check_account_group.
    asked = asked + 1.
    IF refused = 'check_account_group'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_authority~check_company.
    asked = asked + 1.
    IF refused = 'check_company'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_authority~check_sales_area.
    asked = asked + 1.
    IF refused = 'check_sales_area'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_authority~check_credit_area.
    asked = asked + 1.
    IF refused = 'check_credit_area'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_authority~check_items.
    asked = asked + 1.
    IF refused = 'check_items'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_authority~check_billing.
    asked = asked + 1.
    IF refused = 'check_billing'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD refuse.
    DATA message TYPE bapiret2.

    message = zcl_gangway_messages=>build( number = '009' v1 = refused ).
    RAISE EXCEPTION TYPE zcx_gangway_refused
      EXPORTING
        message = message.
  ENDMETHOD.

ENDCLASS.

CLASS ltd_change_authority DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_change_authority.
    DATA refused TYPE string.
    DATA asked TYPE string.
  PRIVATE SECTION.
    METHODS refuse
      RAISING
        zcx_gangway_refused.
ENDCLASS.

CLASS ltd_change_authority IMPLEMENTATION.

  METHOD zif_gangway_change_authority~check_change_documents.
    asked = |{ asked }D|.
    IF refused = 'D'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_change_authority~check_any_credit_area.
    asked = |{ asked }K|.
    IF refused = 'K'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD refuse.
    DATA message TYPE bapiret2.

    message = zcl_gangway_messages=>build( number = '009' v1 = refused ).
    RAISE EXCEPTION TYPE zcx_gangway_refused
      EXPORTING
        message = message.
  ENDMETHOD.

ENDCLASS.

CLASS ltd_clock DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_clock.
    DATA now TYPE zif_gangway_clock=>ty_moment.
    DATA asked TYPE i.
ENDCLASS.

CLASS ltd_clock IMPLEMENTATION.

  METHOD zif_gangway_clock~utc.
    asked = asked + 1.
    result = now.
  ENDMETHOD.

  METHOD zif_gangway_clock~system_time.
    " This system is in Iceland.
    result = utc.
  ENDMETHOD.

ENDCLASS.

"! Keeps rows in the order of SAP's reads and gives those behind a place, as the database does.
CLASS ltd_data DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_change_data.
    TYPES: BEGIN OF ty_stored,
             object   TYPE cdhdr-objectclas,
             udate    TYPE cdhdr-udate,
             utime    TYPE cdhdr-utime,
             changenr TYPE cdhdr-changenr,
           END OF ty_stored.
    DATA stored TYPE SORTED TABLE OF ty_stored WITH UNIQUE KEY object udate utime changenr.
    DATA cleared TYPE zif_gangway_change_data=>ty_clearings.
    DATA late TYPE zif_gangway_change_data=>ty_clearings.
    DATA clock TYPE REF TO ltd_clock.
    DATA most TYPE i.
    DATA reads TYPE i.
    DATA asked_before_the_clock TYPE abap_bool.
    DATA entered TYPE d.
    DATA dated_before TYPE d.
    DATA first_clearing TYPE zif_gangway_change_data=>ty_clearing_place.
  PRIVATE SECTION.
    METHODS noted
      IMPORTING
        most TYPE i.
    METHODS behind
      IMPORTING
        all           TYPE zif_gangway_change_data=>ty_clearings
        after         TYPE zif_gangway_change_data=>ty_clearing_place
        most          TYPE i
      RETURNING
        VALUE(result) TYPE zif_gangway_change_data=>ty_clearings.
ENDCLASS.

CLASS ltd_data IMPLEMENTATION.

  METHOD noted.
    me->most = most.
    reads = reads + 1.
    IF clock->asked = 0.
      asked_before_the_clock = abap_true.
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_change_data~documents.
    DATA row TYPE ty_stored.
    DATA document TYPE zif_gangway_change_data=>ty_document.
    DATA place TYPE string.
    DATA wanted TYPE string.

    noted( most ).
    wanted = |{ after-udate }{ after-utime }{ after-changenr }|.
    LOOP AT stored INTO row WHERE object = object.
      place = |{ row-udate }{ row-utime }{ row-changenr }|.
      IF place > wanted AND lines( result ) < most.
        MOVE-CORRESPONDING row TO document.
        document-objectid = '0000104711'.
        document-username = 'MEIER'.
        APPEND document TO result.
      ENDIF.
    ENDLOOP.
  ENDMETHOD.

  METHOD zif_gangway_change_data~fields.
    DATA document TYPE zif_gangway_change_data=>ty_document.
    DATA field TYPE zif_gangway_change_data=>ty_field.

    LOOP AT documents INTO document.
      field-changenr = document-changenr.
      field-tabname = 'KNA1'.
      field-fname = 'NAME1'.
      IF object = 'KLIM'.
        field-tabname = 'KNKK'.
        field-fname = 'KLIMK'.
      ELSEIF document-changenr(1) = 'L'.
        field-fname = 'LOEVM'.
      ENDIF.
      INSERT field INTO TABLE result.
    ENDLOOP.
  ENDMETHOD.

  METHOD behind.
    DATA clearing TYPE zif_gangway_change_data=>ty_clearing.
    DATA place TYPE string.
    DATA wanted TYPE string.

    wanted = |{ after-augdt }{ after-bukrs }{ after-gjahr }{ after-belnr }{ after-buzei }|.
    LOOP AT all INTO clearing.
      place = |{ clearing-augdt }{ clearing-bukrs }{ clearing-gjahr }{ clearing-belnr }{ clearing-buzei }|.
      IF place > wanted AND lines( result ) < most.
        APPEND clearing TO result.
      ENDIF.
    ENDLOOP.
  ENDMETHOD.

  METHOD zif_gangway_change_data~clearings.
    noted( most ).
    IF first_clearing IS INITIAL.
      first_clearing = after.
    ENDIF.
    result = behind( all = cleared after = after most = most ).
  ENDMETHOD.

  METHOD zif_gangway_change_data~late_clearings.
    noted( most ).
    me->entered = entered.
    me->dated_before = dated_before.
    result = behind( all = late after = after most = most ).
  ENDMETHOD.

ENDCLASS.

CLASS ltc_changes DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    CONSTANTS past TYPE c LENGTH 14 VALUE '20260310100000'.

    DATA authority TYPE REF TO ltd_authority.
    DATA change_authority TYPE REF TO ltd_change_authority.
    DATA clock TYPE REF TO ltd_clock.
    DATA data TYPE REF TO ltd_data.
    DATA subject TYPE REF TO zcl_gangway_changes.

    METHODS setup.
    METHODS store
      IMPORTING
        object TYPE cdhdr-objectclas DEFAULT 'KLIM'
        day    TYPE cdhdr-udate DEFAULT '20260310'
        time   TYPE cdhdr-utime
        number TYPE cdhdr-changenr.
    METHODS clear_item
      IMPORTING
        day     TYPE d
        number  TYPE bsad-belnr
        line    TYPE bsad-buzei DEFAULT '001'
        company TYPE bsad-bukrs DEFAULT '1000'
        is_late TYPE abap_bool DEFAULT abap_false.
    METHODS read
      IMPORTING
        since         TYPE csequence DEFAULT past
        kinds         TYPE csequence DEFAULT 'K'
        most          TYPE i DEFAULT 100
      RETURNING
        VALUE(result) TYPE zcl_gangway_changes=>ty_result
      RAISING
        zcx_gangway_refused.
    "! Reads until there is no more; the kinds and keys of all rows.
    METHODS walk
      IMPORTING
        since         TYPE csequence DEFAULT past
        kinds         TYPE csequence
        most          TYPE i
      RETURNING
        VALUE(result) TYPE string
      RAISING
        zcx_gangway_refused.
    METHODS names
      IMPORTING
        rows          TYPE zcl_gangway_change_rows=>ty_rows
      RETURNING
        VALUE(result) TYPE string.
    METHODS expect_refused
      IMPORTING
        kinds  TYPE csequence
        number TYPE bapiret2-number DEFAULT '009'.
    METHODS next_walk_overlaps FOR TESTING RAISING zcx_gangway_refused.
    METHODS moment_stays_while_it_walks FOR TESTING RAISING zcx_gangway_refused.
    METHODS without_since_nothing_is_read FOR TESTING RAISING zcx_gangway_refused.
    METHODS late_commit_is_not_lost FOR TESTING RAISING zcx_gangway_refused.
    METHODS clock_is_read_before_the_data FOR TESTING RAISING zcx_gangway_refused.
    METHODS pages_lose_and_repeat_nothing FOR TESTING RAISING zcx_gangway_refused.
    METHODS many_in_one_second FOR TESTING RAISING zcx_gangway_refused.
    METHODS pages_go_on_the_next_day FOR TESTING RAISING zcx_gangway_refused.
    METHODS full_page_says_more FOR TESTING RAISING zcx_gangway_refused.
    METHODS rest_is_for_the_next_kind FOR TESTING RAISING zcx_gangway_refused.
    METHODS kinds_in_any_order FOR TESTING RAISING zcx_gangway_refused.
    METHODS kinds_that_nobody_asked_for FOR TESTING RAISING zcx_gangway_refused.
    METHODS all_kinds_without_a_choice FOR TESTING RAISING zcx_gangway_refused.
    METHODS unknown_kind_is_refused FOR TESTING.
    METHODS position_of_other_kinds FOR TESTING RAISING zcx_gangway_refused.
    METHODS nobody_gets_more_than_the_most FOR TESTING RAISING zcx_gangway_refused.
    METHODS documents_need_their_rights FOR TESTING.
    METHODS credit_needs_its_right FOR TESTING RAISING zcx_gangway_refused.
    METHODS clearings_need_their_rights FOR TESTING.
    METHODS first_call_needs_rights_too FOR TESTING.
    METHODS clearings_of_three_days_before FOR TESTING RAISING zcx_gangway_refused.
    METHODS pages_of_clearings FOR TESTING RAISING zcx_gangway_refused.
    METHODS each_company_is_asked_once FOR TESTING RAISING zcx_gangway_refused.
ENDCLASS.

CLASS ltc_changes IMPLEMENTATION.

  METHOD setup.
    DATA parts TYPE zcl_gangway_changes=>ty_parts.

    CREATE OBJECT authority.
    CREATE OBJECT change_authority.
    CREATE OBJECT clock.
    clock->now-day = '20260310'.
    clock->now-time = '120000'.
    CREATE OBJECT data.
    data->clock = clock.
    parts-clock = clock.
    parts-data = data.
    parts-authority = authority.
    parts-change_authority = change_authority.
    CREATE OBJECT subject
      EXPORTING
        parts = parts.
  ENDMETHOD.

  METHOD store.
    DATA row TYPE ltd_data=>ty_stored.

    row-object = object.
    row-udate = day.
    row-utime = time.
    row-changenr = number.
    INSERT row INTO TABLE data->stored.
  ENDMETHOD.

  METHOD clear_item.
    DATA clearing TYPE zif_gangway_change_data=>ty_clearing.

    clearing-augdt = day.
    clearing-bukrs = company.
    clearing-gjahr = '2026'.
    clearing-belnr = number.
    clearing-buzei = line.
    clearing-kunnr = '0000104711'.
    IF is_late = abap_true.
      APPEND clearing TO data->late.
    ELSE.
      APPEND clearing TO data->cleared.
    ENDIF.
  ENDMETHOD.

  METHOD read.
    result = subject->read( since = since kinds = kinds most = most ).
  ENDMETHOD.

  METHOD names.
    DATA row TYPE zgangway_s_change.

    LOOP AT rows INTO row.
      IF row-changenr IS INITIAL.
        result = |{ result }{ row-kind }{ row-belnr }/{ row-buzei },|.
      ELSE.
        result = |{ result }{ row-kind }{ row-changenr },|.
      ENDIF.
    ENDLOOP.
  ENDMETHOD.

  METHOD walk.
    DATA page TYPE zcl_gangway_changes=>ty_result.
    DATA position TYPE zgangway_since.

    position = since.
    " More pages than this would be a walk that does not end.
    DO 30 TIMES.
      page = read( since = position kinds = kinds most = most ).
      position = page-position.
      result = |{ result }{ names( page-rows ) }|.
      IF page-more = abap_false.
        RETURN.
      ENDIF.
    ENDDO.
    cl_abap_unit_assert=>fail( 'does not end' ).
  ENDMETHOD.

  METHOD expect_refused.
    DATA refused TYPE REF TO zcx_gangway_refused.

    TRY.
        read( kinds = kinds ).
        cl_abap_unit_assert=>fail( 'was read all the same' ).
      CATCH zcx_gangway_refused INTO refused.
        cl_abap_unit_assert=>assert_equals( exp = number act = refused->message-number ).
    ENDTRY.
  ENDMETHOD.

  METHOD without_since_nothing_is_read.
    DATA result TYPE zcl_gangway_changes=>ty_result.

    store( time = '115900' number = '1' ).
    result = read( since = '' ).
    cl_abap_unit_assert=>assert_initial( result-rows ).
    cl_abap_unit_assert=>assert_initial( result-more ).
    cl_abap_unit_assert=>assert_initial( act = data->reads msg = 'reads' ).
    " And what comes is found from that position on.
    store( time = '120100' number = '2' ).
    cl_abap_unit_assert=>assert_equals( exp = 'K1,K2,' act = walk( since = result-position kinds = 'K' most = 9 ) ).
  ENDMETHOD.

  METHOD next_walk_overlaps.
    DATA result TYPE zcl_gangway_changes=>ty_result.

    store( time = '114500' number = '1' ).
    store( time = '114459' number = '2' ).
    store( time = '120000' number = '3' ).
    result = read( ).
    cl_abap_unit_assert=>assert_equals( exp = 'K2,K1,K3,' act = names( result-rows ) ).
    cl_abap_unit_assert=>assert_initial( result-more ).
    " An hour later: a quarter of an hour before the walk, to the second.
    clock->now-time = '130000'.
    result = read( since = result-position ).
    cl_abap_unit_assert=>assert_equals( exp = 'K1,K3,' act = names( result-rows ) ).
    " And an hour later still: what was seen twice is over.
    clock->now-time = '140000'.
    result = read( since = result-position ).
    cl_abap_unit_assert=>assert_equals( exp = '' act = names( result-rows ) ).
  ENDMETHOD.

  METHOD late_commit_is_not_lost.
    DATA result TYPE zcl_gangway_changes=>ty_result.

    store( time = '115959' number = '9' ).
    result = read( ).
    " Stamped before that walk and numbered before its last document, committed after it.
    store( time = '115000' number = '5' ).
    cl_abap_unit_assert=>assert_equals( exp = 'K5,K9,' act = walk( since = result-position kinds = 'K' most = 9 ) ).
  ENDMETHOD.

  METHOD clock_is_read_before_the_data.
    read( ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = data->reads ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = clock->asked ).
    cl_abap_unit_assert=>assert_initial( data->asked_before_the_clock ).
  ENDMETHOD.

  METHOD moment_stays_while_it_walks.
    DATA result TYPE zcl_gangway_changes=>ty_result.

    store( time = '100000' number = '1' ).
    store( time = '100001' number = '2' ).
    result = read( most = 1 ).
    cl_abap_unit_assert=>assert_equals( exp = abap_true act = result-more ).
    " The second page comes hours later. Meanwhile something is committed with an old stamp, before the page's place.
    clock->now-time = '180000'.
    store( time = '095900' number = '3' ).
    store( time = '121000' number = '4' ).
    result = read( since = result-position ).
    cl_abap_unit_assert=>assert_equals( exp = 'K2,K4,' act = names( result-rows ) ).
    cl_abap_unit_assert=>assert_initial( result-more ).
    " The next walk begins before the first page, not before the second.
    store( time = '115000' number = '5' ).
    result = read( since = result-position ).
    cl_abap_unit_assert=>assert_equals( exp = 'K5,K4,' act = names( result-rows ) ).
  ENDMETHOD.

  METHOD pages_lose_and_repeat_nothing.
    DATA size TYPE i.

    store( time = '100000' number = '3' ).
    store( time = '100000' number = '4' ).
    store( time = '100100' number = '1' ).
    store( time = '100200' number = '2' ).
    store( object = 'DEBI' time = '100000' number = '7' ).
    store( object = 'DEBI' time = '100001' number = 'L' ).
    clear_item( day = '20260309' number = '1800000001' ).
    clear_item( day = '20260309' number = '1800000001' line = '002' ).
    clear_item( day = '20260310' number = '1700000001' ).
    clear_item( day = '20260220' number = '1600000001' is_late = abap_true ).
    DO 12 TIMES.
      size = sy-index.
      cl_abap_unit_assert=>assert_equals(
        exp = |K3,K4,K1,K2,C7,CL,LL,P1800000001/001,P1800000001/002,P1700000001/001,P1600000001/001,|
        act = walk( kinds = 'KCLP' most = size )
        msg = |{ size } a page| ).
    ENDDO.
  ENDMETHOD.

  METHOD many_in_one_second.
    DO 7 TIMES.
      store( time = '100000' number = |{ sy-index }| ).
    ENDDO.
    cl_abap_unit_assert=>assert_equals( exp = 'K1,K2,K3,K4,K5,K6,K7,' act = walk( kinds = 'K' most = 2 ) ).
  ENDMETHOD.

  METHOD pages_go_on_the_next_day.
    store( time = '230000' number = '1' ).
    store( day = '20260311' time = '010000' number = '2' ).
    store( day = '20260312' time = '000000' number = '3' ).
    cl_abap_unit_assert=>assert_equals( exp = 'K1,K2,K3,' act = walk( kinds = 'K' most = 1 ) ).
  ENDMETHOD.

  METHOD full_page_says_more.
    DATA result TYPE zcl_gangway_changes=>ty_result.

    store( time = '100000' number = '1' ).
    store( time = '100000' number = '2' ).
    result = read( most = 3 ).
    cl_abap_unit_assert=>assert_initial( result-more ).
    result = read( most = 2 ).
    " There may be more; the next page says that there is not.
    cl_abap_unit_assert=>assert_equals( exp = abap_true act = result-more ).
    result = read( since = result-position most = 2 ).
    cl_abap_unit_assert=>assert_initial( result-rows ).
    cl_abap_unit_assert=>assert_initial( result-more ).
  ENDMETHOD.

  METHOD rest_is_for_the_next_kind.
    store( time = '100000' number = '1' ).
    store( time = '100000' number = '2' ).
    read( kinds = 'KC' most = 5 ).
    cl_abap_unit_assert=>assert_equals( exp = 3 act = data->most ).
    cl_abap_unit_assert=>assert_equals( exp = 2 act = data->reads ).
  ENDMETHOD.

  METHOD kinds_in_any_order.
    DATA result TYPE zcl_gangway_changes=>ty_result.

    store( time = '100000' number = '1' ).
    store( object = 'DEBI' time = '100000' number = '2' ).
    result = read( kinds = 'CK' ).
    cl_abap_unit_assert=>assert_equals( exp = 'K1,C2,' act = names( result-rows ) ).
    " The same kinds in another order are the same question.
    clock->now-time = '180000'.
    result = read( since = result-position kinds = 'KC' ).
    cl_abap_unit_assert=>assert_initial( result-rows ).
  ENDMETHOD.

  METHOD kinds_that_nobody_asked_for.
    DATA result TYPE zcl_gangway_changes=>ty_result.

    store( time = '100000' number = '1' ).
    store( object = 'DEBI' time = '100000' number = '2' ).
    clear_item( day = '20260310' number = '1700000001' ).
    result = read( kinds = 'C' ).
    cl_abap_unit_assert=>assert_equals( exp = 'C2,' act = names( result-rows ) ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = data->reads ).
    result = read( kinds = 'L' ).
    cl_abap_unit_assert=>assert_initial( result-rows ).
    result = read( kinds = 'P' ).
    cl_abap_unit_assert=>assert_equals( exp = 'P1700000001/001,' act = names( result-rows ) ).
  ENDMETHOD.

  METHOD all_kinds_without_a_choice.
    DATA result TYPE zcl_gangway_changes=>ty_result.

    store( time = '100000' number = '1' ).
    store( object = 'DEBI' time = '100000' number = 'L' ).
    clear_item( day = '20260310' number = '1700000001' ).
    result = read( kinds = '' ).
    cl_abap_unit_assert=>assert_equals( exp = 'K1,CL,LL,P1700000001/001,' act = names( result-rows ) ).
  ENDMETHOD.

  METHOD unknown_kind_is_refused.
    expect_refused( kinds = 'KX' number = '005' ).
  ENDMETHOD.

  METHOD position_of_other_kinds.
    DATA result TYPE zcl_gangway_changes=>ty_result.
    DATA refused TYPE REF TO zcx_gangway_refused.

    result = read( kinds = 'K' ).
    TRY.
        read( since = result-position kinds = 'KC' ).
        cl_abap_unit_assert=>fail( 'customers before the position are lost' ).
      CATCH zcx_gangway_refused INTO refused.
        cl_abap_unit_assert=>assert_equals( exp = '019' act = refused->message-number ).
    ENDTRY.
  ENDMETHOD.

  METHOD nobody_gets_more_than_the_most.
    read( most = 0 ).
    cl_abap_unit_assert=>assert_equals( exp = 1000 act = data->most ).
    read( most = -1 ).
    cl_abap_unit_assert=>assert_equals( exp = 1000 act = data->most ).
    read( most = 1001 ).
    cl_abap_unit_assert=>assert_equals( exp = 1000 act = data->most ).
    read( most = 999 ).
    cl_abap_unit_assert=>assert_equals( exp = 999 act = data->most ).
    read( most = 1 ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = data->most ).
  ENDMETHOD.

  METHOD documents_need_their_rights.
    authority->refused = 'check_general'.
    expect_refused( 'K' ).
    expect_refused( 'C' ).
    expect_refused( 'L' ).
    CLEAR authority->refused.
    change_authority->refused = 'D'.
    expect_refused( 'K' ).
    expect_refused( 'C' ).
    expect_refused( 'L' ).
    cl_abap_unit_assert=>assert_initial( act = data->reads msg = 'was read before it was allowed' ).
  ENDMETHOD.

  METHOD credit_needs_its_right.
    change_authority->refused = 'K'.
    expect_refused( 'KC' ).
    cl_abap_unit_assert=>assert_initial( act = data->reads msg = 'was read before it was allowed' ).
    read( kinds = 'CLP' ).
  ENDMETHOD.

  METHOD clearings_need_their_rights.
    clear_item( day = '20260310' number = '1700000001' ).
    authority->refused = 'check_items'.
    expect_refused( 'P' ).
    CLEAR data->cleared.
    clear_item( day = '20260210' number = '1700000001' is_late = abap_true ).
    expect_refused( 'P' ).
    cl_abap_unit_assert=>assert_initial( act = change_authority->asked msg = 'rights for change documents' ).
  ENDMETHOD.

  METHOD first_call_needs_rights_too.
    DATA refused TYPE REF TO zcx_gangway_refused.

    change_authority->refused = 'D'.
    TRY.
        read( since = '' ).
        cl_abap_unit_assert=>fail( 'was answered all the same' ).
      CATCH zcx_gangway_refused INTO refused.
        cl_abap_unit_assert=>assert_equals( exp = '009' act = refused->message-number ).
    ENDTRY.
  ENDMETHOD.

  METHOD clearings_of_three_days_before.
    DATA first TYPE zif_gangway_change_data=>ty_clearing_place.

    read( since = '20260310001459' kinds = 'P' ).
    " A quarter of an hour before that is the day before.
    first-augdt = '20260306'.
    cl_abap_unit_assert=>assert_equals( exp = first act = data->first_clearing ).
    cl_abap_unit_assert=>assert_equals( exp = '20260309' act = data->entered ).
    cl_abap_unit_assert=>assert_equals( exp = '20260306' act = data->dated_before ).
  ENDMETHOD.

  METHOD pages_of_clearings.
    DATA result TYPE zcl_gangway_changes=>ty_result.

    clear_item( day = '20260308' number = '1700000009' company = '1000' ).
    clear_item( day = '20260308' number = '1700000001' company = '2000' ).
    clear_item( day = '20260308' number = '1700000001' company = '2000' line = '002' ).
    clear_item( day = '20260309' number = '1700000001' company = '1000' ).
    result = read( kinds = 'P' most = 2 ).
    cl_abap_unit_assert=>assert_equals( exp = 'P1700000009/001,P1700000001/001,' act = names( result-rows ) ).
    result = read( since = result-position kinds = 'P' most = 2 ).
    cl_abap_unit_assert=>assert_equals( exp = 'P1700000001/002,P1700000001/001,' act = names( result-rows ) ).
  ENDMETHOD.

  METHOD each_company_is_asked_once.
    clear_item( day = '20260308' number = '1700000001' ).
    clear_item( day = '20260308' number = '1700000002' ).
    clear_item( day = '20260308' number = '1700000003' company = '2000' ).
    read( kinds = 'P' ).
    cl_abap_unit_assert=>assert_equals( exp = 2 act = authority->asked ).
  ENDMETHOD.

ENDCLASS.
