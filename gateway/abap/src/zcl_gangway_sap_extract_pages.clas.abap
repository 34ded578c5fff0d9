"! Master data from SAP's tables, by key: no cursor is held open for the hours a large extraction takes.
CLASS zcl_gangway_sap_extract_pages DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    INTERFACES zif_gangway_extract_pages.

  PRIVATE SECTION.
    "! Rows of the first table at once: some 2 MB of memory with all that hangs below them.
    CONSTANTS page_rows TYPE i VALUE 500.
    TYPES: BEGIN OF ty_object,
             objectid TYPE cdhdr-objectid,
           END OF ty_object.
    TYPES ty_objects TYPE SORTED TABLE OF ty_object WITH UNIQUE KEY objectid.

    METHODS keep_changed_customers
      IMPORTING
        since     TYPE d
      CHANGING
        customers TYPE zif_gangway_extract_pages=>ty_customers.
    METHODS keep_of_organizations
      IMPORTING
        selection TYPE zif_gangway_extract_pages=>ty_selection
      CHANGING
        page      TYPE zif_gangway_extract_pages=>ty_customer_page.
    METHODS read_below
      CHANGING
        page TYPE zif_gangway_extract_pages=>ty_customer_page.
    METHODS keep_sold_materials
      IMPORTING
        selection TYPE zif_gangway_extract_pages=>ty_selection
      CHANGING
        materials TYPE zif_gangway_extract_pages=>ty_materials.
ENDCLASS.



