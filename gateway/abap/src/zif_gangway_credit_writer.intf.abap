"! Credit data as SAP maintains it; nothing is written before the commit.
INTERFACE zif_gangway_credit_writer
  PUBLIC.

  TYPES: BEGIN OF ty_rows,
           central TYPE knka,
           area    TYPE knkk,
         END OF ty_rows.
  TYPES: BEGIN OF ty_change,
           before          TYPE ty_rows,
           after           TYPE ty_rows,
           "! I a new row, U a changed one, space: the row stays as it is.
           central_changes TYPE cdpos-chngind,
           area_changes    TYPE cdpos-chngind,
         END OF ty_change.

  "! Rows that do not exist are initial.
  METHODS read
    IMPORTING
      customer      TYPE kna1-kunnr
      credit_area   TYPE knkk-kkber
    RETURNING
      VALUE(result) TYPE ty_rows.
  METHODS write
    IMPORTING
      change TYPE ty_change.
ENDINTERFACE.
