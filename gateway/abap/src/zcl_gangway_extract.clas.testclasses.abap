CLASS ltd_sap DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_extract_pages.
    INTERFACES zif_gangway_extract_file.
    INTERFACES zif_gangway_extract_authority.
    INTERFACES zif_gangway_system.
    INTERFACES zif_gangway_clock.
    DATA lines TYPE STANDARD TABLE OF string WITH DEFAULT KEY READ-ONLY.
    DATA is_closed TYPE abap_bool READ-ONLY.
    DATA pages TYPE i READ-ONLY.
    DATA refuses_materials TYPE abap_bool.
    METHODS line
      IMPORTING
        number        TYPE i
      RETURNING
        VALUE(result) TYPE string.
ENDCLASS.

CLASS ltd_sap IMPLEMENTATION.

  METHOD zif_gangway_extract_pages~customers.
    DATA customer TYPE kna1.
    DATA area TYPE knvv.
    DATA credit TYPE knkk.

    pages = pages + 1.
    CASE after.
      WHEN ''.
        customer-kunnr = '0000000001'.
        customer-ktokd = 'KUNA'.
        APPEND customer TO result-customers.
        customer-kunnr = '0000000002'.
        APPEND customer TO result-customers.
        area-kunnr = '0000000001'.
        area-vkorg = '1000'.
        INSERT area INTO TABLE result-areas.
        area-kunnr = '0000000002'.
        INSERT area INTO TABLE result-areas.
        credit-kunnr = '0000000001'.
        credit-kkber = '1000'.
        INSERT credit INTO TABLE result-credit.
        result-last = '0000000002'.
        result-more = abap_true.
      WHEN '0000000002'.
        " The selection left nothing of these rows.
        result-last = '0000000004'.
        result-more = abap_true.
      WHEN '0000000004'.
        customer-kunnr = '0000000005'.
        customer-ktokd = 'KUNA'.
        APPEND customer TO result-customers.
        result-last = '0000000005'.
    ENDCASE.
  ENDMETHOD.

  METHOD zif_gangway_extract_pages~materials.
    DATA material TYPE mara.
    DATA text TYPE makt.

    IF after IS NOT INITIAL.
      RETURN.
    ENDIF.
    material-matnr = 'M1'.
    APPEND material TO result-materials.
    material-matnr = 'M2'.
    APPEND material TO result-materials.
    text-matnr = 'M1'.
    text-spras = 'E'.
    text-maktx = 'Pump'.
    INSERT text INTO TABLE result-texts.
    result-last = 'M2'.
  ENDMETHOD.

  METHOD zif_gangway_extract_file~write.
    APPEND line TO lines.
  ENDMETHOD.

  METHOD zif_gangway_extract_file~close.
    is_closed = abap_true.
  ENDMETHOD.

  METHOD zif_gangway_extract_authority~check_materials.
    DATA message TYPE bapiret2.

    IF refuses_materials = abap_true.
      message = zcl_gangway_messages=>build( number = '009' v1 = 'M_MATE_STA' ).
      RAISE EXCEPTION TYPE zcx_gangway_refused
        EXPORTING
          message = message.
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_system~names.
    result-logical_system = 'ERPCLNT100'.
    result-client = '100'.
  ENDMETHOD.

  METHOD zif_gangway_clock~utc.
    " A later moment once something was read.
    result-day = '20261121'.
    result-day = result-day + pages.
    result-time = '101500'.
  ENDMETHOD.

  METHOD zif_gangway_clock~system_time.
    result = utc.
  ENDMETHOD.

  METHOD line.
    READ TABLE lines INTO result INDEX number.
    REPLACE ALL OCCURRENCES OF cl_abap_char_utilities=>horizontal_tab IN result WITH `;`.
  ENDMETHOD.

ENDCLASS.

CLASS ltd_authority DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_authority.
    DATA refused TYPE string.
    DATA asked TYPE string READ-ONLY.
  PRIVATE SECTION.
    METHODS note
      IMPORTING
        right TYPE string
      RAISING
        zcx_gangway_refused.
ENDCLASS.

CLASS ltd_authority IMPLEMENTATION.

  METHOD zif_gangway_authority~check_general.
    note( |general { activity }| ).
  ENDMETHOD.

  METHOD zif_gangway_authority~check_account_group.
    note( |group { activity } { account_group }| ).
  ENDMETHOD.

  METHOD zif_gangway_authority~check_company.
    note( |company { activity } { company_code }| ).
  ENDMETHOD.

  METHOD zif_gangway_authority~check_sales_area.
    note( |area { activity } { vkorg }/{ vtweg }/{ spart }| ).
  ENDMETHOD.

  METHOD zif_gangway_authority~check_credit_area.
    note( |credit { activity } { credit_control_area }| ).
  ENDMETHOD.

  METHOD zif_gangway_authority~check_items.
    note( |items { company_code }| ).
  ENDMETHOD.

  METHOD zif_gangway_authority~check_billing.
    note( |billing { billing_type } { vkorg }| ).
  ENDMETHOD.

  METHOD note.
    DATA message TYPE bapiret2.

    asked = |{ asked }{ right };|.
    IF refused IS INITIAL OR right NS refused.
      RETURN.
    ENDIF.
    message = zcl_gangway_messages=>build( number = '009' v1 = right ).
    RAISE EXCEPTION TYPE zcx_gangway_refused
      EXPORTING
        message = message.
  ENDMETHOD.

ENDCLASS.