CLASS zcl_gangway_sap_extract_pages IMPLEMENTATION.

  METHOD zif_gangway_extract_pages~customers.
    DATA customer TYPE kna1.

    SELECT kunnr land1 name1 name2 ort01 ort02 pstlz regio stras pfach spras telf1 telfx ktokd brsch stceg
        aufsd lifsd faksd cassd sperr loevm erdat FROM kna1
      INTO CORRESPONDING FIELDS OF TABLE result-customers UP TO page_rows ROWS
      WHERE kunnr > after
      ORDER BY kunnr.
    IF lines( result-customers ) = page_rows.
      result-more = abap_true.
    ENDIF.
    READ TABLE result-customers INTO customer INDEX lines( result-customers ).
    IF sy-subrc = 0.
      result-last = customer-kunnr.
    ENDIF.
    IF selection-since IS NOT INITIAL.
      keep_changed_customers( EXPORTING since = selection-since CHANGING customers = result-customers ).
    ENDIF.
    read_below( CHANGING page = result ).
    IF selection-sales_organizations IS NOT INITIAL.
      keep_of_organizations( EXPORTING selection = selection CHANGING page = result ).
    ENDIF.
  ENDMETHOD.


  METHOD keep_changed_customers.
    DATA objects TYPE ty_objects.
    DATA changed TYPE ty_objects.
    DATA object TYPE ty_object.
    DATA customer TYPE kna1.

    LOOP AT customers INTO customer.
      object-objectid = customer-kunnr.
      INSERT object INTO TABLE objects.
    ENDLOOP.
    IF objects IS INITIAL.
      RETURN.
    ENDIF.
    SELECT objectid FROM cdhdr INTO TABLE changed
      FOR ALL ENTRIES IN objects
      WHERE ( objectclas = 'DEBI' OR objectclas = 'KLIM' ) AND objectid = objects-objectid AND udate >= since.
    LOOP AT customers INTO customer WHERE erdat < since.
      object-objectid = customer-kunnr.
      READ TABLE changed TRANSPORTING NO FIELDS WITH TABLE KEY objectid = object-objectid.
      IF sy-subrc <> 0.
        DELETE customers WHERE kunnr = customer-kunnr.
      ENDIF.
    ENDLOOP.
  ENDMETHOD.


  METHOD read_below.
    IF page-customers IS INITIAL.
      RETURN.
    ENDIF.
    SELECT kunnr vkorg vtweg spart waers zterm inco1 inco2 kdgrp vkbur pltyp vsbed aufsd lifsd faksd loevm FROM knvv
      INTO CORRESPONDING FIELDS OF TABLE page-areas
      FOR ALL ENTRIES IN page-customers
      WHERE kunnr = page-customers-kunnr.
    SELECT kunnr vkorg vtweg spart parvw parza kunn2 lifnr pernr parnr defpa FROM knvp
      INTO CORRESPONDING FIELDS OF TABLE page-partners
      FOR ALL ENTRIES IN page-customers
      WHERE kunnr = page-customers-kunnr.
    SELECT kunnr parnr namev name1 telf1 abtnr pafkt parla FROM knvk
      INTO CORRESPONDING FIELDS OF TABLE page-persons
      FOR ALL ENTRIES IN page-customers
      WHERE kunnr = page-customers-kunnr.
    SELECT kunnr kkber klimk knkli ctlpc crblb nxtrv FROM knkk
      INTO CORRESPONDING FIELDS OF TABLE page-credit
      FOR ALL ENTRIES IN page-customers
      WHERE kunnr = page-customers-kunnr.
  ENDMETHOD.


  METHOD keep_of_organizations.
    DATA customer TYPE kna1.

    " Only those areas, with their partners, and only customers that have one of them.
    DELETE page-areas WHERE NOT vkorg IN selection-sales_organizations.
    DELETE page-partners WHERE NOT vkorg IN selection-sales_organizations.
    LOOP AT page-customers INTO customer.
      READ TABLE page-areas TRANSPORTING NO FIELDS WITH KEY kunnr = customer-kunnr.
      IF sy-subrc <> 0.
        DELETE page-customers WHERE kunnr = customer-kunnr.
        DELETE page-persons WHERE kunnr = customer-kunnr.
        DELETE page-credit WHERE kunnr = customer-kunnr.
      ENDIF.
    ENDLOOP.
  ENDMETHOD.


  METHOD zif_gangway_extract_pages~materials.
    DATA material TYPE mara.

    SELECT matnr mtart matkl meins ean11 brgew ntgew gewei spart prdha mstav lvorm ersda laeda FROM mara
      INTO CORRESPONDING FIELDS OF TABLE result-materials UP TO page_rows ROWS
      WHERE matnr > after
      ORDER BY matnr.
    IF lines( result-materials ) = page_rows.
      result-more = abap_true.
    ENDIF.
    READ TABLE result-materials INTO material INDEX lines( result-materials ).
    IF sy-subrc = 0.
      result-last = material-matnr.
    ENDIF.
    IF selection-since IS NOT INITIAL.
      DELETE result-materials WHERE ersda < selection-since AND laeda < selection-since.
    ENDIF.
    IF selection-sales_organizations IS NOT INITIAL.
      keep_sold_materials( EXPORTING selection = selection CHANGING materials = result-materials ).
    ENDIF.
    IF result-materials IS INITIAL.
      RETURN.
    ENDIF.
    SELECT matnr spras maktx FROM makt
      INTO CORRESPONDING FIELDS OF TABLE result-texts
      FOR ALL ENTRIES IN result-materials
      WHERE matnr = result-materials-matnr.
  ENDMETHOD.


  METHOD keep_sold_materials.
    DATA sold TYPE SORTED TABLE OF mvke-matnr WITH UNIQUE KEY table_line.
    DATA material TYPE mara.

    IF materials IS INITIAL.
      RETURN.
    ENDIF.
    SELECT matnr FROM mvke INTO TABLE sold
      FOR ALL ENTRIES IN materials
      WHERE matnr = materials-matnr AND vkorg IN selection-sales_organizations.
    LOOP AT materials INTO material.
      READ TABLE sold TRANSPORTING NO FIELDS WITH TABLE KEY table_line = material-matnr.
      IF sy-subrc <> 0.
        DELETE materials WHERE matnr = material-matnr.
      ENDIF.
    ENDLOOP.
  ENDMETHOD.

ENDCLASS.
