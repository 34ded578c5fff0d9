"! The contact person SAP's maintenance takes, out of the fields of the contract.
CLASS zcl_gangway_contact_rows DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    TYPES: BEGIN OF ty_wish,
             values TYPE zgangway_s_contact,
             marks  TYPE zgangway_s_contactx,
           END OF ty_wish.

    METHODS constructor
      IMPORTING
        customizing TYPE REF TO zif_gangway_customizing.
    "! A new contact person is written whole, whatever is marked.
    METHODS whole
      IMPORTING
        values        TYPE zgangway_s_contact
      RETURNING
        VALUE(result) TYPE ty_wish.
    METHODS check
      IMPORTING
        wish          TYPE ty_wish
      RETURNING
        VALUE(result) TYPE zcl_gangway_messages=>ty_messages.
    "! What is not marked is not handed over, so SAP leaves it as it is.
    METHODS row
      IMPORTING
        person        TYPE zif_gangway_contacts=>ty_person
        customer      TYPE kna1
        wish          TYPE ty_wish
      RETURNING
        VALUE(result) TYPE cmds_ei_contacts.

  PRIVATE SECTION.
    CONSTANTS: BEGIN OF task,
                 insert TYPE cmds_ei_contacts-task VALUE 'I',
                 update TYPE cmds_ei_contacts-task VALUE 'U',
                 delete TYPE cmds_ei_contacts-task VALUE 'D',
               END OF task.

    DATA customizing TYPE REF TO zif_gangway_customizing.

    METHODS names
      IMPORTING
        person TYPE zif_gangway_contacts=>ty_person
        wish   TYPE ty_wish
      CHANGING
        row    TYPE cmds_ei_contacts.
    METHODS language
      IMPORTING
        customer TYPE kna1
        wish     TYPE ty_wish
      CHANGING
        row      TYPE cmds_ei_contacts.
    METHODS email
      IMPORTING
        person TYPE zif_gangway_contacts=>ty_person
        wish   TYPE ty_wish
      CHANGING
        row    TYPE cmds_ei_contacts.
    METHODS phone
      IMPORTING
        person   TYPE zif_gangway_contacts=>ty_person
        customer TYPE kna1
        wish     TYPE ty_wish
      CHANGING
        row      TYPE cmds_ei_contacts.
    METHODS task_for
      IMPORTING
        value         TYPE csequence
        is_there      TYPE abap_bool
      RETURNING
        VALUE(result) TYPE cmds_ei_contacts-task.
ENDCLASS.