CLASS ltc_extract DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    DATA sap TYPE REF TO ltd_sap.
    DATA authority TYPE REF TO ltd_authority.
    DATA subject TYPE REF TO zcl_gangway_extract.
    DATA selection TYPE zif_gangway_extract_pages=>ty_selection.

    METHODS setup.
    METHODS prepare.
    METHODS expect_refused
      IMPORTING
        right TYPE string.
    METHODS objects_with_rows_below FOR TESTING RAISING zcx_gangway_refused.
    METHODS moment_is_before_the_first_row FOR TESTING RAISING zcx_gangway_refused.
    METHODS empty_page_is_not_the_end FOR TESTING RAISING zcx_gangway_refused.
    METHODS selection_is_told FOR TESTING RAISING zcx_gangway_refused.
    METHODS each_right_is_asked_once FOR TESTING RAISING zcx_gangway_refused.
    METHODS without_a_right_no_last_line FOR TESTING.
    METHODS materials_with_texts FOR TESTING RAISING zcx_gangway_refused.
    METHODS materials_need_their_right FOR TESTING.
ENDCLASS.

CLASS ltc_extract IMPLEMENTATION.

  METHOD setup.
    prepare( ).
  ENDMETHOD.

  METHOD prepare.
    DATA parts TYPE zcl_gangway_extract=>ty_parts.

    CREATE OBJECT sap.
    CREATE OBJECT authority.
    parts-pages = sap.
    parts-file = sap.
    parts-system = sap.
    parts-clock = sap.
    parts-authority = authority.
    parts-extract_authority = sap.
    CREATE OBJECT subject
      EXPORTING
        parts = parts.
  ENDMETHOD.

  METHOD objects_with_rows_below.
    DATA line TYPE string.
    DATA tables TYPE string.
    DATA text TYPE string.

    cl_abap_unit_assert=>assert_equals( exp = 3 act = subject->customers( selection ) ).
    LOOP AT sap->lines INTO line.
      text = line(5).
      tables = |{ tables }{ text }|.
    ENDLOOP.
    REPLACE ALL OCCURRENCES OF cl_abap_char_utilities=>horizontal_tab IN tables WITH ` `.
    cl_abap_unit_assert=>assert_equals(
      exp = `#STAG#KNA1#KNVV#KNVP#KNVK#KNKKKNA1 KNVV KNKK KNA1 KNVV KNA1 #END `
      act = tables ).
    cl_abap_unit_assert=>assert_equals( exp = `#END;3;6` act = sap->line( lines( sap->lines ) ) ).
    cl_abap_unit_assert=>assert_equals( exp = abap_true act = sap->is_closed ).
  ENDMETHOD.

  METHOD moment_is_before_the_first_row.
    subject->customers( selection ).
    cl_abap_unit_assert=>assert_equals( exp = `#STAGING;1;ERPCLNT100;100;customers;20261121101500;ALL`
                                        act = sap->line( 1 ) ).
  ENDMETHOD.

  METHOD empty_page_is_not_the_end.
    subject->customers( selection ).
    cl_abap_unit_assert=>assert_equals( exp = 3 act = sap->pages ).
  ENDMETHOD.

  METHOD selection_is_told.
    selection-since = '20260101'.
    subject->materials( selection ).
    cl_abap_unit_assert=>assert_equals( exp = `#STAGING;1;ERPCLNT100;100;materials;20261121101500;PART`
                                        act = sap->line( 1 ) ).
  ENDMETHOD.

  METHOD each_right_is_asked_once.
    subject->customers( selection ).
    cl_abap_unit_assert=>assert_equals( exp = `general 03;group 03 KUNA;area 03 1000//;credit 03 1000;`
                                        act = authority->asked ).
  ENDMETHOD.

  METHOD expect_refused.
    DATA refused TYPE REF TO zcx_gangway_refused.
    DATA line TYPE string.

    authority->refused = right.
    TRY.
        subject->customers( selection ).
        cl_abap_unit_assert=>fail( 'was written all the same' ).
      CATCH zcx_gangway_refused INTO refused.
        cl_abap_unit_assert=>assert_equals( exp = '009' act = refused->message-number ).
    ENDTRY.
    LOOP AT sap->lines INTO line.
      IF line CP '##END*' OR line CP 'KNA1*'.
        cl_abap_unit_assert=>fail( 'was written before it was allowed' ).
      ENDIF.
    ENDLOOP.
  ENDMETHOD.

  METHOD without_a_right_no_last_line.
    expect_refused( `general` ).
    expect_refused( `group` ).
    prepare( ).
    expect_refused( `area` ).
    prepare( ).
    expect_refused( `credit` ).
  ENDMETHOD.

  METHOD materials_with_texts.
    cl_abap_unit_assert=>assert_equals( exp = 2 act = subject->materials( selection ) ).
    cl_abap_unit_assert=>assert_equals( exp = `MAKT;M1;E;Pump` act = sap->line( 5 ) ).
    cl_abap_unit_assert=>assert_equals( exp = `#END;2;3` act = sap->line( 7 ) ).
  ENDMETHOD.

  METHOD materials_need_their_right.
    sap->refuses_materials = abap_true.
    TRY.
        subject->materials( selection ).
        cl_abap_unit_assert=>fail( 'was written all the same' ).
      CATCH zcx_gangway_refused.
        cl_abap_unit_assert=>assert_initial( sap->lines ).
    ENDTRY.
  ENDMETHOD.

ENDCLASS.
