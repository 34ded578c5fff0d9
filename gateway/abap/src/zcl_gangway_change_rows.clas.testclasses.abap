CLASS ltc_change_rows DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    DATA rows TYPE REF TO zcl_gangway_change_rows.
    DATA documents TYPE zif_gangway_change_data=>ty_documents.
    DATA fields TYPE zif_gangway_change_data=>ty_fields.

    METHODS setup.
    METHODS add_document
      IMPORTING
        number TYPE cdhdr-changenr.
    METHODS add_field
      IMPORTING
        number TYPE cdhdr-changenr
        table  TYPE cdpos-tabname
        field  TYPE cdpos-fname.
    METHODS document_with_its_own_fields FOR TESTING.
    METHODS only_deletion_marks FOR TESTING.
    METHODS customer_row_has_marks_too FOR TESTING.
    METHODS names_are_never_cut FOR TESTING.
    METHODS last_name_that_fits FOR TESTING.
    METHODS clearing_with_its_documents FOR TESTING.
ENDCLASS.

CLASS ltc_change_rows IMPLEMENTATION.

  METHOD setup.
    CREATE OBJECT rows.
    CLEAR: documents, fields.
  ENDMETHOD.

  METHOD add_document.
    DATA document TYPE zif_gangway_change_data=>ty_document.

    document-objectid = '0000104711and more'.
    document-changenr = number.
    document-username = 'MEIER'.
    document-udate = '20260310'.
    document-utime = '101112'.
    APPEND document TO documents.
  ENDMETHOD.

  METHOD add_field.
    DATA row TYPE zif_gangway_change_data=>ty_field.

    row-changenr = number.
    row-tabname = table.
    row-fname = field.
    INSERT row INTO TABLE fields.
  ENDMETHOD.

  METHOD document_with_its_own_fields.
    DATA result TYPE zcl_gangway_change_rows=>ty_rows.
    DATA row TYPE zgangway_s_change.
    DATA expected TYPE zgangway_s_change.

    add_document( '0000000001' ).
    add_document( '0000000002' ).
    add_field( number = '0000000001' table = 'KNKK' field = 'KLIMK' ).
    add_field( number = '0000000001' table = 'KNKK' field = 'CTLPC' ).
    add_field( number = '0000000002' table = 'KNKA' field = 'KEY' ).
    result = rows->of_documents( kind = 'K' documents = documents fields = fields ).
    cl_abap_unit_assert=>assert_equals( exp = 2 act = lines( result ) ).
    expected-kind = 'K'.
    expected-kunnr = '0000104711'.
    expected-changenr = '0000000001'.
    expected-username = 'MEIER'.
    expected-udate = '20260310'.
    expected-utime = '101112'.
    expected-fields = 'KNKK-CTLPC KNKK-KLIMK'.
    READ TABLE result INTO row INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = expected act = row ).
    READ TABLE result INTO row INDEX 2.
    cl_abap_unit_assert=>assert_equals( exp = 'KNKA-KEY' act = row-fields ).
    cl_abap_unit_assert=>assert_equals( exp = '0000000002' act = row-changenr ).
  ENDMETHOD.

  METHOD only_deletion_marks.
    DATA result TYPE zcl_gangway_change_rows=>ty_rows.
    DATA row TYPE zgangway_s_change.

    add_document( '0000000001' ).
    add_document( '0000000002' ).
    add_field( number = '0000000001' table = 'KNA1' field = 'NAME1' ).
    add_field( number = '0000000002' table = 'KNA1' field = 'NAME1' ).
    add_field( number = '0000000002' table = 'KNVV' field = 'LOEVM' ).
    result = rows->of_documents( kind = 'L' documents = documents fields = fields ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = lines( result ) ).
    READ TABLE result INTO row INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = 'L' act = row-kind ).
    cl_abap_unit_assert=>assert_equals( exp = '0000000002' act = row-changenr ).
    cl_abap_unit_assert=>assert_equals( exp = 'KNVV-LOEVM' act = row-fields ).
  ENDMETHOD.

  METHOD customer_row_has_marks_too.
    DATA result TYPE zcl_gangway_change_rows=>ty_rows.
    DATA row TYPE zgangway_s_change.

    add_document( '0000000001' ).
    add_document( '0000000002' ).
    add_field( number = '0000000001' table = 'KNA1' field = 'LOEVM' ).
    add_field( number = '0000000001' table = 'KNA1' field = 'NAME1' ).
    result = rows->of_documents( kind = 'C' documents = documents fields = fields ).
    " A document whose fields are not known has changed something all the same.
    cl_abap_unit_assert=>assert_equals( exp = 2 act = lines( result ) ).
    READ TABLE result INTO row INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = 'KNA1-LOEVM KNA1-NAME1' act = row-fields ).
    READ TABLE result INTO row INDEX 2.
    cl_abap_unit_assert=>assert_initial( row-fields ).
    cl_abap_unit_assert=>assert_initial( row-fields_cut ).
  ENDMETHOD.

  METHOD names_are_never_cut.
    DATA result TYPE zcl_gangway_change_rows=>ty_rows.
    DATA row TYPE zgangway_s_change.
    DATA number TYPE n LENGTH 3.
    DATA name TYPE cdpos-fname.

    add_document( '0000000001' ).
    " Nine letters and a space each: 25 fit into 250, the 26th would need 259.
    DO 26 TIMES.
      number = sy-index.
      name = |F{ number }|.
      add_field( number = '0000000001' table = 'KNA1' field = name ).
    ENDDO.
    " Short enough for the rest, and yet left out: what comes after a cut is no longer all.
    add_field( number = '0000000001' table = 'Z' field = 'A' ).
    result = rows->of_documents( kind = 'C' documents = documents fields = fields ).
    READ TABLE result INTO row INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = 249 act = strlen( row-fields ) ).
    cl_abap_unit_assert=>assert_equals( exp = abap_true act = row-fields_cut ).
  ENDMETHOD.

  METHOD last_name_that_fits.
    DATA result TYPE zcl_gangway_change_rows=>ty_rows.
    DATA row TYPE zgangway_s_change.
    DATA number TYPE n LENGTH 3.
    DATA name TYPE cdpos-fname.

    add_document( '0000000001' ).
    DO 25 TIMES.
      number = sy-index.
      name = |F{ number }|.
      add_field( number = '0000000001' table = 'KNA1' field = name ).
    ENDDO.
    " 249, a space, and five more are 255.
    add_field( number = '0000000001' table = 'ZZ' field = 'AB' ).
    result = rows->of_documents( kind = 'C' documents = documents fields = fields ).
    READ TABLE result INTO row INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = 255 act = strlen( row-fields ) ).
    cl_abap_unit_assert=>assert_initial( act = row-fields_cut msg = 'all of them fit' ).
    add_document( '0000000002' ).
    DO 25 TIMES.
      number = sy-index.
      name = |F{ number }|.
      add_field( number = '0000000002' table = 'KNA1' field = name ).
    ENDDO.
    add_field( number = '0000000002' table = 'ZZ' field = 'ABC' ).
    result = rows->of_documents( kind = 'C' documents = documents fields = fields ).
    READ TABLE result INTO row INDEX 2.
    cl_abap_unit_assert=>assert_equals( exp = 249 act = strlen( row-fields ) ).
    cl_abap_unit_assert=>assert_equals( exp = abap_true act = row-fields_cut ).
  ENDMETHOD.

  METHOD clearing_with_its_documents.
    DATA clearings TYPE zif_gangway_change_data=>ty_clearings.
    DATA clearing TYPE zif_gangway_change_data=>ty_clearing.
    DATA result TYPE zcl_gangway_change_rows=>ty_rows.
    DATA row TYPE zgangway_s_change.
    DATA expected TYPE zgangway_s_change.

    clearing-augdt = '20260310'.
    clearing-bukrs = '1000'.
    clearing-gjahr = '2026'.
    clearing-belnr = '1800000001'.
    clearing-buzei = '001'.
    clearing-kunnr = '0000104711'.
    clearing-augbl = '1400000001'.
    clearing-vbeln = '0090000001'.
    APPEND clearing TO clearings.
    result = rows->of_clearings( clearings ).
    MOVE-CORRESPONDING clearing TO expected.
    expected-kind = 'P'.
    expected-udate = '20260310'.
    expected-fields = 'BSAD-AUGBL BSAD-AUGDT'.
    READ TABLE result INTO row INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = expected act = row ).
  ENDMETHOD.

ENDCLASS.
