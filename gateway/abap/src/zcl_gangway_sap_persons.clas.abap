"! Contact persons from KNVK; mail address and telephone from the central address.
CLASS zcl_gangway_sap_persons DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    INTERFACES zif_gangway_persons.

  PRIVATE SECTION.
    TYPES: BEGIN OF ty_contact,
             parnr TYPE knvk-parnr,
             namev TYPE knvk-namev,
             name1 TYPE knvk-name1,
             telf1 TYPE knvk-telf1,
             abtnr TYPE knvk-abtnr,
             pafkt TYPE knvk-pafkt,
             parla TYPE knvk-parla,
             loevm TYPE knvk-loevm,
             prsnr TYPE knvk-prsnr,
           END OF ty_contact.
    TYPES ty_contacts TYPE STANDARD TABLE OF ty_contact WITH DEFAULT KEY.
    TYPES: BEGIN OF ty_mail,
             persnumber TYPE adr6-persnumber,
             consnumber TYPE adr6-consnumber,
             smtp_addr  TYPE adr6-smtp_addr,
           END OF ty_mail.
    TYPES ty_mails TYPE SORTED TABLE OF ty_mail WITH NON-UNIQUE KEY persnumber consnumber.
    TYPES: BEGIN OF ty_phone,
             persnumber TYPE adr2-persnumber,
             consnumber TYPE adr2-consnumber,
             tel_number TYPE adr2-tel_number,
           END OF ty_phone.
    TYPES ty_phones TYPE SORTED TABLE OF ty_phone WITH NON-UNIQUE KEY persnumber consnumber.
    TYPES ty_languages TYPE SORTED TABLE OF t002 WITH UNIQUE KEY spras.

    METHODS mails
      IMPORTING
        customer      TYPE kna1
        contacts      TYPE ty_contacts
      RETURNING
        VALUE(result) TYPE ty_mails.
    METHODS phones
      IMPORTING
        customer      TYPE kna1
        contacts      TYPE ty_contacts
      RETURNING
        VALUE(result) TYPE ty_phones.
    METHODS languages
      IMPORTING
        contacts      TYPE ty_contacts
      RETURNING
        VALUE(result) TYPE ty_languages.
ENDCLASS.



CLASS zcl_gangway_sap_persons IMPLEMENTATION.

  METHOD zif_gangway_persons~of_customer.
    DATA contacts TYPE ty_contacts.
    DATA contact TYPE ty_contact.
    DATA mails TYPE ty_mails.
    DATA mail TYPE ty_mail.
    DATA phones TYPE ty_phones.
    DATA phone TYPE ty_phone.
    DATA languages TYPE ty_languages.
    DATA language TYPE t002.
    DATA person TYPE zgangway_s_person.

    SELECT parnr namev name1 telf1 abtnr pafkt parla loevm prsnr FROM knvk
      INTO TABLE contacts UP TO most ROWS
      WHERE kunnr = customer-kunnr
      ORDER BY parnr.
    IF contacts IS INITIAL.
      RETURN.
    ENDIF.
    mails = mails( customer = customer contacts = contacts ).
    phones = phones( customer = customer contacts = contacts ).
    languages = languages( contacts ).
    LOOP AT contacts INTO contact.
      CLEAR person.
      MOVE-CORRESPONDING contact TO person.
      READ TABLE languages INTO language WITH TABLE KEY spras = contact-parla.
      IF sy-subrc = 0.
        person-spras_iso = language-laiso.
      ENDIF.
      READ TABLE mails INTO mail WITH KEY persnumber = contact-prsnr.
      IF sy-subrc = 0.
        person-smtp_addr = mail-smtp_addr.
      ENDIF.
      READ TABLE phones INTO phone WITH KEY persnumber = contact-prsnr.
      IF sy-subrc = 0.
        person-telf1 = phone-tel_number.
      ENDIF.
      APPEND person TO result.
    ENDLOOP.
  ENDMETHOD.


  METHOD mails.
    " A row without a person is the customer's own.
    SELECT persnumber consnumber smtp_addr FROM adr6 INTO TABLE result
      FOR ALL ENTRIES IN contacts
      WHERE addrnumber = customer-adrnr AND persnumber = contacts-prsnr
        AND persnumber <> space AND flgdefault = 'X'.
  ENDMETHOD.


  METHOD phones.
    SELECT persnumber consnumber tel_number FROM adr2 INTO TABLE result
      FOR ALL ENTRIES IN contacts
      WHERE addrnumber = customer-adrnr AND persnumber = contacts-prsnr
        AND persnumber <> space AND flgdefault = 'X'.
  ENDMETHOD.


  METHOD languages.
    SELECT spras laiso FROM t002 INTO CORRESPONDING FIELDS OF TABLE result
      FOR ALL ENTRIES IN contacts
      WHERE spras = contacts-parla.
  ENDMETHOD.

ENDCLASS.
