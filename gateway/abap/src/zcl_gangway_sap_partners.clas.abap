"! Partners from KNVP, names from KNA1, ADRC and KNVK, words from TPART.
CLASS zcl_gangway_sap_partners DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    INTERFACES zif_gangway_partners.

  PRIVATE SECTION.
    METHODS customer_names
      IMPORTING
        partners      TYPE zif_gangway_partners=>ty_partners
      RETURNING
        VALUE(result) TYPE zif_gangway_partners=>ty_names.
    METHODS contact_names
      IMPORTING
        partners TYPE zif_gangway_partners=>ty_partners
      CHANGING
        names    TYPE zif_gangway_partners=>ty_names.
ENDCLASS.



CLASS zcl_gangway_sap_partners IMPLEMENTATION.

  METHOD zif_gangway_partners~of_customer.
    DATA vkorg TYPE RANGE OF knvp-vkorg.
    DATA vtweg TYPE RANGE OF knvp-vtweg.
    DATA spart TYPE RANGE OF knvp-spart.
    DATA vkorg_row LIKE LINE OF vkorg.
    DATA vtweg_row LIKE LINE OF vtweg.
    DATA spart_row LIKE LINE OF spart.

    IF area-vkorg IS NOT INITIAL.
      vkorg_row-sign = 'I'.
      vkorg_row-option = 'EQ'.
      vkorg_row-low = area-vkorg.
      APPEND vkorg_row TO vkorg.
    ENDIF.
    IF area-vtweg IS NOT INITIAL.
      vtweg_row-sign = 'I'.
      vtweg_row-option = 'EQ'.
      vtweg_row-low = area-vtweg.
      APPEND vtweg_row TO vtweg.
    ENDIF.
    IF area-spart IS NOT INITIAL.
      spart_row-sign = 'I'.
      spart_row-option = 'EQ'.
      spart_row-low = area-spart.
      APPEND spart_row TO spart.
    ENDIF.
    SELECT * FROM knvp INTO TABLE result UP TO most ROWS
      WHERE kunnr = customer AND vkorg IN vkorg AND vtweg IN vtweg AND spart IN spart
      ORDER BY vkorg vtweg spart parvw parza.
  ENDMETHOD.


  METHOD zif_gangway_partners~names.
    IF partners IS INITIAL.
      RETURN.
    ENDIF.
    result = customer_names( partners ).
    contact_names( EXPORTING partners = partners CHANGING names = result ).
  ENDMETHOD.


  METHOD zif_gangway_partners~texts.
    IF partners IS INITIAL.
      RETURN.
    ENDIF.
    SELECT parvw vtext AS text FROM tpart INTO CORRESPONDING FIELDS OF TABLE result
      FOR ALL ENTRIES IN partners
      WHERE spras = sy-langu AND parvw = partners-parvw.
  ENDMETHOD.


  METHOD customer_names.
    TYPES: BEGIN OF ty_customer,
             kunnr TYPE kna1-kunnr,
             name1 TYPE kna1-name1,
             ort01 TYPE kna1-ort01,
             land1 TYPE kna1-land1,
             adrnr TYPE kna1-adrnr,
           END OF ty_customer.
    TYPES: BEGIN OF ty_address,
             addrnumber TYPE adrc-addrnumber,
             date_from  TYPE adrc-date_from,
             name1      TYPE adrc-name1,
             city1      TYPE adrc-city1,
             country    TYPE adrc-country,
           END OF ty_address.
    DATA customers TYPE STANDARD TABLE OF ty_customer WITH DEFAULT KEY.
    DATA customer TYPE ty_customer.
    DATA addresses TYPE SORTED TABLE OF ty_address WITH UNIQUE KEY addrnumber date_from.
    DATA address TYPE ty_address.
    DATA row TYPE zif_gangway_partners=>ty_name.

    SELECT kunnr name1 ort01 land1 adrnr FROM kna1 INTO TABLE customers
      FOR ALL ENTRIES IN partners
      WHERE kunnr = partners-kunn2.
    IF customers IS INITIAL.
      RETURN.
    ENDIF.
    " Versions in another script have a NATION; the one without is the address.
    SELECT addrnumber date_from name1 city1 country FROM adrc INTO TABLE addresses
      FOR ALL ENTRIES IN customers
      WHERE addrnumber = customers-adrnr AND nation = space.
    LOOP AT customers INTO customer.
      row-kind = 'K'.
      row-partner = customer-kunnr.
      row-name = customer-name1.
      row-city = customer-ort01.
      row-land1 = customer-land1.
      " The last one counts: they are sorted by the day they begin.
      LOOP AT addresses INTO address WHERE addrnumber = customer-adrnr.
        row-name = address-name1.
        row-city = address-city1.
        row-land1 = address-country.
      ENDLOOP.
      INSERT row INTO TABLE result.
    ENDLOOP.
  ENDMETHOD.


  METHOD contact_names.
    TYPES: BEGIN OF ty_contact,
             parnr TYPE knvk-parnr,
             namev TYPE knvk-namev,
             name1 TYPE knvk-name1,
           END OF ty_contact.
    DATA contacts TYPE STANDARD TABLE OF ty_contact WITH DEFAULT KEY.
    DATA contact TYPE ty_contact.
    DATA row TYPE zif_gangway_partners=>ty_name.

    SELECT parnr namev name1 FROM knvk INTO TABLE contacts
      FOR ALL ENTRIES IN partners
      WHERE parnr = partners-parnr.
    LOOP AT contacts INTO contact.
      row-kind = 'A'.
      row-partner = contact-parnr.
      row-name = |{ contact-namev } { contact-name1 }|.
      CONDENSE row-name.
      INSERT row INTO TABLE names.
    ENDLOOP.
  ENDMETHOD.

ENDCLASS.
