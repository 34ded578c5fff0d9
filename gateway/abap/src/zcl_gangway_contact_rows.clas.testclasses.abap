CLASS ltd_customizing DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_customizing.
    DATA account TYPE knb1-akont VALUE '0000140000'.
    DATA unknown TYPE string.
ENDCLASS.

CLASS ltd_customizing IMPLEMENTATION.

  METHOD zif_gangway_customizing~has_account_group.
    result = boolc( unknown <> 'has_account_group' ).
  ENDMETHOD.

  METHOD zif_gangway_customizing~has_country.
    result = boolc( unknown <> 'has_country' ).
  ENDMETHOD.

  METHOD zif_gangway_customizing~has_partner_function.
    result = boolc( unknown <> 'has_partner_function' ).
  ENDMETHOD.

  METHOD zif_gangway_customizing~has_region.
    result = boolc( unknown <> 'has_region' ).
  ENDMETHOD.

  METHOD zif_gangway_customizing~has_company_code.
    result = boolc( unknown <> 'has_company_code' ).
  ENDMETHOD.

  METHOD zif_gangway_customizing~has_sales_area.
    result = boolc( unknown <> 'has_sales_area' ).
  ENDMETHOD.

  METHOD zif_gangway_customizing~has_currency.
    result = boolc( unknown <> 'has_currency' ).
  ENDMETHOD.

  METHOD zif_gangway_customizing~has_terms.
    result = boolc( unknown <> 'has_terms' ).
  ENDMETHOD.

  METHOD zif_gangway_customizing~language.
    IF unknown <> 'language' AND iso_code IS NOT INITIAL.
      result = 'D'.
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_customizing~reconciliation_account.
    result = account.
  ENDMETHOD.

  METHOD zif_gangway_customizing~sales_defaults.
    result-ktgrd = '01'.
    result-kalks = '1'.
    result-vsbed = '02'.
    result-taxkd = '1'.
  ENDMETHOD.

  METHOD zif_gangway_customizing~taxes.
    DATA tax TYPE zif_gangway_customizing=>ty_tax.

    tax-aland = 'DE'.
    tax-tatyp = 'MWST'.
    APPEND tax TO result.
  ENDMETHOD.

ENDCLASS.

CLASS ltc_contact_rows DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    DATA customizing TYPE REF TO ltd_customizing.
    DATA rows TYPE REF TO zcl_gangway_contact_rows.
    DATA person TYPE zif_gangway_contacts=>ty_person.
    DATA customer TYPE kna1.
    DATA wish TYPE zcl_gangway_contact_rows=>ty_wish.

    METHODS setup.
    METHODS known_person.
    METHODS built
      RETURNING
        VALUE(result) TYPE cmds_ei_contacts.
    METHODS email
      RETURNING
        VALUE(result) TYPE cvis_ei_smtp_str.
    METHODS phone
      RETURNING
        VALUE(result) TYPE cvis_ei_phone_str.
    METHODS first_message
      RETURNING
        VALUE(result) TYPE bapiret2.
    METHODS new_person_is_written_whole FOR TESTING.
    METHODS new_person_takes_own_language FOR TESTING.
    METHODS new_person_without_language FOR TESTING.
    METHODS new_person_has_no_empty_mail FOR TESTING.
    METHODS unmarked_fields_are_left_out FOR TESTING.
    METHODS marked_fields_go_along FOR TESTING.
    METHODS cleared_language_is_customers FOR TESTING.
    METHODS known_mail_keeps_its_number FOR TESTING.
    METHODS cleared_mail_is_deleted FOR TESTING.
    METHODS first_mail_is_added FOR TESTING.
    METHODS known_phone_keeps_its_number FOR TESTING.
    METHODS cleared_phone_is_deleted FOR TESTING.
    METHODS first_phone_is_added FOR TESTING.
    METHODS first_address_needs_the_names FOR TESTING.
    METHODS name_is_required FOR TESTING.
    METHODS name_may_stay FOR TESTING.
    METHODS unknown_language_is_refused FOR TESTING.
ENDCLASS.

