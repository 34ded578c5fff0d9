CLASS ltc_changes DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    DATA data TYPE REF TO zif_gangway_change_data.

    METHODS setup.
    METHODS add_document
      IMPORTING
        day    TYPE d
        time   TYPE t
        number TYPE cdhdr-changenr
        object TYPE cdhdr-objectclas DEFAULT 'KLIM'.
    METHODS add_position
      IMPORTING
        number TYPE cdhdr-changenr
        field  TYPE cdpos-fname
        key    TYPE cdpos-tabkey DEFAULT '1'
        object TYPE cdhdr-objectclas DEFAULT 'KLIM'.
    METHODS add_item
      IMPORTING
        day      TYPE d
        company  TYPE bsad-bukrs DEFAULT '1000'
        year     TYPE bsad-gjahr DEFAULT '2026'
        number   TYPE bsad-belnr DEFAULT '5'
        line     TYPE bsad-buzei DEFAULT '005'
        kind     TYPE bsad-blart DEFAULT 'RV'
        billing  TYPE bsad-vbeln DEFAULT ''
        special  TYPE bsad-umskz DEFAULT ''
        entered  TYPE d DEFAULT '20260101'
        clearing TYPE bsad-augbl DEFAULT '9'
        customer TYPE bsad-kunnr DEFAULT '0000104711'.
    METHODS documents
      IMPORTING
        day           TYPE d
        time          TYPE t
        number        TYPE cdhdr-changenr DEFAULT ''
        most          TYPE i DEFAULT 100
      RETURNING
        VALUE(result) TYPE string.
    METHODS place
      IMPORTING
        day           TYPE d
        company       TYPE bsad-bukrs DEFAULT ''
        year          TYPE bsad-gjahr DEFAULT '0000'
        number        TYPE bsad-belnr DEFAULT ''
        line          TYPE bsad-buzei DEFAULT '000'
      RETURNING
        VALUE(result) TYPE zif_gangway_change_data=>ty_clearing_place.
    METHODS names
      IMPORTING
        found         TYPE zif_gangway_change_data=>ty_clearings
      RETURNING
        VALUE(result) TYPE string.
    METHODS sql_documents_of_a_second FOR TESTING.
    METHODS sql_documents_of_other_days FOR TESTING.
    METHODS sql_documents_page FOR TESTING.
    METHODS sql_fields_of_documents FOR TESTING.
    METHODS sql_clearings_are_bills FOR TESTING.
    METHODS sql_clearings_behind_a_place FOR TESTING.
    METHODS sql_clearings_page FOR TESTING.
    METHODS sql_late_clearings FOR TESTING.
    METHODS sql_late_clearings_place FOR TESTING.
ENDCLASS.

