"! Writes customers or materials into a staging file; whoever may not see all of it gets none of it.
CLASS zcl_gangway_extract DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    TYPES: BEGIN OF ty_parts,
             pages             TYPE REF TO zif_gangway_extract_pages,
             file              TYPE REF TO zif_gangway_extract_file,
             system            TYPE REF TO zif_gangway_system,
             clock             TYPE REF TO zif_gangway_clock,
             authority         TYPE REF TO zif_gangway_authority,
             extract_authority TYPE REF TO zif_gangway_extract_authority,
           END OF ty_parts.

    METHODS constructor
      IMPORTING
        parts TYPE ty_parts.
    "! Gives the number of customers.
    METHODS customers
      IMPORTING
        selection     TYPE zif_gangway_extract_pages=>ty_selection
      RETURNING
        VALUE(result) TYPE i
      RAISING
        zcx_gangway_refused.
    "! Gives the number of materials.
    METHODS materials
      IMPORTING
        selection     TYPE zif_gangway_extract_pages=>ty_selection
      RETURNING
        VALUE(result) TYPE i
      RAISING
        zcx_gangway_refused.

  PRIVATE SECTION.
    TYPES ty_checked TYPE HASHED TABLE OF string WITH UNIQUE KEY table_line.

    DATA parts TYPE ty_parts.
    DATA lines TYPE REF TO zcl_gangway_extract_lines.
    DATA checked TYPE ty_checked.

    METHODS begin
      IMPORTING
        kind      TYPE csequence
        selection TYPE zif_gangway_extract_pages=>ty_selection
      RAISING
        zcx_gangway_refused.
    METHODS customer_columns
      RAISING
        zcx_gangway_refused.
    METHODS check_page
      IMPORTING
        page TYPE zif_gangway_extract_pages=>ty_customer_page
      RAISING
        zcx_gangway_refused.
    "! The same right is asked for once, not for each of a million rows.
    METHODS is_new
      IMPORTING
        right         TYPE string
      RETURNING
        VALUE(result) TYPE abap_bool.
    METHODS write_customer
      IMPORTING
        customer TYPE kna1
        page     TYPE zif_gangway_extract_pages=>ty_customer_page
      RAISING
        zcx_gangway_refused.
    METHODS write_material
      IMPORTING
        material TYPE mara
        page     TYPE zif_gangway_extract_pages=>ty_material_page
      RAISING
        zcx_gangway_refused.
    METHODS write_kna1
      IMPORTING
        customer TYPE kna1
      RAISING
        zcx_gangway_refused.
    METHODS write_knvv
      IMPORTING
        area TYPE knvv
      RAISING
        zcx_gangway_refused.
    METHODS write_knvp
      IMPORTING
        partner TYPE knvp
      RAISING
        zcx_gangway_refused.
    METHODS write_knvk
      IMPORTING
        person TYPE knvk
      RAISING
        zcx_gangway_refused.
    METHODS write_knkk
      IMPORTING
        credit TYPE knkk
      RAISING
        zcx_gangway_refused.
    METHODS write_mara
      IMPORTING
        material TYPE mara
      RAISING
        zcx_gangway_refused.
    METHODS write_makt
      IMPORTING
        text TYPE makt
      RAISING
        zcx_gangway_refused.
ENDCLASS.



