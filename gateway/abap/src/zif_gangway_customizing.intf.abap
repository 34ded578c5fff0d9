"! What the system's customizing knows, and the defaults of new customers.
INTERFACE zif_gangway_customizing
  PUBLIC.

  TYPES: BEGIN OF ty_tax,
           aland TYPE knvi-aland,
           tatyp TYPE knvi-tatyp,
         END OF ty_tax.
  TYPES ty_taxes TYPE STANDARD TABLE OF ty_tax WITH DEFAULT KEY.

  METHODS has_account_group
    IMPORTING
      account_group TYPE kna1-ktokd
    RETURNING
      VALUE(result) TYPE abap_bool.
  METHODS has_country
    IMPORTING
      country       TYPE kna1-land1
    RETURNING
      VALUE(result) TYPE abap_bool.
  METHODS has_partner_function
    IMPORTING
      function      TYPE knvp-parvw
    RETURNING
      VALUE(result) TYPE abap_bool.
  "! Countries without regions take anything, as SAP does.
  METHODS has_region
    IMPORTING
      country       TYPE kna1-land1
      region        TYPE kna1-regio
    RETURNING
      VALUE(result) TYPE abap_bool.
  METHODS has_company_code
    IMPORTING
      company_code  TYPE knb1-bukrs
    RETURNING
      VALUE(result) TYPE abap_bool.
  METHODS has_sales_area
    IMPORTING
      sales_area    TYPE zgangway_s_sales
    RETURNING
      VALUE(result) TYPE abap_bool.
  METHODS has_currency
    IMPORTING
      currency      TYPE knvv-waers
    RETURNING
      VALUE(result) TYPE abap_bool.
  METHODS has_terms
    IMPORTING
      terms         TYPE knvv-zterm
    RETURNING
      VALUE(result) TYPE abap_bool.
  "! SAP's one-character language; initial when the ISO code is unknown.
  METHODS language
    IMPORTING
      iso_code      TYPE zgangway_s_general-spras_iso
    RETURNING
      VALUE(result) TYPE kna1-spras.
  "! Reconciliation account of new customers; initial where nobody maintained one.
  METHODS reconciliation_account
    IMPORTING
      company_code  TYPE knb1-bukrs
      account_group TYPE kna1-ktokd
    RETURNING
      VALUE(result) TYPE knb1-akont.
  METHODS sales_defaults
    IMPORTING
      sales_area    TYPE zgangway_s_sales
    RETURNING
      VALUE(result) TYPE zgangway_sales.
  "! Tax categories a customer of the sales area needs, by departure country.
  METHODS taxes
    IMPORTING
      sales_area    TYPE zgangway_s_sales
    RETURNING
      VALUE(result) TYPE ty_taxes.
ENDINTERFACE.
