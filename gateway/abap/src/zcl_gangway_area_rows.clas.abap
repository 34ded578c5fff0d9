"! Partner functions and tax classifications of a new customer, as rows of SAP.
CLASS zcl_gangway_area_rows DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    TYPES ty_partners TYPE STANDARD TABLE OF fknvp WITH DEFAULT KEY.
    TYPES ty_taxes TYPE STANDARD TABLE OF fknvi WITH DEFAULT KEY.

    METHODS constructor
      IMPORTING
        customizing TYPE REF TO zif_gangway_customizing.
    METHODS partners
      IMPORTING
        new_customer  TYPE zif_gangway_customer_writer=>ty_new_customer
      RETURNING
        VALUE(result) TYPE ty_partners.
    METHODS taxes
      IMPORTING
        new_customer  TYPE zif_gangway_customer_writer=>ty_new_customer
      RETURNING
        VALUE(result) TYPE ty_taxes.

  PRIVATE SECTION.
    DATA customizing TYPE REF TO zif_gangway_customizing.

    "! Itself, unless the caller names others for the function.
    METHODS add_default
      IMPORTING
        function TYPE knvp-parvw
        given    TYPE zif_gangway_customer_writer=>ty_partners
        sales    TYPE zgangway_s_sales
      CHANGING
        partners TYPE ty_partners.
    METHODS add_partner
      IMPORTING
        partner  TYPE zgangway_s_partner_new
        sales    TYPE zgangway_s_sales
      CHANGING
        partners TYPE ty_partners.
    METHODS add_tax
      IMPORTING
        tax   TYPE zgangway_s_tax
      CHANGING
        taxes TYPE ty_taxes.
ENDCLASS.



CLASS zcl_gangway_area_rows IMPLEMENTATION.

  METHOD constructor.
    me->customizing = customizing.
  ENDMETHOD.


  METHOD partners.
    DATA partner TYPE zgangway_s_partner_new.

    " Internal keys: sold-to, bill-to, payer, ship-to.
    add_default( EXPORTING function = 'AG' given = new_customer-partners sales = new_customer-sales
                 CHANGING partners = result ).
    add_default( EXPORTING function = 'RE' given = new_customer-partners sales = new_customer-sales
                 CHANGING partners = result ).
    add_default( EXPORTING function = 'RG' given = new_customer-partners sales = new_customer-sales
                 CHANGING partners = result ).
    add_default( EXPORTING function = 'WE' given = new_customer-partners sales = new_customer-sales
                 CHANGING partners = result ).
    LOOP AT new_customer-partners INTO partner.
      add_partner( EXPORTING partner = partner sales = new_customer-sales CHANGING partners = result ).
    ENDLOOP.
  ENDMETHOD.


  METHOD taxes.
    DATA categories TYPE zif_gangway_customizing=>ty_taxes.
    DATA category TYPE zif_gangway_customizing=>ty_tax.
    DATA defaults TYPE zgangway_sales.
    DATA tax TYPE zgangway_s_tax.

    LOOP AT new_customer-taxes INTO tax.
      add_tax( EXPORTING tax = tax CHANGING taxes = result ).
    ENDLOOP.
    defaults = customizing->sales_defaults( new_customer-sales ).
    categories = customizing->taxes( new_customer-sales ).
    LOOP AT categories INTO category.
      READ TABLE new_customer-taxes WITH KEY aland = category-aland tatyp = category-tatyp TRANSPORTING NO FIELDS.
      IF sy-subrc = 0.
        CONTINUE.
      ENDIF.
      tax-aland = category-aland.
      tax-tatyp = category-tatyp.
      tax-taxkd = defaults-taxkd.
      add_tax( EXPORTING tax = tax CHANGING taxes = result ).
    ENDLOOP.
  ENDMETHOD.


  METHOD add_default.
    DATA partner TYPE zgangway_s_partner_new.

    READ TABLE given WITH KEY parvw = function TRANSPORTING NO FIELDS.
    IF sy-subrc = 0.
      RETURN.
    ENDIF.
    partner-parvw = function.
    add_partner( EXPORTING partner = partner sales = sales CHANGING partners = partners ).
  ENDMETHOD.


  METHOD add_partner.
    DATA row TYPE fknvp.

    " An empty partner number is the new customer itself.
    MOVE-CORRESPONDING partner TO row.
    row-vkorg = sales-vkorg.
    row-vtweg = sales-vtweg.
    row-spart = sales-spart.
    row-kz = 'I'.
    LOOP AT partners TRANSPORTING NO FIELDS WHERE parvw = partner-parvw.
      row-parza = row-parza + 1.
    ENDLOOP.
    APPEND row TO partners.
  ENDMETHOD.


  METHOD add_tax.
    DATA row TYPE fknvi.

    MOVE-CORRESPONDING tax TO row.
    row-kz = 'I'.
    APPEND row TO taxes.
  ENDMETHOD.

ENDCLASS.
