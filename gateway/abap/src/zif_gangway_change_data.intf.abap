"! Change documents and clearings as SAP keeps them, page by page.
INTERFACE zif_gangway_change_data
  PUBLIC.

  CONSTANTS: BEGIN OF object,
               credit   TYPE cdhdr-objectclas VALUE 'KLIM',
               customer TYPE cdhdr-objectclas VALUE 'DEBI',
             END OF object.

  TYPES: BEGIN OF ty_document,
           objectid TYPE cdhdr-objectid,
           changenr TYPE cdhdr-changenr,
           username TYPE cdhdr-username,
           udate    TYPE cdhdr-udate,
           utime    TYPE cdhdr-utime,
         END OF ty_document.
  TYPES ty_documents TYPE STANDARD TABLE OF ty_document WITH DEFAULT KEY.
  TYPES: BEGIN OF ty_field,
           changenr TYPE cdpos-changenr,
           tabname  TYPE cdpos-tabname,
           fname    TYPE cdpos-fname,
         END OF ty_field.
  "! Each field of a document once, however many rows it changed in.
  TYPES ty_fields TYPE SORTED TABLE OF ty_field WITH UNIQUE KEY changenr tabname fname.
  TYPES: BEGIN OF ty_place,
           udate    TYPE cdhdr-udate,
           utime    TYPE cdhdr-utime,
           changenr TYPE cdhdr-changenr,
         END OF ty_place.
  TYPES: BEGIN OF ty_clearing,
           augdt TYPE bsad-augdt,
           bukrs TYPE bsad-bukrs,
           gjahr TYPE bsad-gjahr,
           belnr TYPE bsad-belnr,
           buzei TYPE bsad-buzei,
           kunnr TYPE bsad-kunnr,
           augbl TYPE bsad-augbl,
           vbeln TYPE bsad-vbeln,
         END OF ty_clearing.
  TYPES ty_clearings TYPE STANDARD TABLE OF ty_clearing WITH DEFAULT KEY.
  TYPES: BEGIN OF ty_clearing_place,
           augdt TYPE bsad-augdt,
           bukrs TYPE bsad-bukrs,
           gjahr TYPE bsad-gjahr,
           belnr TYPE bsad-belnr,
           buzei TYPE bsad-buzei,
         END OF ty_clearing_place.

  "! Behind this place, by date, time and number, at most so many.
  METHODS documents
    IMPORTING
      object        TYPE cdhdr-objectclas
      after         TYPE ty_place
      most          TYPE i
    RETURNING
      VALUE(result) TYPE ty_documents.
  METHODS fields
    IMPORTING
      object        TYPE cdhdr-objectclas
      documents     TYPE ty_documents
    RETURNING
      VALUE(result) TYPE ty_fields.
  "! Cleared invoices behind this place, by clearing date and item, at most so many.
  METHODS clearings
    IMPORTING
      after         TYPE ty_clearing_place
      most          TYPE i
    RETURNING
      VALUE(result) TYPE ty_clearings.
  "! The same for those dated before a day, where something entered since another day was cleared with them.
  METHODS late_clearings
    IMPORTING
      entered       TYPE bsad-cpudt
      dated_before  TYPE bsad-augdt
      after         TYPE ty_clearing_place
      most          TYPE i
    RETURNING
      VALUE(result) TYPE ty_clearings.
ENDINTERFACE.
