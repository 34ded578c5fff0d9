"! Contact persons as they are now.
INTERFACE zif_gangway_contacts
  PUBLIC.

  TYPES: BEGIN OF ty_person,
           parnr        TYPE knvk-parnr,
           namev        TYPE knvk-namev,
           name1        TYPE knvk-name1,
           prsnr        TYPE knvk-prsnr,
           "! Sequence numbers of what people know as "the" mail address and telephone; initial where there is none.
           email_number TYPE adr6-consnumber,
           phone_number TYPE adr2-consnumber,
         END OF ty_person.

  "! Refuses a number that is not one of this customer.
  METHODS person
    IMPORTING
      number        TYPE knvk-parnr
      customer      TYPE kna1
    RETURNING
      VALUE(result) TYPE ty_person
    RAISING
      zcx_gangway_refused.
ENDINTERFACE.