CLASS ltc_changes IMPLEMENTATION.

  METHOD setup.
    DATA sap TYPE REF TO zcl_gangway_sap_change_data.

    DELETE FROM cdhdr.
    DELETE FROM cdpos.
    DELETE FROM bsad.
    CREATE OBJECT sap.
    data = sap.
  ENDMETHOD.

  METHOD add_document.
    DATA row TYPE cdhdr.

    row-objectclas = object.
    row-objectid = '0000104711'.
    row-changenr = number.
    row-username = 'MEIER'.
    row-udate = day.
    row-utime = time.
    INSERT cdhdr FROM row.
  ENDMETHOD.

  METHOD add_position.
    DATA row TYPE cdpos.

    row-objectclas = object.
    row-objectid = '0000104711'.
    row-changenr = number.
    row-tabname = 'KNKK'.
    row-tabkey = key.
    row-fname = field.
    row-chngind = 'U'.
    INSERT cdpos FROM row.
  ENDMETHOD.

  METHOD add_item.
    DATA row TYPE bsad.

    row-bukrs = company.
    row-kunnr = customer.
    row-umskz = special.
    row-augdt = day.
    row-augbl = clearing.
    row-gjahr = year.
    row-belnr = number.
    row-buzei = line.
    row-blart = kind.
    row-vbeln = billing.
    row-cpudt = entered.
    INSERT bsad FROM row.
  ENDMETHOD.

  METHOD documents.
    DATA after TYPE zif_gangway_change_data=>ty_place.
    DATA found TYPE zif_gangway_change_data=>ty_documents.
    DATA document TYPE zif_gangway_change_data=>ty_document.

    after-udate = day.
    after-utime = time.
    after-changenr = number.
    found = data->documents( object = 'KLIM' after = after most = most ).
    LOOP AT found INTO document.
      cl_abap_unit_assert=>assert_equals( exp = 'MEIER' act = document-username ).
      cl_abap_unit_assert=>assert_equals( exp = '0000104711' act = document-objectid ).
      result = |{ result }{ document-changenr },|.
    ENDLOOP.
  ENDMETHOD.

  METHOD place.
    result-augdt = day.
    result-bukrs = company.
    result-gjahr = year.
    result-belnr = number.
    result-buzei = line.
  ENDMETHOD.

  METHOD names.
    DATA clearing TYPE zif_gangway_change_data=>ty_clearing.

    LOOP AT found INTO clearing.
      result = |{ result }{ clearing-augdt+6(2) }/{ clearing-bukrs }/{ clearing-gjahr }|
            && |/{ clearing-belnr }/{ clearing-buzei },|.
    ENDLOOP.
  ENDMETHOD.

  METHOD sql_documents_of_a_second.
    add_document( day = '20260310' time = '100000' number = '1' ).
    add_document( day = '20260310' time = '100000' number = '3' ).
    add_document( day = '20260310' time = '100000' number = '2' ).
    cl_abap_unit_assert=>assert_equals( exp = '1,2,3,' act = documents( day = '20260310' time = '100000' ) ).
    cl_abap_unit_assert=>assert_equals(
      exp = '2,3,'
      act = documents( day = '20260310' time = '100000' number = '1' ) ).
    cl_abap_unit_assert=>assert_equals(
      exp = ''
      act = documents( day = '20260310' time = '100000' number = '3' ) ).
    cl_abap_unit_assert=>assert_equals( exp = '' act = documents( day = '20260310' time = '100001' ) ).
  ENDMETHOD.

  METHOD sql_documents_of_other_days.
    " Later in the day, and yet before; earlier in the day, and yet behind.
    add_document( day = '20260309' time = '235959' number = '9' ).
    add_document( day = '20260310' time = '095959' number = '8' ).
    add_document( day = '20260311' time = '000000' number = '1' ).
    add_document( day = '20260310' time = '100001' number = '0' ).
    add_document( day = '20260310' time = '110000' number = '7' object = 'DEBI' ).
    cl_abap_unit_assert=>assert_equals(
      exp = '0,1,'
      act = documents( day = '20260310' time = '100000' number = '5' ) ).
  ENDMETHOD.

  METHOD sql_documents_page.
    add_document( day = '20260310' time = '100000' number = '2' ).
    add_document( day = '20260310' time = '100000' number = '1' ).
    add_document( day = '20260309' time = '110000' number = '3' ).
    cl_abap_unit_assert=>assert_equals(
      exp = '3,1,'
      act = documents( day = '20260309' time = '100000' most = 2 ) ).
  ENDMETHOD.

  METHOD sql_fields_of_documents.
    DATA documents TYPE zif_gangway_change_data=>ty_documents.
    DATA document TYPE zif_gangway_change_data=>ty_document.
    DATA fields TYPE zif_gangway_change_data=>ty_fields.
    DATA field TYPE zif_gangway_change_data=>ty_field.
    DATA names TYPE string.

    add_position( number = '1' field = 'KLIMK' ).
    add_position( number = '1' field = 'KLIMK' key = '2' ).
    add_position( number = '1' field = 'CTLPC' ).
    add_position( number = '2' field = 'CRBLB' ).
    add_position( number = '1' field = 'NAME1' object = 'DEBI' ).
    cl_abap_unit_assert=>assert_initial( data->fields( object = 'KLIM' documents = documents ) ).
    document-objectid = '0000104711'.
    document-changenr = '1'.
    APPEND document TO documents.
    fields = data->fields( object = 'KLIM' documents = documents ).
    LOOP AT fields INTO field.
      names = |{ names }{ field-changenr }{ field-tabname }-{ field-fname },|.
    ENDLOOP.
    cl_abap_unit_assert=>assert_equals( exp = '1KNKK-CTLPC,1KNKK-KLIMK,' act = names ).
  ENDMETHOD.

  METHOD sql_clearings_are_bills.
    add_item( day = '20260310' number = '1' kind = 'ZP' ).
    add_item( day = '20260310' number = '2' kind = 'ZP' billing = '90000001' ).
    add_item( day = '20260310' number = '3' kind = 'DR' ).
    add_item( day = '20260310' number = '4' kind = 'DG' ).
    add_item( day = '20260310' number = '5' kind = 'RV' ).
    add_item( day = '20260310' number = '6' kind = 'RV' special = 'A' ).
    cl_abap_unit_assert=>assert_equals(
      exp = '10/1000/2026/2/005,10/1000/2026/3/005,10/1000/2026/4/005,10/1000/2026/5/005,'
      act = names( data->clearings( after = place( '20260310' ) most = 100 ) ) ).
  ENDMETHOD.

  METHOD sql_clearings_behind_a_place.
    DATA after TYPE zif_gangway_change_data=>ty_clearing_place.

    " Each before or at the place by one part of the key, though behind it by all that follow.
    add_item( day = '20260309' company = '3000' year = '2027' number = '9' line = '009' ).
    add_item( day = '20260310' company = '1000' year = '2027' number = '9' line = '009' ).
    add_item( day = '20260310' company = '2000' year = '2025' number = '9' line = '009' ).
    add_item( day = '20260310' company = '2000' year = '2026' number = '4' line = '009' ).
    add_item( day = '20260310' company = '2000' year = '2026' number = '5' line = '004' ).
    add_item( day = '20260310' company = '2000' year = '2026' number = '5' line = '005' ).
    " And behind it the other way round.
    add_item( day = '20260311' company = '1000' year = '2025' number = '1' line = '001' ).
    add_item( day = '20260310' company = '3000' year = '2025' number = '1' line = '001' ).
    add_item( day = '20260310' company = '2000' year = '2027' number = '1' line = '001' ).
    add_item( day = '20260310' company = '2000' year = '2026' number = '6' line = '001' ).
    add_item( day = '20260310' company = '2000' year = '2026' number = '5' line = '006' ).
    after = place( day = '20260310' company = '2000' year = '2026' number = '5' line = '005' ).
    cl_abap_unit_assert=>assert_equals(
      exp = '10/2000/2026/5/006,10/2000/2026/6/001,10/2000/2027/1/001,10/3000/2025/1/001,11/1000/2025/1/001,'
      act = names( data->clearings( after = after most = 100 ) ) ).
    " The same for those dated back: all of them were cleared with something entered since.
    cl_abap_unit_assert=>assert_equals(
      exp = '10/2000/2026/5/006,10/2000/2026/6/001,10/2000/2027/1/001,10/3000/2025/1/001,11/1000/2025/1/001,'
      act = names( data->late_clearings( entered = '20260101' dated_before = '20260401' after = after most = 100 ) ) ).
  ENDMETHOD.

  METHOD sql_clearings_page.
    add_item( day = '20260311' number = '1' ).
    add_item( day = '20260310' number = '2' ).
    add_item( day = '20260309' number = '3' ).
    add_item( day = '20260310' number = '1' ).
    cl_abap_unit_assert=>assert_equals(
      exp = '10/1000/2026/1/005,10/1000/2026/2/005,'
      act = names( data->clearings( after = place( '20260310' ) most = 2 ) ) ).
  ENDMETHOD.

  METHOD sql_late_clearings.
    DATA nowhere TYPE zif_gangway_change_data=>ty_clearing_place.

    " Paid by 9, whose own line was entered on the day.
    add_item( day = '20260201' number = '1' ).
    add_item( day = '20260201' number = '9' kind = 'DZ' entered = '20260310' ).
    " Paid by 8, which was entered the day before.
    add_item( day = '20260201' number = '2' clearing = '8' ).
    add_item( day = '20260201' number = '8' kind = 'DZ' clearing = '8' entered = '20260309' ).
    " Paid on another day, in another company, by another customer, under the same number.
    add_item( day = '20260202' number = '3' ).
    add_item( day = '20260201' number = '4' company = '2000' ).
    add_item( day = '20260201' number = '5' customer = '0000104712' ).
    add_item( day = '20260201' number = '6' special = 'A' ).
    cl_abap_unit_assert=>assert_equals(
      exp = '01/1000/2026/1/005,'
      act = names( data->late_clearings( entered = '20260310' dated_before = '20260202' after = nowhere most = 9 ) ) ).
    cl_abap_unit_assert=>assert_equals(
      exp = ''
      act = names( data->late_clearings( entered = '20260310' dated_before = '20260201' after = nowhere most = 9 ) ) ).
    cl_abap_unit_assert=>assert_equals(
      exp = ''
      act = names( data->late_clearings( entered = '20260311' dated_before = '20260202' after = nowhere most = 9 ) ) ).
  ENDMETHOD.

  METHOD sql_late_clearings_place.
    DATA nowhere TYPE zif_gangway_change_data=>ty_clearing_place.

    " Two lines of the payment do not make the invoice two.
    add_item( day = '20260201' number = '1' ).
    add_item( day = '20260201' number = '2' ).
    add_item( day = '20260201' number = '9' line = '001' kind = 'DZ' entered = '20260310' ).
    add_item( day = '20260201' number = '9' line = '002' kind = 'DZ' entered = '20260310' ).
    cl_abap_unit_assert=>assert_equals(
      exp = '01/1000/2026/1/005,'
      act = names( data->late_clearings( entered = '20260310' dated_before = '20260301' after = nowhere most = 1 ) ) ).
    cl_abap_unit_assert=>assert_equals(
      exp = '01/1000/2026/1/005,01/1000/2026/2/005,'
      act = names( data->late_clearings( entered = '20260310' dated_before = '20260301' after = nowhere most = 9 ) ) ).
  ENDMETHOD.

