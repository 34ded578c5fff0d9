"! Customer items of accounting and billing documents, as SAP keeps them.
INTERFACE zif_gangway_items
  PUBLIC.

  TYPES: BEGIN OF ty_item,
           bukrs TYPE bsid-bukrs,
           belnr TYPE bsid-belnr,
           gjahr TYPE bsid-gjahr,
           buzei TYPE bsid-buzei,
           augdt TYPE bsid-augdt,
           bldat TYPE bsid-bldat,
           waers TYPE bsid-waers,
           blart TYPE bsid-blart,
           shkzg TYPE bsid-shkzg,
           wrbtr TYPE bsid-wrbtr,
           zfbdt TYPE bsid-zfbdt,
           zbd1t TYPE bsid-zbd1t,
           zbd2t TYPE bsid-zbd2t,
           zbd3t TYPE bsid-zbd3t,
           rebzg TYPE bsid-rebzg,
           vbeln TYPE bsid-vbeln,
         END OF ty_item.
  TYPES ty_items TYPE STANDARD TABLE OF ty_item WITH DEFAULT KEY.
  TYPES: BEGIN OF ty_document,
           vbeln TYPE vbrk-vbeln,
           fkart TYPE vbrk-fkart,
           vbtyp TYPE vbrk-vbtyp,
           waerk TYPE vbrk-waerk,
           vkorg TYPE vbrk-vkorg,
           fkdat TYPE vbrk-fkdat,
           belnr TYPE vbrk-belnr,
           gjahr TYPE vbrk-gjahr,
           bukrs TYPE vbrk-bukrs,
           zterm TYPE vbrk-zterm,
           netwr TYPE vbrk-netwr,
           mwsbk TYPE vbrk-mwsbk,
           fksto TYPE vbrk-fksto,
           sfakn TYPE vbrk-sfakn,
           rfbsk TYPE vbrk-rfbsk,
         END OF ty_document.
  TYPES ty_documents TYPE STANDARD TABLE OF ty_document WITH DEFAULT KEY.
  TYPES: BEGIN OF ty_cancellation,
           vbeln TYPE vbrk-vbeln,
           sfakn TYPE vbrk-sfakn,
         END OF ty_cancellation.
  TYPES ty_cancellations TYPE STANDARD TABLE OF ty_cancellation WITH DEFAULT KEY.

  "! Open items without special G/L.
  METHODS open_items
    IMPORTING
      customer      TYPE kna1-kunnr
    RETURNING
      VALUE(result) TYPE ty_items.
  "! Billing documents from a place on, newest first, at most so many.
  METHODS documents_from
    IMPORTING
      payer         TYPE vbrk-kunrg
      billing_date  TYPE vbrk-fkdat
      number        TYPE vbrk-vbeln
      most          TYPE i
    RETURNING
      VALUE(result) TYPE ty_documents.
  "! Cleared items of these billing documents.
  METHODS cleared_items_of
    IMPORTING
      payer         TYPE vbrk-kunrg
      documents     TYPE ty_documents
    RETURNING
      VALUE(result) TYPE ty_items.
  "! Cleared bills that were entered in accounting, by document date.
  METHODS cleared_bills
    IMPORTING
      customer      TYPE kna1-kunnr
      first_day     TYPE bsad-bldat
      last_day      TYPE bsad-bldat
    RETURNING
      VALUE(result) TYPE ty_items.
  "! Items that belong to no billing document of the payer.
  METHODS without_document
    IMPORTING
      payer          TYPE vbrk-kunrg
      customer_items TYPE ty_items
    RETURNING
      VALUE(result)  TYPE ty_items.
  "! Cancellations of these documents.
  METHODS cancellations_of
    IMPORTING
      payer         TYPE vbrk-kunrg
      documents     TYPE ty_documents
    RETURNING
      VALUE(result) TYPE ty_cancellations.
  METHODS net_due_date
    IMPORTING
      item          TYPE ty_item
    RETURNING
      VALUE(result) TYPE bsid-zfbdt.
  "! Days of payment terms, for a document that accounting does not know yet.
  METHODS terms_days
    IMPORTING
      terms         TYPE vbrk-zterm
    RETURNING
      VALUE(result) TYPE bsid-zbd3t.
ENDINTERFACE.
