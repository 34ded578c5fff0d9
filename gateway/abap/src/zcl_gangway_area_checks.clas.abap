"! Says everything that is wrong with partner functions and tax classifications of a new customer.
CLASS zcl_gangway_area_checks DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    METHODS constructor
      IMPORTING
        customizing TYPE REF TO zif_gangway_customizing
        customers   TYPE REF TO zif_gangway_customers.
    METHODS check
      IMPORTING
        new_customer  TYPE zif_gangway_customer_writer=>ty_new_customer
      RETURNING
        VALUE(result) TYPE zcl_gangway_messages=>ty_messages.

  PRIVATE SECTION.
    TYPES ty_numbers TYPE STANDARD TABLE OF string WITH DEFAULT KEY.

    DATA customizing TYPE REF TO zif_gangway_customizing.
    DATA customers TYPE REF TO zif_gangway_customers.
    DATA messages TYPE zcl_gangway_messages=>ty_messages.

    METHODS check_partner
      IMPORTING
        partner TYPE zgangway_s_partner_new
        sales   TYPE zgangway_s_sales
        row     TYPE i.
    METHODS check_number
      IMPORTING
        partner TYPE zgangway_s_partner_new
        row     TYPE i.
    METHODS given_numbers
      IMPORTING
        partner       TYPE zgangway_s_partner_new
      RETURNING
        VALUE(result) TYPE ty_numbers.
    METHODS check_sold_to
      IMPORTING
        partners TYPE zif_gangway_customer_writer=>ty_partners.
    METHODS check_taxes
      IMPORTING
        taxes TYPE zif_gangway_customer_writer=>ty_taxes.
    METHODS check_categories
      IMPORTING
        new_customer TYPE zif_gangway_customer_writer=>ty_new_customer.
    METHODS say
      IMPORTING
        number    TYPE bapiret2-number
        v1        TYPE clike
        v2        TYPE clike OPTIONAL
        parameter TYPE bapiret2-parameter
        field     TYPE bapiret2-field
        row       TYPE i.
ENDCLASS.