CLASS ltc_contact_rows IMPLEMENTATION.

  METHOD setup.
    CREATE OBJECT customizing.
    CREATE OBJECT rows
      EXPORTING
        customizing = customizing.
    CLEAR: person, customer, wish.
    customer-kunnr = '0000104713'.
    customer-land1 = 'FR'.
    customer-spras = 'F'.
    wish-values-namev = 'Greta'.
    wish-values-name1 = 'Thorsen'.
    wish-values-spras_iso = 'DE'.
    wish-values-telf1 = '+49 40 123456'.
    wish-values-smtp_addr = 'greta@example.com'.
    wish-values-abtnr = '0003'.
    wish-values-pafkt = '01'.
  ENDMETHOD.

  METHOD known_person.
    person-parnr = '0000000815'.
    person-prsnr = '0000004711'.
    person-namev = 'Grete'.
    person-name1 = 'Thor'.
    person-email_number = '002'.
    person-phone_number = '003'.
  ENDMETHOD.

  METHOD built.
    result = rows->row( person = person customer = customer wish = wish ).
  ENDMETHOD.

  METHOD email.
    DATA row TYPE cmds_ei_contacts.

    row = built( ).
    READ TABLE row-address_type_3-communication-smtp-smtp INTO result INDEX 1.
  ENDMETHOD.

  METHOD phone.
    DATA row TYPE cmds_ei_contacts.

    row = built( ).
    READ TABLE row-address_type_3-communication-phone-phone INTO result INDEX 1.
  ENDMETHOD.

  METHOD first_message.
    DATA messages TYPE zcl_gangway_messages=>ty_messages.

    messages = rows->check( wish ).
    READ TABLE messages INTO result INDEX 1.
  ENDMETHOD.

  METHOD new_person_is_written_whole.
    DATA row TYPE cmds_ei_contacts.
    DATA mail TYPE cvis_ei_smtp_str.
    DATA call TYPE cvis_ei_phone_str.

    wish = rows->whole( wish-values ).
    row = built( ).
    cl_abap_unit_assert=>assert_equals( exp = 'I' act = row-task ).
    cl_abap_unit_assert=>assert_initial( row-data_key-parnr ).
    cl_abap_unit_assert=>assert_equals( exp = 'I' act = row-address_type_3-task ).
    cl_abap_unit_assert=>assert_equals( exp = 'Greta' act = row-address_type_3-postal-data-firstname ).
    cl_abap_unit_assert=>assert_equals( exp = 'X' act = row-address_type_3-postal-datax-firstname ).
    cl_abap_unit_assert=>assert_equals( exp = 'Thorsen' act = row-address_type_3-postal-data-lastname ).
    cl_abap_unit_assert=>assert_equals( exp = 'X' act = row-address_type_3-postal-datax-lastname ).
    cl_abap_unit_assert=>assert_equals( exp = '0003' act = row-data-abtnr ).
    cl_abap_unit_assert=>assert_equals( exp = 'X' act = row-datax-abtnr ).
    cl_abap_unit_assert=>assert_equals( exp = '01' act = row-data-pafkt ).
    cl_abap_unit_assert=>assert_equals( exp = 'X' act = row-datax-pafkt ).
    mail = email( ).
    cl_abap_unit_assert=>assert_equals( exp = 'I' act = mail-contact-task ).
    cl_abap_unit_assert=>assert_equals( exp = 'greta@example.com' act = mail-contact-data-e_mail ).
    cl_abap_unit_assert=>assert_equals( exp = 'X' act = mail-contact-data-std_no ).
    call = phone( ).
    cl_abap_unit_assert=>assert_equals( exp = 'I' act = call-contact-task ).
    cl_abap_unit_assert=>assert_equals( exp = '+49 40 123456' act = call-contact-data-telephone ).
    cl_abap_unit_assert=>assert_equals( exp = 'FR' act = call-contact-data-country ).
  ENDMETHOD.

  METHOD new_person_takes_own_language.
    DATA row TYPE cmds_ei_contacts.

    wish = rows->whole( wish-values ).
    row = built( ).
    cl_abap_unit_assert=>assert_equals( exp = 'D' act = row-address_type_3-postal-data-langu_p ).
    cl_abap_unit_assert=>assert_equals( exp = 'X' act = row-address_type_3-postal-datax-langu_p ).
  ENDMETHOD.

  METHOD new_person_without_language.
    DATA row TYPE cmds_ei_contacts.

    CLEAR wish-values-spras_iso.
    wish = rows->whole( wish-values ).
    row = built( ).
    cl_abap_unit_assert=>assert_equals( exp = 'F' act = row-address_type_3-postal-data-langu_p ).
    cl_abap_unit_assert=>assert_equals( exp = 'X' act = row-address_type_3-postal-datax-langu_p ).
  ENDMETHOD.

  METHOD new_person_has_no_empty_mail.
    CLEAR: wish-values-smtp_addr, wish-values-telf1.
    wish = rows->whole( wish-values ).
    cl_abap_unit_assert=>assert_initial( email( ) ).
    cl_abap_unit_assert=>assert_initial( phone( ) ).
  ENDMETHOD.

  METHOD unmarked_fields_are_left_out.
    DATA row TYPE cmds_ei_contacts.

    known_person( ).
    row = built( ).
    cl_abap_unit_assert=>assert_equals( exp = 'U' act = row-task ).
    cl_abap_unit_assert=>assert_equals( exp = '0000000815' act = row-data_key-parnr ).
    cl_abap_unit_assert=>assert_equals( exp = 'U' act = row-address_type_3-task ).
    cl_abap_unit_assert=>assert_initial( row-datax-abtnr ).
    cl_abap_unit_assert=>assert_initial( row-datax-pafkt ).
    cl_abap_unit_assert=>assert_initial( row-address_type_3-postal-datax-firstname ).
    cl_abap_unit_assert=>assert_initial( row-address_type_3-postal-datax-lastname ).
    cl_abap_unit_assert=>assert_initial( row-address_type_3-postal-datax-langu_p ).
    cl_abap_unit_assert=>assert_initial( email( ) ).
    cl_abap_unit_assert=>assert_initial( phone( ) ).
  ENDMETHOD.

  METHOD marked_fields_go_along.
    DATA row TYPE cmds_ei_contacts.

    known_person( ).
    CLEAR wish-values-abtnr.
    wish-marks-abtnr = 'X'.
    wish-marks-name1 = 'X'.
    row = built( ).
    cl_abap_unit_assert=>assert_initial( row-data-abtnr ).
    cl_abap_unit_assert=>assert_equals( exp = 'X' act = row-datax-abtnr ).
    cl_abap_unit_assert=>assert_equals( exp = 'Thorsen' act = row-address_type_3-postal-data-lastname ).
    cl_abap_unit_assert=>assert_initial( row-address_type_3-postal-datax-firstname ).
  ENDMETHOD.

  METHOD cleared_language_is_customers.
    DATA row TYPE cmds_ei_contacts.

    known_person( ).
    CLEAR wish-values-spras_iso.
    wish-marks-spras_iso = 'X'.
    row = built( ).
    cl_abap_unit_assert=>assert_equals( exp = 'F' act = row-address_type_3-postal-data-langu_p ).
    cl_abap_unit_assert=>assert_equals( exp = 'X' act = row-address_type_3-postal-datax-langu_p ).
  ENDMETHOD.

  METHOD known_mail_keeps_its_number.
    DATA mail TYPE cvis_ei_smtp_str.

    known_person( ).
    wish-marks-smtp_addr = 'X'.
    mail = email( ).
    cl_abap_unit_assert=>assert_equals( exp = 'U' act = mail-contact-task ).
    cl_abap_unit_assert=>assert_equals( exp = '002' act = mail-contact-data-consnumber ).
    cl_abap_unit_assert=>assert_equals( exp = 'X' act = mail-contact-datax-consnumber ).
    cl_abap_unit_assert=>assert_equals( exp = 'greta@example.com' act = mail-contact-data-e_mail ).
    cl_abap_unit_assert=>assert_equals( exp = 'X' act = mail-contact-datax-e_mail ).
  ENDMETHOD.

  METHOD cleared_mail_is_deleted.
    DATA mail TYPE cvis_ei_smtp_str.

    known_person( ).
    wish-marks-smtp_addr = 'X'.
    CLEAR wish-values-smtp_addr.
    mail = email( ).
    cl_abap_unit_assert=>assert_equals( exp = 'D' act = mail-contact-task ).
    cl_abap_unit_assert=>assert_equals( exp = '002' act = mail-contact-data-consnumber ).
  ENDMETHOD.

  METHOD first_mail_is_added.
    DATA mail TYPE cvis_ei_smtp_str.

    known_person( ).
    CLEAR person-email_number.
    wish-marks-smtp_addr = 'X'.
    mail = email( ).
    cl_abap_unit_assert=>assert_equals( exp = 'I' act = mail-contact-task ).
    cl_abap_unit_assert=>assert_initial( mail-contact-datax-consnumber ).
  ENDMETHOD.

  METHOD known_phone_keeps_its_number.
    DATA call TYPE cvis_ei_phone_str.

    known_person( ).
    wish-marks-telf1 = 'X'.
    call = phone( ).
    cl_abap_unit_assert=>assert_equals( exp = 'U' act = call-contact-task ).
    cl_abap_unit_assert=>assert_equals( exp = '003' act = call-contact-data-consnumber ).
    cl_abap_unit_assert=>assert_equals( exp = 'X' act = call-contact-datax-consnumber ).
    cl_abap_unit_assert=>assert_equals( exp = 'X' act = call-contact-datax-telephone ).
    cl_abap_unit_assert=>assert_equals( exp = 'X' act = call-contact-datax-extension ).
    cl_abap_unit_assert=>assert_initial( call-contact-data-extension ).
  ENDMETHOD.

  METHOD cleared_phone_is_deleted.
    DATA call TYPE cvis_ei_phone_str.

    known_person( ).
    wish-marks-telf1 = 'X'.
    CLEAR wish-values-telf1.
    call = phone( ).
    cl_abap_unit_assert=>assert_equals( exp = 'D' act = call-contact-task ).
    cl_abap_unit_assert=>assert_equals( exp = '003' act = call-contact-data-consnumber ).
  ENDMETHOD.

  METHOD first_phone_is_added.
    DATA call TYPE cvis_ei_phone_str.

    known_person( ).
    CLEAR person-phone_number.
    wish-marks-telf1 = 'X'.
    call = phone( ).
    cl_abap_unit_assert=>assert_equals( exp = 'I' act = call-contact-task ).
    cl_abap_unit_assert=>assert_initial( call-contact-datax-consnumber ).
  ENDMETHOD.

  METHOD first_address_needs_the_names.
    DATA row TYPE cmds_ei_contacts.

    known_person( ).
    CLEAR person-prsnr.
    wish-marks-namev = 'X'.
    row = built( ).
    cl_abap_unit_assert=>assert_equals( exp = 'U' act = row-task ).
    cl_abap_unit_assert=>assert_equals( exp = 'I' act = row-address_type_3-task ).
    cl_abap_unit_assert=>assert_equals( exp = 'Greta' act = row-address_type_3-postal-data-firstname ).
    cl_abap_unit_assert=>assert_equals( exp = 'Thor' act = row-address_type_3-postal-data-lastname ).
    cl_abap_unit_assert=>assert_equals( exp = 'X' act = row-address_type_3-postal-datax-lastname ).
    CLEAR wish-marks-namev.
    row = built( ).
    cl_abap_unit_assert=>assert_equals( exp = 'Grete' act = row-address_type_3-postal-data-firstname ).
    cl_abap_unit_assert=>assert_equals( exp = 'X' act = row-address_type_3-postal-datax-firstname ).
  ENDMETHOD.

  METHOD name_is_required.
    DATA message TYPE bapiret2.

    CLEAR wish-values-name1.
    wish-marks-name1 = 'X'.
    message = first_message( ).
    cl_abap_unit_assert=>assert_equals( exp = '004' act = message-number ).
    cl_abap_unit_assert=>assert_equals( exp = 'NAME1' act = message-field ).
    cl_abap_unit_assert=>assert_equals( exp = 'IS_CONTACT' act = message-parameter ).
  ENDMETHOD.

  METHOD name_may_stay.
    CLEAR wish-values-name1.
    cl_abap_unit_assert=>assert_initial( first_message( ) ).
  ENDMETHOD.

  METHOD unknown_language_is_refused.
    DATA message TYPE bapiret2.

    customizing->unknown = 'language'.
    cl_abap_unit_assert=>assert_initial( first_message( ) ).
    wish-marks-spras_iso = 'X'.
    message = first_message( ).
    cl_abap_unit_assert=>assert_equals( exp = '005' act = message-number ).
    cl_abap_unit_assert=>assert_equals( exp = 'DE' act = message-message_v2 ).
    CLEAR wish-values-spras_iso.
    cl_abap_unit_assert=>assert_initial( first_message( ) ).
  ENDMETHOD.

ENDCLASS.