ENDCLASS.

CLASS ltc_people DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    METHODS setup.
    METHODS add_partner
      IMPORTING
        area     TYPE csequence DEFAULT '10001000'
        function TYPE knvp-parvw DEFAULT 'WE'
        counter  TYPE knvp-parza DEFAULT '000'
        owner    TYPE knvp-kunnr DEFAULT '0000104711'.
    METHODS partners
      IMPORTING
        vkorg         TYPE knvp-vkorg DEFAULT ''
        vtweg         TYPE knvp-vtweg DEFAULT ''
        spart         TYPE knvp-spart DEFAULT ''
        most          TYPE i DEFAULT 100
      RETURNING
        VALUE(result) TYPE string.
    METHODS add_customer
      IMPORTING
        number  TYPE kna1-kunnr
        address TYPE kna1-adrnr DEFAULT ''.
    METHODS add_address
      IMPORTING
        since  TYPE d
        name   TYPE adrc-name1
        nation TYPE adrc-nation DEFAULT ''.
    METHODS name_of
      IMPORTING
        partner       TYPE knvp
        kind          TYPE zgangway_s_partner-kind
        number        TYPE zgangway_s_partner-partner
      RETURNING
        VALUE(result) TYPE string.
    METHODS add_contact
      IMPORTING
        number   TYPE knvk-parnr
        person   TYPE knvk-prsnr DEFAULT ''
        customer TYPE knvk-kunnr DEFAULT '0000104711'.
    METHODS add_mail
      IMPORTING
        person  TYPE adr6-persnumber
        mail    TYPE adr6-smtp_addr
        main    TYPE adr6-flgdefault DEFAULT 'X'
        line    TYPE adr6-consnumber DEFAULT '001'
        address TYPE adr6-addrnumber DEFAULT '0000000711'.
    METHODS add_phone
      IMPORTING
        person  TYPE adr2-persnumber
        phone   TYPE adr2-tel_number
        main    TYPE adr2-flgdefault DEFAULT 'X'.
    METHODS persons
      IMPORTING
        most          TYPE i DEFAULT 100
      RETURNING
        VALUE(result) TYPE zif_gangway_persons=>ty_persons.
    METHODS sql_partners_of_an_area FOR TESTING.
    METHODS sql_partners_in_order FOR TESTING.
    METHODS sql_name_of_the_address FOR TESTING.
    METHODS sql_name_without_address FOR TESTING.
    METHODS sql_name_of_a_contact FOR TESTING.
    METHODS sql_words_of_functions FOR TESTING.
    METHODS sql_persons_in_order FOR TESTING.
    METHODS sql_person_with_its_own_mail FOR TESTING.
    METHODS sql_phone_of_the_old_field FOR TESTING.
    METHODS sql_credit_status FOR TESTING.
