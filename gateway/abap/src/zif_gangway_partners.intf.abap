"! Partner functions of customers, and the names behind their numbers.
INTERFACE zif_gangway_partners
  PUBLIC.

  TYPES ty_partners TYPE STANDARD TABLE OF knvp WITH DEFAULT KEY.
  TYPES: BEGIN OF ty_area,
           vkorg TYPE knvp-vkorg,
           vtweg TYPE knvp-vtweg,
           spart TYPE knvp-spart,
         END OF ty_area.
  TYPES: BEGIN OF ty_name,
           kind    TYPE zgangway_s_partner-kind,
           partner TYPE zgangway_s_partner-partner,
           name    TYPE zgangway_s_partner-name,
           city    TYPE zgangway_s_partner-city,
           land1   TYPE zgangway_s_partner-land1,
         END OF ty_name.
  TYPES ty_names TYPE SORTED TABLE OF ty_name WITH UNIQUE KEY kind partner.
  TYPES: BEGIN OF ty_text,
           parvw TYPE knvp-parvw,
           text  TYPE zgangway_s_partner-text,
         END OF ty_text.
  TYPES ty_texts TYPE SORTED TABLE OF ty_text WITH UNIQUE KEY parvw.

  "! At most so many, by sales area, function and counter; an empty part of the area is any.
  METHODS of_customer
    IMPORTING
      customer      TYPE kna1-kunnr
      area          TYPE ty_area
      most          TYPE i
    RETURNING
      VALUE(result) TYPE ty_partners.
  "! Names of the customers and contact persons among them.
  METHODS names
    IMPORTING
      partners      TYPE ty_partners
    RETURNING
      VALUE(result) TYPE ty_names.
  "! The functions in words.
  METHODS texts
    IMPORTING
      partners      TYPE ty_partners
    RETURNING
      VALUE(result) TYPE ty_texts.
ENDINTERFACE.