CLASS zcl_gangway_extract IMPLEMENTATION.

  METHOD constructor.
    me->parts = parts.
  ENDMETHOD.


  METHOD customers.
    DATA page TYPE zif_gangway_extract_pages=>ty_customer_page.
    DATA customer TYPE kna1.

    parts-authority->check_general( zif_gangway_authority=>activity-read ).
    begin( kind = `customers` selection = selection ).
    customer_columns( ).
    DO.
      page = parts-pages->customers( after = page-last selection = selection ).
      check_page( page ).
      LOOP AT page-customers INTO customer.
        write_customer( customer = customer page = page ).
        result = result + 1.
      ENDLOOP.
      IF page-more = abap_false.
        EXIT.
      ENDIF.
    ENDDO.
    lines->end( ).
    parts-file->close( ).
  ENDMETHOD.


  METHOD materials.
    DATA page TYPE zif_gangway_extract_pages=>ty_material_page.
    DATA material TYPE mara.

    parts-extract_authority->check_materials( ).
    begin( kind = `materials` selection = selection ).
    lines->columns( table  = `MARA`
                    fields = `MATNR MTART MATKL MEINS EAN11 BRGEW NTGEW GEWEI SPART PRDHA MSTAV LVORM` ).
    lines->columns( table = `MAKT` fields = `MATNR SPRAS MAKTX` ).
    DO.
      page = parts-pages->materials( after = page-last selection = selection ).
      LOOP AT page-materials INTO material.
        write_material( material = material page = page ).
        result = result + 1.
      ENDLOOP.
      IF page-more = abap_false.
        EXIT.
      ENDIF.
    ENDDO.
    lines->end( ).
    parts-file->close( ).
  ENDMETHOD.


  METHOD begin.
    DATA head TYPE zcl_gangway_extract_lines=>ty_head.

    " Before the first row is read: what changes meanwhile is newer than the file.
    head-created = parts-clock->utc( ).
    head-names = parts-system->names( ).
    head-kind = kind.
    IF selection IS NOT INITIAL.
      head-is_partial = abap_true.
    ENDIF.
    CREATE OBJECT lines
      EXPORTING
        file = parts-file.
    lines->head( head ).
  ENDMETHOD.


  METHOD customer_columns.
    " What Gangway has a use for; nothing else of a customer leaves the system.
    DATA fields TYPE string.

    CONCATENATE `KUNNR LAND1 NAME1 NAME2 ORT01 ORT02 PSTLZ REGIO STRAS PFACH SPRAS TELF1 TELFX KTOKD BRSCH STCEG`
      `AUFSD LIFSD FAKSD CASSD SPERR LOEVM` INTO fields SEPARATED BY space.
    lines->columns( table = `KNA1` fields = fields ).
    CONCATENATE `KUNNR VKORG VTWEG SPART WAERS ZTERM INCO1 INCO2 KDGRP VKBUR PLTYP VSBED`
      `AUFSD LIFSD FAKSD LOEVM` INTO fields SEPARATED BY space.
    lines->columns( table = `KNVV` fields = fields ).
    lines->columns( table  = `KNVP`
                    fields = `KUNNR VKORG VTWEG SPART PARVW PARZA KUNN2 LIFNR PERNR PARNR DEFPA` ).
    lines->columns( table  = `KNVK`
                    fields = `KUNNR PARNR NAMEV NAME1 TELF1 ABTNR PAFKT PARLA` ).
    lines->columns( table  = `KNKK`
                    fields = `KUNNR KKBER KLIMK KNKLI CTLPC CRBLB NXTRV` ).
  ENDMETHOD.


  METHOD check_page.
    DATA customer TYPE kna1.
    DATA area TYPE knvv.
    DATA credit TYPE knkk.

    LOOP AT page-customers INTO customer.
      IF is_new( |KTOKD { customer-ktokd }| ) = abap_true.
        parts-authority->check_account_group( activity      = zif_gangway_authority=>activity-read
                                              account_group = customer-ktokd ).
      ENDIF.
    ENDLOOP.
    LOOP AT page-areas INTO area.
      IF is_new( |AREA { area-vkorg }/{ area-vtweg }/{ area-spart }| ) = abap_true.
        parts-authority->check_sales_area( activity = zif_gangway_authority=>activity-read
                                           vkorg    = area-vkorg
                                           vtweg    = area-vtweg
                                           spart    = area-spart ).
      ENDIF.
    ENDLOOP.
    LOOP AT page-credit INTO credit.
      IF is_new( |KKBER { credit-kkber }| ) = abap_true.
        parts-authority->check_credit_area( activity            = zif_gangway_authority=>activity-read
                                            credit_control_area = credit-kkber ).
      ENDIF.
    ENDLOOP.
  ENDMETHOD.


  METHOD is_new.
    INSERT right INTO TABLE checked.
    IF sy-subrc = 0.
      result = abap_true.
    ENDIF.
  ENDMETHOD.


  METHOD write_customer.
    DATA area TYPE knvv.
    DATA partner TYPE knvp.
    DATA person TYPE knvk.
    DATA credit TYPE knkk.

    write_kna1( customer ).
    LOOP AT page-areas INTO area WHERE kunnr = customer-kunnr.
      write_knvv( area ).
    ENDLOOP.
    LOOP AT page-partners INTO partner WHERE kunnr = customer-kunnr.
      write_knvp( partner ).
    ENDLOOP.
    LOOP AT page-persons INTO person WHERE kunnr = customer-kunnr.
      write_knvk( person ).
    ENDLOOP.
    LOOP AT page-credit INTO credit WHERE kunnr = customer-kunnr.
      write_knkk( credit ).
    ENDLOOP.
  ENDMETHOD.


  METHOD write_material.
    DATA text TYPE makt.

    write_mara( material ).
    LOOP AT page-texts INTO text WHERE matnr = material-matnr.
      write_makt( text ).
    ENDLOOP.
  ENDMETHOD.


  METHOD write_kna1.
    lines->row( `KNA1` ).
    lines->value( customer-kunnr ).
    lines->value( customer-land1 ).
    lines->value( customer-name1 ).
    lines->value( customer-name2 ).
    lines->value( customer-ort01 ).
    lines->value( customer-ort02 ).
    lines->value( customer-pstlz ).
    lines->value( customer-regio ).
    lines->value( customer-stras ).
    lines->value( customer-pfach ).
    lines->value( customer-spras ).
    lines->value( customer-telf1 ).
    lines->value( customer-telfx ).
    lines->value( customer-ktokd ).
    lines->value( customer-brsch ).
    lines->value( customer-stceg ).
    lines->value( customer-aufsd ).
    lines->value( customer-lifsd ).
    lines->value( customer-faksd ).
    lines->value( customer-cassd ).
    lines->value( customer-sperr ).
    lines->value( customer-loevm ).
    lines->end_row( ).
  ENDMETHOD.


  METHOD write_knvv.
    lines->row( `KNVV` ).
    lines->value( area-kunnr ).
    lines->value( area-vkorg ).
    lines->value( area-vtweg ).
    lines->value( area-spart ).
    lines->value( area-waers ).
    lines->value( area-zterm ).
    lines->value( area-inco1 ).
    lines->value( area-inco2 ).
    lines->value( area-kdgrp ).
    lines->value( area-vkbur ).
    lines->value( area-pltyp ).
    lines->value( area-vsbed ).
    lines->value( area-aufsd ).
    lines->value( area-lifsd ).
    lines->value( area-faksd ).
    lines->value( area-loevm ).
    lines->end_row( ).
  ENDMETHOD.


  METHOD write_knvp.
    lines->row( `KNVP` ).
    lines->value( partner-kunnr ).
    lines->value( partner-vkorg ).
    lines->value( partner-vtweg ).
    lines->value( partner-spart ).
    lines->value( partner-parvw ).
    lines->value( partner-parza ).
    lines->value( partner-kunn2 ).
    lines->value( partner-lifnr ).
    lines->value( partner-pernr ).
    lines->value( partner-parnr ).
    lines->value( partner-defpa ).
    lines->end_row( ).
  ENDMETHOD.


  METHOD write_knvk.
    lines->row( `KNVK` ).
    lines->value( person-kunnr ).
    lines->value( person-parnr ).
    lines->value( person-namev ).
    lines->value( person-name1 ).
    lines->value( person-telf1 ).
    lines->value( person-abtnr ).
    lines->value( person-pafkt ).
    lines->value( person-parla ).
    lines->end_row( ).
  ENDMETHOD.


  METHOD write_knkk.
    lines->row( `KNKK` ).
    lines->value( credit-kunnr ).
    lines->value( credit-kkber ).
    lines->value( credit-klimk ).
    lines->value( credit-knkli ).
    lines->value( credit-ctlpc ).
    lines->value( credit-crblb ).
    lines->value( credit-nxtrv ).
    lines->end_row( ).
  ENDMETHOD.


  METHOD write_mara.
    lines->row( `MARA` ).
    lines->value( material-matnr ).
    lines->value( material-mtart ).
    lines->value( material-matkl ).
    lines->value( material-meins ).
    lines->value( material-ean11 ).
    lines->value( material-brgew ).
    lines->value( material-ntgew ).
    lines->value( material-gewei ).
    lines->value( material-spart ).
    lines->value( material-prdha ).
    lines->value( material-mstav ).
    lines->value( material-lvorm ).
    lines->end_row( ).
  ENDMETHOD.


  METHOD write_makt.
    lines->row( `MAKT` ).
    lines->value( text-matnr ).
    lines->value( text-spras ).
    lines->value( text-maktx ).
    lines->end_row( ).
  ENDMETHOD.

ENDCLASS.