CLASS zcl_gangway_area_checks IMPLEMENTATION.

  METHOD constructor.
    me->customizing = customizing.
    me->customers = customers.
  ENDMETHOD.


  METHOD check.
    DATA partner TYPE zgangway_s_partner_new.
    DATA row TYPE i.

    CLEAR messages.
    LOOP AT new_customer-partners INTO partner.
      row = sy-tabix.
      check_partner( partner = partner sales = new_customer-sales row = row ).
    ENDLOOP.
    check_sold_to( new_customer-partners ).
    check_taxes( new_customer-taxes ).
    check_categories( new_customer ).
    result = messages.
  ENDMETHOD.


  METHOD check_partner.
    DATA given TYPE string.
    DATA own TYPE string.

    IF partner-parvw IS INITIAL.
      say( number = '004' v1 = 'PARVW' parameter = 'IT_PARTNERS' field = 'PARVW' row = row ).
    ELSEIF customizing->has_partner_function( partner-parvw ) = abap_false.
      " SAP's function writes what screens would refuse.
      say( number = '005' v1 = 'PARVW' v2 = partner-parvw parameter = 'IT_PARTNERS' field = 'PARVW' row = row ).
    ENDIF.
    given = |{ partner-vkorg }/{ partner-vtweg }/{ partner-spart }|.
    own = |{ sales-vkorg }/{ sales-vtweg }/{ sales-spart }|.
    " One sales area is created, and a partner of another one would hang in the air.
    IF given <> '//' AND given <> own.
      say( number = '017' v1 = given v2 = own parameter = 'IT_PARTNERS' field = 'VKORG' row = row ).
    ENDIF.
    check_number( partner = partner row = row ).
  ENDMETHOD.


  METHOD check_number.
    DATA numbers TYPE ty_numbers.
    DATA all TYPE string.
    DATA refused TYPE REF TO zcx_gangway_refused.

    numbers = given_numbers( partner ).
    " The sold-to of a customer is the customer; two numbers are two partners.
    IF lines( numbers ) > 1 OR ( lines( numbers ) = 1 AND partner-parvw = 'AG' ).
      CONCATENATE LINES OF numbers INTO all SEPARATED BY space.
      say( number = '020' v1 = partner-parvw v2 = all parameter = 'IT_PARTNERS' field = 'PARVW' row = row ).
      RETURN.
    ENDIF.
    IF partner-kunn2 IS INITIAL.
      RETURN.
    ENDIF.
    TRY.
        customers->general( partner-kunn2 ).
      CATCH zcx_gangway_refused INTO refused.
        say( number = '005' v1 = 'KUNN2' v2 = refused->message-message_v1
             parameter = 'IT_PARTNERS' field = 'KUNN2' row = row ).
    ENDTRY.
  ENDMETHOD.


  METHOD given_numbers.
    DATA number TYPE string.

    IF partner-kunn2 IS NOT INITIAL.
      number = partner-kunn2.
      APPEND number TO result.
    ENDIF.
    IF partner-lifnr IS NOT INITIAL.
      number = partner-lifnr.
      APPEND number TO result.
    ENDIF.
    IF partner-pernr IS NOT INITIAL.
      number = partner-pernr.
      APPEND number TO result.
    ENDIF.
    IF partner-parnr IS NOT INITIAL.
      number = partner-parnr.
      APPEND number TO result.
    ENDIF.
  ENDMETHOD.


  METHOD check_sold_to.
    DATA found TYPE i.
    DATA row TYPE i.

    LOOP AT partners TRANSPORTING NO FIELDS WHERE parvw = 'AG'.
      row = sy-tabix.
      found = found + 1.
      IF found > 1.
        say( number = '021' v1 = 'PARVW' v2 = 'AG' parameter = 'IT_PARTNERS' field = 'PARVW' row = row ).
      ENDIF.
    ENDLOOP.
  ENDMETHOD.


  METHOD check_taxes.
    DATA tax TYPE zgangway_s_tax.
    DATA key TYPE c LENGTH 8.
    DATA seen LIKE SORTED TABLE OF key WITH UNIQUE KEY table_line.
    DATA row TYPE i.

    LOOP AT taxes INTO tax.
      row = sy-tabix.
      IF tax-aland IS INITIAL.
        say( number = '004' v1 = 'ALAND' parameter = 'IT_TAX' field = 'ALAND' row = row ).
      ELSEIF customizing->has_country( tax-aland ) = abap_false.
        say( number = '005' v1 = 'ALAND' v2 = tax-aland parameter = 'IT_TAX' field = 'ALAND' row = row ).
      ENDIF.
      IF tax-tatyp IS INITIAL.
        say( number = '004' v1 = 'TATYP' parameter = 'IT_TAX' field = 'TATYP' row = row ).
      ENDIF.
      IF tax-taxkd IS INITIAL.
        say( number = '004' v1 = 'TAXKD' parameter = 'IT_TAX' field = 'TAXKD' row = row ).
      ENDIF.
      key = |{ tax-aland } { tax-tatyp }|.
      INSERT key INTO TABLE seen.
      IF sy-subrc <> 0.
        say( number = '021' v1 = tax-aland v2 = tax-tatyp parameter = 'IT_TAX' field = 'TATYP' row = row ).
      ENDIF.
    ENDLOOP.
  ENDMETHOD.


  METHOD check_categories.
    DATA categories TYPE zif_gangway_customizing=>ty_taxes.
    DATA category TYPE zif_gangway_customizing=>ty_tax.
    DATA defaults TYPE zgangway_sales.

    defaults = customizing->sales_defaults( new_customer-sales ).
    IF defaults-taxkd IS NOT INITIAL.
      RETURN.
    ENDIF.
    " Without it the customer exists, but nobody can bill it. Once is enough: one row of customizing mends them all.
    categories = customizing->taxes( new_customer-sales ).
    LOOP AT categories INTO category.
      READ TABLE new_customer-taxes WITH KEY aland = category-aland tatyp = category-tatyp TRANSPORTING NO FIELDS.
      IF sy-subrc <> 0.
        say( number = '004' v1 = 'TAXKD' parameter = 'IS_SALES' field = 'TAXKD' row = 0 ).
        RETURN.
      ENDIF.
    ENDLOOP.
  ENDMETHOD.


  METHOD say.
    DATA message TYPE bapiret2.

    message = zcl_gangway_messages=>build( number = number v1 = v1 v2 = v2 parameter = parameter field = field ).
    message-row = row.
    APPEND message TO messages.
  ENDMETHOD.

ENDCLASS.