CLASS zcl_gangway_contact_rows IMPLEMENTATION.

  METHOD constructor.
    me->customizing = customizing.
  ENDMETHOD.


  METHOD whole.
    result-values = values.
    result-marks-namev = 'X'.
    result-marks-name1 = 'X'.
    result-marks-spras_iso = 'X'.
    result-marks-telf1 = 'X'.
    result-marks-smtp_addr = 'X'.
    result-marks-abtnr = 'X'.
    result-marks-pafkt = 'X'.
  ENDMETHOD.


  METHOD check.
    DATA message TYPE bapiret2.

    IF wish-marks-name1 = 'X' AND wish-values-name1 IS INITIAL.
      message = zcl_gangway_messages=>build( number    = '004'
                                             v1        = 'NAME1'
                                             parameter = 'IS_CONTACT'
                                             field     = 'NAME1' ).
      APPEND message TO result.
    ENDIF.
    IF wish-marks-spras_iso = 'X' AND wish-values-spras_iso IS NOT INITIAL
        AND customizing->language( wish-values-spras_iso ) IS INITIAL.
      message = zcl_gangway_messages=>build( number    = '005'
                                             v1        = 'SPRAS_ISO'
                                             v2        = wish-values-spras_iso
                                             parameter = 'IS_CONTACT'
                                             field     = 'SPRAS_ISO' ).
      APPEND message TO result.
    ENDIF.
    " Department and function are left to SAP, which checks them against its own customizing.
  ENDMETHOD.


  METHOD row.
    result-data_key-parnr = person-parnr.
    result-task = task-update.
    IF person-parnr IS INITIAL.
      result-task = task-insert.
    ENDIF.
    IF wish-marks-abtnr = 'X'.
      result-data-abtnr = wish-values-abtnr.
      result-datax-abtnr = 'X'.
    ENDIF.
    IF wish-marks-pafkt = 'X'.
      result-data-pafkt = wish-values-pafkt.
      result-datax-pafkt = 'X'.
    ENDIF.
    result-address_type_3-task = task-update.
    IF person-prsnr IS INITIAL.
      result-address_type_3-task = task-insert.
    ENDIF.
    names( EXPORTING person = person wish = wish CHANGING row = result ).
    language( EXPORTING customer = customer wish = wish CHANGING row = result ).
    email( EXPORTING person = person wish = wish CHANGING row = result ).
    phone( EXPORTING person = person customer = customer wish = wish CHANGING row = result ).
  ENDMETHOD.


  METHOD names.
    DATA is_new TYPE abap_bool.

    " A contact person of old may have no central address yet; the first one needs the names, marked or not.
    is_new = boolc( person-prsnr IS INITIAL ).
    IF wish-marks-namev = 'X'.
      row-address_type_3-postal-data-firstname = wish-values-namev.
      row-address_type_3-postal-datax-firstname = 'X'.
    ELSEIF is_new = abap_true.
      row-address_type_3-postal-data-firstname = person-namev.
      row-address_type_3-postal-datax-firstname = 'X'.
    ENDIF.
    IF wish-marks-name1 = 'X'.
      row-address_type_3-postal-data-lastname = wish-values-name1.
      row-address_type_3-postal-datax-lastname = 'X'.
    ELSEIF is_new = abap_true.
      row-address_type_3-postal-data-lastname = person-name1.
      row-address_type_3-postal-datax-lastname = 'X'.
    ENDIF.
  ENDMETHOD.


  METHOD language.
    IF wish-marks-spras_iso <> 'X'.
      RETURN.
    ENDIF.
    " A person without a language of its own is written to in the customer's.
    row-address_type_3-postal-data-langu_p = customer-spras.
    IF wish-values-spras_iso IS NOT INITIAL.
      row-address_type_3-postal-data-langu_p = customizing->language( wish-values-spras_iso ).
    ENDIF.
    row-address_type_3-postal-datax-langu_p = 'X'.
  ENDMETHOD.


  METHOD email.
    DATA line TYPE cvis_ei_smtp_str.
    DATA is_there TYPE abap_bool.

    is_there = boolc( person-email_number IS NOT INITIAL ).
    line-contact-task = task_for( value = wish-values-smtp_addr is_there = is_there ).
    IF wish-marks-smtp_addr <> 'X' OR line-contact-task IS INITIAL.
      RETURN.
    ENDIF.
    line-contact-data-e_mail = wish-values-smtp_addr.
    line-contact-datax-e_mail = 'X'.
    line-contact-data-std_no = 'X'.
    line-contact-datax-std_no = 'X'.
    IF is_there = abap_true.
      " By its number, so that further addresses of the person stay.
      line-contact-data-consnumber = person-email_number.
      line-contact-datax-consnumber = 'X'.
    ENDIF.
    APPEND line TO row-address_type_3-communication-smtp-smtp.
  ENDMETHOD.


  METHOD phone.
    DATA line TYPE cvis_ei_phone_str.
    DATA is_there TYPE abap_bool.

    is_there = boolc( person-phone_number IS NOT INITIAL ).
    line-contact-task = task_for( value = wish-values-telf1 is_there = is_there ).
    IF wish-marks-telf1 <> 'X' OR line-contact-task IS INITIAL.
      RETURN.
    ENDIF.
    line-contact-data-country = customer-land1.
    line-contact-datax-country = 'X'.
    line-contact-data-telephone = wish-values-telf1.
    line-contact-datax-telephone = 'X'.
    " The number comes whole; an extension that is left from before would be dialled after it.
    line-contact-datax-extension = 'X'.
    line-contact-data-std_no = 'X'.
    line-contact-datax-std_no = 'X'.
    IF is_there = abap_true.
      line-contact-data-consnumber = person-phone_number.
      line-contact-datax-consnumber = 'X'.
    ENDIF.
    APPEND line TO row-address_type_3-communication-phone-phone.
  ENDMETHOD.


  METHOD task_for.
    IF value IS INITIAL.
      IF is_there = abap_true.
        result = task-delete.
      ENDIF.
      RETURN.
    ENDIF.
    result = task-insert.
    IF is_there = abap_true.
      result = task-update.
    ENDIF.
  ENDMETHOD.

ENDCLASS.
