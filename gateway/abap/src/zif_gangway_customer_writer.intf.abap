"! Hands customers to SAP's own maintenance; nothing is written before the commit.
INTERFACE zif_gangway_customer_writer
  PUBLIC.

  TYPES ty_partners TYPE STANDARD TABLE OF zgangway_s_partner_new WITH DEFAULT KEY.
  TYPES ty_taxes TYPE STANDARD TABLE OF zgangway_s_tax WITH DEFAULT KEY.
  TYPES: BEGIN OF ty_new_customer,
           general  TYPE zgangway_s_general,
           company  TYPE zgangway_s_company,
           sales    TYPE zgangway_s_sales,
           partners TYPE ty_partners,
           taxes    TYPE ty_taxes,
         END OF ty_new_customer.

  "! Refuses when somebody else has the customer open.
  METHODS lock
    IMPORTING
      customer TYPE kna1-kunnr
    RAISING
      zcx_gangway_refused.
  METHODS release
    IMPORTING
      customer TYPE kna1-kunnr.
  METHODS create
    IMPORTING
      new_customer  TYPE ty_new_customer
      test_run      TYPE abap_bool
    RETURNING
      VALUE(result) TYPE kna1-kunnr
    RAISING
      zcx_gangway_refused.
  METHODS change
    IMPORTING
      customer TYPE kna1
      before   TYPE zgangway_s_general
      after    TYPE zgangway_s_general
      test_run TYPE abap_bool
    RAISING
      zcx_gangway_refused.
ENDINTERFACE.
