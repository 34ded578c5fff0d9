"! Says everything that is wrong with a new customer at once, before SAP is asked and a number is drawn.
CLASS zcl_gangway_creation_checks DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    METHODS constructor
      IMPORTING
        customizing TYPE REF TO zif_gangway_customizing.
    METHODS check
      IMPORTING
        general       TYPE zgangway_s_general
        company       TYPE zgangway_s_company
        sales         TYPE zgangway_s_sales
      RETURNING
        VALUE(result) TYPE zcl_gangway_messages=>ty_messages.
    METHODS check_address
      IMPORTING
        general       TYPE zgangway_s_general
      RETURNING
        VALUE(result) TYPE zcl_gangway_messages=>ty_messages.

  PRIVATE SECTION.
    DATA customizing TYPE REF TO zif_gangway_customizing.
    DATA messages TYPE zcl_gangway_messages=>ty_messages.

    METHODS require_all
      IMPORTING
        general TYPE zgangway_s_general
        company TYPE zgangway_s_company
        sales   TYPE zgangway_s_sales.
    METHODS require_defaults
      IMPORTING
        general TYPE zgangway_s_general
        company TYPE zgangway_s_company
        sales   TYPE zgangway_s_sales.
    METHODS require
      IMPORTING
        parameter TYPE bapiret2-parameter
        field     TYPE bapiret2-field
        value     TYPE csequence.
    METHODS know_general
      IMPORTING
        general TYPE zgangway_s_general.
    METHODS know_address
      IMPORTING
        general TYPE zgangway_s_general.
    METHODS know_company
      IMPORTING
        company TYPE zgangway_s_company.
    METHODS know_sales
      IMPORTING
        sales TYPE zgangway_s_sales.
    METHODS know
      IMPORTING
        is_known  TYPE abap_bool
        parameter TYPE bapiret2-parameter
        field     TYPE bapiret2-field
        what      TYPE csequence
        value     TYPE csequence.
ENDCLASS.



CLASS zcl_gangway_creation_checks IMPLEMENTATION.

  METHOD constructor.
    me->customizing = customizing.
  ENDMETHOD.


  METHOD check.
    CLEAR messages.
    require_all( general = general company = company sales = sales ).
    " A missing value is said once, not a second time as unknown.
    IF messages IS INITIAL.
      know_general( general ).
      know_address( general ).
      know_company( company ).
      know_sales( sales ).
    ENDIF.
    IF messages IS INITIAL.
      require_defaults( general = general company = company sales = sales ).
    ENDIF.
    result = messages.
  ENDMETHOD.


  METHOD check_address.
    CLEAR messages.
    require( parameter = 'IS_GENERAL' field = 'NAME1' value = general-name1 ).
    require( parameter = 'IS_GENERAL' field = 'ORT01' value = general-ort01 ).
    require( parameter = 'IS_GENERAL' field = 'LAND1' value = general-land1 ).
    IF messages IS INITIAL.
      know_address( general ).
    ENDIF.
    result = messages.
  ENDMETHOD.


  METHOD require_all.
    require( parameter = 'IS_GENERAL' field = 'KTOKD' value = general-ktokd ).
    require( parameter = 'IS_GENERAL' field = 'NAME1' value = general-name1 ).
    require( parameter = 'IS_GENERAL' field = 'ORT01' value = general-ort01 ).
    require( parameter = 'IS_GENERAL' field = 'LAND1' value = general-land1 ).
    require( parameter = 'IS_GENERAL' field = 'SPRAS_ISO' value = general-spras_iso ).
    require( parameter = 'IS_COMPANY' field = 'BUKRS' value = company-bukrs ).
    require( parameter = 'IS_SALES' field = 'VKORG' value = sales-vkorg ).
    require( parameter = 'IS_SALES' field = 'VTWEG' value = sales-vtweg ).
    require( parameter = 'IS_SALES' field = 'SPART' value = sales-spart ).
    require( parameter = 'IS_SALES' field = 'WAERS' value = sales-waers ).
  ENDMETHOD.


  METHOD require_defaults.
    DATA account TYPE knb1-akont.
    DATA defaults TYPE zgangway_sales.
    DATA assignment_group TYPE knvv-ktgrd.

    account = company-akont.
    IF account IS INITIAL.
      account = customizing->reconciliation_account( company_code = company-bukrs account_group = general-ktokd ).
    ENDIF.
    require( parameter = 'IS_COMPANY' field = 'AKONT' value = account ).
    " Without it the customer exists, but nobody can bill it.
    assignment_group = sales-ktgrd.
    IF assignment_group IS INITIAL.
      defaults = customizing->sales_defaults( sales ).
      assignment_group = defaults-ktgrd.
    ENDIF.
    require( parameter = 'IS_SALES' field = 'KTGRD' value = assignment_group ).
  ENDMETHOD.


  METHOD require.
    DATA message TYPE bapiret2.

    IF value IS NOT INITIAL.
      RETURN.
    ENDIF.
    message = zcl_gangway_messages=>build( number = '004' v1 = field parameter = parameter field = field ).
    APPEND message TO messages.
  ENDMETHOD.


  METHOD know_general.
    DATA has_language TYPE abap_bool.

    has_language = boolc( customizing->language( general-spras_iso ) IS NOT INITIAL ).
    know( is_known = customizing->has_account_group( general-ktokd )
          parameter = 'IS_GENERAL' field = 'KTOKD' what = 'KTOKD' value = general-ktokd ).
    know( is_known = has_language
          parameter = 'IS_GENERAL' field = 'SPRAS_ISO' what = 'SPRAS_ISO' value = general-spras_iso ).
  ENDMETHOD.


  METHOD know_address.
    know( is_known = customizing->has_country( general-land1 )
          parameter = 'IS_GENERAL' field = 'LAND1' what = 'LAND1' value = general-land1 ).
    IF general-regio IS NOT INITIAL.
      know( is_known = customizing->has_region( country = general-land1 region = general-regio )
            parameter = 'IS_GENERAL' field = 'REGIO' what = 'REGIO' value = general-regio ).
    ENDIF.
  ENDMETHOD.


  METHOD know_company.
    know( is_known = customizing->has_company_code( company-bukrs )
          parameter = 'IS_COMPANY' field = 'BUKRS' what = 'BUKRS' value = company-bukrs ).
    IF company-zterm IS NOT INITIAL.
      know( is_known = customizing->has_terms( company-zterm )
            parameter = 'IS_COMPANY' field = 'ZTERM' what = 'ZTERM' value = company-zterm ).
    ENDIF.
  ENDMETHOD.


  METHOD know_sales.
    know( is_known = customizing->has_sales_area( sales )
          parameter = 'IS_SALES' field = 'VKORG' what = 'VKORG/VTWEG/SPART'
          value = |{ sales-vkorg }/{ sales-vtweg }/{ sales-spart }| ).
    know( is_known = customizing->has_currency( sales-waers )
          parameter = 'IS_SALES' field = 'WAERS' what = 'WAERS' value = sales-waers ).
    IF sales-zterm IS NOT INITIAL.
      know( is_known = customizing->has_terms( sales-zterm )
            parameter = 'IS_SALES' field = 'ZTERM' what = 'ZTERM' value = sales-zterm ).
    ENDIF.
  ENDMETHOD.


  METHOD know.
    DATA message TYPE bapiret2.

    IF is_known = abap_true.
      RETURN.
    ENDIF.
    message = zcl_gangway_messages=>build( number = '005' v1 = what v2 = value
                                           parameter = parameter field = field ).
    APPEND message TO messages.
  ENDMETHOD.

ENDCLASS.
