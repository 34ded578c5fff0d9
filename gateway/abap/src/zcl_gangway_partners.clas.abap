"! Reads the partner functions of a customer with names.
CLASS zcl_gangway_partners DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    "! More partners than this no screen shows, and no caller may ask of one call.
    CONSTANTS most_rows TYPE i VALUE 1000.
    TYPES ty_rows TYPE STANDARD TABLE OF zgangway_s_partner WITH DEFAULT KEY.
    TYPES: BEGIN OF ty_result,
             rows TYPE ty_rows,
             more TYPE abap_bool,
           END OF ty_result.

    METHODS constructor
      IMPORTING
        customers TYPE REF TO zif_gangway_customers
        partners  TYPE REF TO zif_gangway_partners
        authority TYPE REF TO zif_gangway_authority.
    METHODS read
      IMPORTING
        customer      TYPE kna1-kunnr
        area          TYPE zif_gangway_partners=>ty_area
        most          TYPE i
      RETURNING
        VALUE(result) TYPE ty_result
      RAISING
        zcx_gangway_refused.

  PRIVATE SECTION.
    DATA customers TYPE REF TO zif_gangway_customers.
    DATA partners TYPE REF TO zif_gangway_partners.
    DATA authority TYPE REF TO zif_gangway_authority.

    METHODS check_areas
      IMPORTING
        found TYPE zif_gangway_partners=>ty_partners
      RAISING
        zcx_gangway_refused.
    METHODS row
      IMPORTING
        partner       TYPE knvp
      RETURNING
        VALUE(result) TYPE zgangway_s_partner.
ENDCLASS.



CLASS zcl_gangway_partners IMPLEMENTATION.

  METHOD constructor.
    me->customers = customers.
    me->partners = partners.
    me->authority = authority.
  ENDMETHOD.


  METHOD read.
    DATA general TYPE kna1.
    DATA limit TYPE i.
    DATA one_more TYPE i.
    DATA found TYPE zif_gangway_partners=>ty_partners.
    DATA names TYPE zif_gangway_partners=>ty_names.
    DATA name TYPE zif_gangway_partners=>ty_name.
    DATA texts TYPE zif_gangway_partners=>ty_texts.
    DATA text TYPE zif_gangway_partners=>ty_text.
    DATA partner TYPE knvp.
    DATA out TYPE zgangway_s_partner.

    authority->check_general( zif_gangway_authority=>activity-read ).
    general = customers->general( customer ).
    authority->check_account_group( activity = zif_gangway_authority=>activity-read account_group = general-ktokd ).
    limit = most.
    IF limit <= 0 OR limit > most_rows.
      limit = most_rows.
    ENDIF.
    one_more = limit + 1.
    found = partners->of_customer( customer = customer area = area most = one_more ).
    IF lines( found ) > limit.
      result-more = abap_true.
      DELETE found INDEX one_more.
    ENDIF.
    check_areas( found ).
    names = partners->names( found ).
    texts = partners->texts( found ).
    LOOP AT found INTO partner.
      out = row( partner ).
      READ TABLE names INTO name WITH TABLE KEY kind = out-kind partner = out-partner.
      IF sy-subrc = 0.
        out-name = name-name.
        out-city = name-city.
        out-land1 = name-land1.
      ENDIF.
      READ TABLE texts INTO text WITH TABLE KEY parvw = out-parvw.
      IF sy-subrc = 0.
        out-text = text-text.
      ENDIF.
      APPEND out TO result-rows.
    ENDLOOP.
  ENDMETHOD.


  METHOD check_areas.
    DATA partner TYPE knvp.
    DATA checked TYPE zif_gangway_partners=>ty_area.
    DATA area TYPE zif_gangway_partners=>ty_area.

    " They come sorted by sales area.
    LOOP AT found INTO partner.
      MOVE-CORRESPONDING partner TO area.
      IF area = checked.
        CONTINUE.
      ENDIF.
      authority->check_sales_area( activity = zif_gangway_authority=>activity-read
                                   vkorg = area-vkorg
                                   vtweg = area-vtweg
                                   spart = area-spart ).
      checked = area.
    ENDLOOP.
  ENDMETHOD.


  METHOD row.
    MOVE-CORRESPONDING partner TO result.
    IF partner-kunn2 IS NOT INITIAL.
      result-kind = 'K'.
      result-partner = partner-kunn2.
    ELSEIF partner-lifnr IS NOT INITIAL.
      result-kind = 'L'.
      result-partner = partner-lifnr.
    ELSEIF partner-parnr IS NOT INITIAL.
      result-kind = 'A'.
      result-partner = partner-parnr.
    ELSEIF partner-pernr IS NOT INITIAL.
      result-kind = 'P'.
      result-partner = |00{ partner-pernr }|.
    ENDIF.
  ENDMETHOD.

ENDCLASS.
