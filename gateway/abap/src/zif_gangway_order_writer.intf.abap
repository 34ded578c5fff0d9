"! Hands quotations and orders to SAP's own functions; nothing is written before the commit.
INTERFACE zif_gangway_order_writer
  PUBLIC.

  TYPES ty_items TYPE STANDARD TABLE OF zgangway_s_order_item WITH DEFAULT KEY.
  TYPES ty_lines TYPE STANDARD TABLE OF zgangway_s_order_line WITH DEFAULT KEY.
  TYPES ty_partners TYPE STANDARD TABLE OF zgangway_s_order_partner WITH DEFAULT KEY.
  TYPES ty_texts TYPE STANDARD TABLE OF zgangway_s_order_text WITH DEFAULT KEY.
  TYPES: BEGIN OF ty_wish,
           header   TYPE zgangway_s_order,
           items    TYPE ty_items,
           lines    TYPE ty_lines,
           partners TYPE ty_partners,
           texts    TYPE ty_texts,
         END OF ty_wish.
  TYPES ty_messages TYPE STANDARD TABLE OF bapiret2 WITH DEFAULT KEY.
  TYPES: BEGIN OF ty_written,
           document TYPE vbak-vbeln,
           messages TYPE ty_messages,
         END OF ty_written.

  CONSTANTS: BEGIN OF category,
               order     TYPE zgangway_s_order-vbtyp VALUE 'C',
               quotation TYPE zgangway_s_order-vbtyp VALUE 'B',
             END OF category.

  "! SAP's messages are all in the answer, warnings too.
  METHODS create
    IMPORTING
      wish          TYPE ty_wish
      test_run      TYPE abap_bool
    RETURNING
      VALUE(result) TYPE ty_written.
  METHODS credit_status
    IMPORTING
      document      TYPE vbak-vbeln
    RETURNING
      VALUE(result) TYPE vbuk-cmgst.
ENDINTERFACE.
