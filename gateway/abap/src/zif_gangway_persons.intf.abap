"! Contact persons of a customer, as they are to be shown.
INTERFACE zif_gangway_persons
  PUBLIC.

  TYPES ty_persons TYPE STANDARD TABLE OF zgangway_s_person WITH DEFAULT KEY.

  "! At most so many, by number.
  METHODS of_customer
    IMPORTING
      customer      TYPE kna1
      most          TYPE i
    RETURNING
      VALUE(result) TYPE ty_persons.
ENDINTERFACE.
