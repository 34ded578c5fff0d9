"! Customer master as it is now.
INTERFACE zif_gangway_customers
  PUBLIC.

  TYPES: BEGIN OF ty_company,
           bukrs TYPE knb1-bukrs,
           zterm TYPE knb1-zterm,
           sperr TYPE knb1-sperr,
           loevm TYPE knb1-loevm,
         END OF ty_company.
  TYPES ty_companies TYPE STANDARD TABLE OF ty_company WITH DEFAULT KEY.
  TYPES: BEGIN OF ty_sales_area,
           vkorg TYPE knvv-vkorg,
           vtweg TYPE knvv-vtweg,
           spart TYPE knvv-spart,
           zterm TYPE knvv-zterm,
           aufsd TYPE knvv-aufsd,
           lifsd TYPE knvv-lifsd,
           faksd TYPE knvv-faksd,
           cassd TYPE knvv-cassd,
           loevm TYPE knvv-loevm,
         END OF ty_sales_area.
  TYPES ty_sales_areas TYPE STANDARD TABLE OF ty_sales_area WITH DEFAULT KEY.

  "! Refuses a number that SAP does not know, with SAP's own message.
  METHODS general
    IMPORTING
      customer      TYPE kna1-kunnr
    RETURNING
      VALUE(result) TYPE kna1
    RAISING
      zcx_gangway_refused.
  METHODS companies
    IMPORTING
      customer      TYPE kna1-kunnr
    RETURNING
      VALUE(result) TYPE ty_companies.
  METHODS sales_areas
    IMPORTING
      customer      TYPE kna1-kunnr
    RETURNING
      VALUE(result) TYPE ty_sales_areas.
  METHODS address
    IMPORTING
      number        TYPE adrc-addrnumber
    RETURNING
      VALUE(result) TYPE adrc.
  METHODS email
    IMPORTING
      number        TYPE adrc-addrnumber
    RETURNING
      VALUE(result) TYPE adr6-smtp_addr.
ENDINTERFACE.
