"! Master data for an extraction, page by page in the order of its keys.
INTERFACE zif_gangway_extract_pages
  PUBLIC.

  TYPES ty_sales_organizations TYPE RANGE OF knvv-vkorg.
  TYPES: BEGIN OF ty_selection,
           since               TYPE d,
           sales_organizations TYPE ty_sales_organizations,
         END OF ty_selection.
  TYPES ty_customers TYPE STANDARD TABLE OF kna1 WITH DEFAULT KEY.
  TYPES ty_areas TYPE SORTED TABLE OF knvv WITH UNIQUE KEY kunnr vkorg vtweg spart.
  TYPES ty_partners TYPE SORTED TABLE OF knvp WITH UNIQUE KEY kunnr vkorg vtweg spart parvw parza.
  TYPES ty_persons TYPE SORTED TABLE OF knvk WITH UNIQUE KEY kunnr parnr.
  TYPES ty_credit TYPE SORTED TABLE OF knkk WITH UNIQUE KEY kunnr kkber.
  TYPES: BEGIN OF ty_customer_page,
           customers TYPE ty_customers,
           areas     TYPE ty_areas,
           partners  TYPE ty_partners,
           persons   TYPE ty_persons,
           credit    TYPE ty_credit,
           last      TYPE kna1-kunnr,
           more      TYPE abap_bool,
         END OF ty_customer_page.
  TYPES ty_materials TYPE STANDARD TABLE OF mara WITH DEFAULT KEY.
  TYPES ty_texts TYPE SORTED TABLE OF makt WITH UNIQUE KEY matnr spras.
  TYPES: BEGIN OF ty_material_page,
           materials TYPE ty_materials,
           texts     TYPE ty_texts,
           last      TYPE mara-matnr,
           more      TYPE abap_bool,
         END OF ty_material_page.

  "! A page may be empty and have more behind it: it is what the selection leaves of so many rows.
  METHODS customers
    IMPORTING
      after         TYPE kna1-kunnr
      selection     TYPE ty_selection
    RETURNING
      VALUE(result) TYPE ty_customer_page.
  METHODS materials
    IMPORTING
      after         TYPE mara-matnr
      selection     TYPE ty_selection
    RETURNING
      VALUE(result) TYPE ty_material_page.
ENDINTERFACE.