ENDCLASS.

CLASS ltc_people IMPLEMENTATION.

  METHOD setup.
    DELETE FROM knvp.
    DELETE FROM kna1.
    DELETE FROM adrc.
    DELETE FROM knvk.
    DELETE FROM adr6.
    DELETE FROM adr2.
    DELETE FROM tpart.
    DELETE FROM t002.
    DELETE FROM vbuk.
  ENDMETHOD.

  METHOD add_partner.
    DATA row TYPE knvp.
    DATA place TYPE c LENGTH 8.

    place = area.
    row-kunnr = owner.
    row-vkorg = place(4).
    row-vtweg = place+4(2).
    row-spart = place+6(2).
    row-parvw = function.
    row-parza = counter.
    INSERT knvp FROM row.
  ENDMETHOD.

  METHOD partners.
    DATA sap TYPE REF TO zcl_gangway_sap_partners.
    DATA area TYPE zif_gangway_partners=>ty_area.
    DATA found TYPE zif_gangway_partners=>ty_partners.
    DATA partner TYPE knvp.

    CREATE OBJECT sap.
    area-vkorg = vkorg.
    area-vtweg = vtweg.
    area-spart = spart.
    found = sap->zif_gangway_partners~of_customer( customer = '0000104711' area = area most = most ).
    LOOP AT found INTO partner.
      result = |{ result }{ partner-vkorg }{ partner-vtweg }{ partner-spart }{ partner-parvw }{ partner-parza },|.
    ENDLOOP.
  ENDMETHOD.

  METHOD add_customer.
    DATA row TYPE kna1.

    row-kunnr = number.
    row-name1 = 'Short name'.
    row-ort01 = 'Short city'.
    row-land1 = 'DE'.
    row-adrnr = address.
    INSERT kna1 FROM row.
  ENDMETHOD.

  METHOD add_address.
    DATA row TYPE adrc.

    row-addrnumber = '0000000711'.
    row-date_from = since.
    row-nation = nation.
    row-name1 = name.
    row-city1 = 'Hamburg'.
    row-country = 'AT'.
    INSERT adrc FROM row.
  ENDMETHOD.

  METHOD name_of.
    DATA sap TYPE REF TO zcl_gangway_sap_partners.
    DATA all TYPE zif_gangway_partners=>ty_partners.
    DATA names TYPE zif_gangway_partners=>ty_names.
    DATA name TYPE zif_gangway_partners=>ty_name.

    CREATE OBJECT sap.
    APPEND partner TO all.
    names = sap->zif_gangway_partners~names( all ).
    READ TABLE names INTO name WITH TABLE KEY kind = kind partner = number.
    IF sy-subrc = 0.
      result = |{ name-name },{ name-city },{ name-land1 }|.
    ENDIF.
  ENDMETHOD.

  METHOD add_contact.
    DATA row TYPE knvk.

    row-parnr = number.
    row-kunnr = customer.
    row-namev = 'Ida'.
    row-name1 = 'Nord'.
    row-telf1 = '040 1'.
    row-abtnr = '0002'.
    row-pafkt = '01'.
    row-parla = 'D'.
    row-prsnr = person.
    row-loevm = 'X'.
    INSERT knvk FROM row.
  ENDMETHOD.

  METHOD add_mail.
    DATA row TYPE adr6.

    row-addrnumber = address.
    row-persnumber = person.
    row-consnumber = line.
    row-flgdefault = main.
    row-smtp_addr = mail.
    INSERT adr6 FROM row.
  ENDMETHOD.

  METHOD add_phone.
    DATA row TYPE adr2.

    row-addrnumber = '0000000711'.
    row-persnumber = person.
    row-consnumber = '001'.
    row-flgdefault = main.
    row-tel_number = phone.
    INSERT adr2 FROM row.
  ENDMETHOD.

  METHOD persons.
    DATA sap TYPE REF TO zcl_gangway_sap_persons.
    DATA customer TYPE kna1.

    CREATE OBJECT sap.
    customer-kunnr = '0000104711'.
    customer-adrnr = '0000000711'.
    result = sap->zif_gangway_persons~of_customer( customer = customer most = most ).
  ENDMETHOD.

  METHOD sql_partners_of_an_area.
    add_partner( area = '10001000' ).
    add_partner( area = '10001200' ).
    add_partner( area = '10001001' ).
    add_partner( area = '20001000' ).
    add_partner( owner = '0000104712' ).
    cl_abap_unit_assert=>assert_equals(
      exp = '10001000WE000,10001001WE000,10001200WE000,20001000WE000,'
      act = partners( ) ).
    cl_abap_unit_assert=>assert_equals(
      exp = '10001000WE000,10001001WE000,10001200WE000,'
      act = partners( vkorg = '1000' ) ).
    cl_abap_unit_assert=>assert_equals( exp = '10001200WE000,' act = partners( vtweg = '12' ) ).
    cl_abap_unit_assert=>assert_equals( exp = '10001001WE000,' act = partners( spart = '01' ) ).
  ENDMETHOD.

  METHOD sql_partners_in_order.
    add_partner( function = 'WE' counter = '001' ).
    add_partner( function = 'WE' counter = '000' ).
    add_partner( function = 'AG' counter = '000' ).
    cl_abap_unit_assert=>assert_equals( exp = '10001000AG000,10001000WE000,' act = partners( most = 2 ) ).
  ENDMETHOD.

  METHOD sql_name_of_the_address.
    DATA partner TYPE knvp.

    partner-kunn2 = '0000104712'.
    add_customer( number = '0000104712' address = '0000000711' ).
    add_address( since = '20200101' name = 'New name' ).
    add_address( since = '00010101' name = 'Old name' ).
    add_address( since = '20210101' name = 'In another script' nation = 'K' ).
    cl_abap_unit_assert=>assert_equals(
      exp = 'New name,Hamburg,AT'
      act = name_of( partner = partner kind = 'K' number = '0000104712' ) ).
  ENDMETHOD.

  METHOD sql_name_without_address.
    DATA partner TYPE knvp.

    partner-kunn2 = '0000104712'.
    add_customer( '0000104712' ).
    add_address( since = '20200101' name = 'Of somebody else' ).
    cl_abap_unit_assert=>assert_equals(
      exp = 'Short name,Short city,DE'
      act = name_of( partner = partner kind = 'K' number = '0000104712' ) ).
  ENDMETHOD.

  METHOD sql_name_of_a_contact.
    DATA partner TYPE knvp.

    partner-parnr = '0000000815'.
    add_contact( number = '0000000815' ).
    cl_abap_unit_assert=>assert_equals(
      exp = 'Ida Nord,,'
      act = name_of( partner = partner kind = 'A' number = '0000000815' ) ).
  ENDMETHOD.

  METHOD sql_words_of_functions.
    DATA sap TYPE REF TO zcl_gangway_sap_partners.
    DATA row TYPE tpart.
    DATA partner TYPE knvp.
    DATA all TYPE zif_gangway_partners=>ty_partners.
    DATA texts TYPE zif_gangway_partners=>ty_texts.
    DATA text TYPE zif_gangway_partners=>ty_text.

    row-spras = sy-langu.
    row-parvw = 'WE'.
    row-vtext = 'Ship-to party'.
    INSERT tpart FROM row.
    row-spras = '3'.
    row-vtext = 'In another language'.
    INSERT tpart FROM row.
    CREATE OBJECT sap.
    cl_abap_unit_assert=>assert_initial( sap->zif_gangway_partners~texts( all ) ).
    partner-parvw = 'WE'.
    APPEND partner TO all.
    APPEND partner TO all.
    texts = sap->zif_gangway_partners~texts( all ).
    READ TABLE texts INTO text INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = 'Ship-to party' act = text-text ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = lines( texts ) ).
  ENDMETHOD.

  METHOD sql_persons_in_order.
    DATA found TYPE zif_gangway_persons=>ty_persons.
    DATA person TYPE zgangway_s_person.

    add_contact( number = '0000000003' ).
    add_contact( number = '0000000001' ).
    add_contact( number = '0000000002' customer = '0000104712' ).
    add_contact( number = '0000000004' ).
    found = persons( most = 2 ).
    cl_abap_unit_assert=>assert_equals( exp = 2 act = lines( found ) ).
    READ TABLE found INTO person INDEX 2.
    cl_abap_unit_assert=>assert_equals( exp = '0000000003' act = person-parnr ).
    cl_abap_unit_assert=>assert_equals( exp = 'Ida' act = person-namev ).
    cl_abap_unit_assert=>assert_equals( exp = 'Nord' act = person-name1 ).
    cl_abap_unit_assert=>assert_equals( exp = '0002' act = person-abtnr ).
    cl_abap_unit_assert=>assert_equals( exp = '01' act = person-pafkt ).
    cl_abap_unit_assert=>assert_equals( exp = 'X' act = person-loevm ).
  ENDMETHOD.

  METHOD sql_person_with_its_own_mail.
    DATA found TYPE zif_gangway_persons=>ty_persons.
    DATA person TYPE zgangway_s_person.
    DATA language TYPE t002.

    language-spras = 'D'.
    language-laiso = 'DE'.
    INSERT t002 FROM language.
    add_contact( number = '0000000001' person = '0000000021' ).
    add_contact( number = '0000000002' ).
    add_mail( person = '' mail = 'info@example.com' ).
    add_mail( person = '0000000021' mail = 'other@example.com' main = '' ).
    add_mail( person = '0000000021' mail = 'ida@example.com' line = '002' ).
    add_mail( person = '0000000021' mail = 'elsewhere@example.com' address = '0000000712' ).
    add_phone( person = '0000000021' phone = '+49 40 555' ).
    add_phone( person = '' phone = '+49 40 1' ).
    found = persons( ).
    READ TABLE found INTO person INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = 'ida@example.com' act = person-smtp_addr ).
    cl_abap_unit_assert=>assert_equals( exp = '+49 40 555' act = person-telf1 ).
    cl_abap_unit_assert=>assert_equals( exp = 'DE' act = person-spras_iso ).
    " Without an address of its own, and above all without the customer's.
    READ TABLE found INTO person INDEX 2.
    cl_abap_unit_assert=>assert_initial( person-smtp_addr ).
    cl_abap_unit_assert=>assert_equals( exp = '040 1' act = person-telf1 ).
  ENDMETHOD.

  METHOD sql_phone_of_the_old_field.
    DATA found TYPE zif_gangway_persons=>ty_persons.
    DATA person TYPE zgangway_s_person.

    add_contact( number = '0000000001' person = '0000000021' ).
    add_phone( person = '0000000021' phone = '+49 40 555' main = '' ).
    found = persons( ).
    READ TABLE found INTO person INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = '040 1' act = person-telf1 ).
  ENDMETHOD.

  METHOD sql_credit_status.
    DATA sap TYPE REF TO zcl_gangway_sap_order_writer.
    DATA row TYPE vbuk.

    row-vbeln = '0000012345'.
    row-cmgst = 'B'.
    INSERT vbuk FROM row.
    CREATE OBJECT sap.
    cl_abap_unit_assert=>assert_equals(
      exp = 'B'
      act = sap->zif_gangway_order_writer~credit_status( '0000012345' ) ).
    cl_abap_unit_assert=>assert_initial( sap->zif_gangway_order_writer~credit_status( '0000012346' ) ).
  ENDMETHOD.

ENDCLASS.
