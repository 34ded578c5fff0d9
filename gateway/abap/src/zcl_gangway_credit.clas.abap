"! Credit accounts with exposure, receivables, payment terms and blocks of one customer.
CLASS zcl_gangway_credit DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    TYPES: BEGIN OF ty_result,
             name        TYPE kna1-name1,
             accounts    TYPE STANDARD TABLE OF zgangway_s_account WITH DEFAULT KEY,
             shared      TYPE STANDARD TABLE OF zgangway_s_shared WITH DEFAULT KEY,
             receivables TYPE zcl_gangway_receivables=>ty_receivables,
             terms       TYPE STANDARD TABLE OF zgangway_s_terms WITH DEFAULT KEY,
             blocks      TYPE zcl_gangway_blocks=>ty_blocks,
           END OF ty_result.

    METHODS constructor
      IMPORTING
        customers   TYPE REF TO zif_gangway_customers
        credit_data TYPE REF TO zif_gangway_credit_data
        texts       TYPE REF TO zif_gangway_texts
        authority   TYPE REF TO zif_gangway_authority
        amounts     TYPE REF TO zcl_gangway_amounts
        receivables TYPE REF TO zcl_gangway_receivables.
    METHODS read
      IMPORTING
        customer      TYPE kna1-kunnr
      RETURNING
        VALUE(result) TYPE ty_result
      RAISING
        zcx_gangway_refused.

  PRIVATE SECTION.
    DATA customers TYPE REF TO zif_gangway_customers.
    DATA credit_data TYPE REF TO zif_gangway_credit_data.
    DATA texts TYPE REF TO zif_gangway_texts.
    DATA authority TYPE REF TO zif_gangway_authority.
    DATA amounts TYPE REF TO zcl_gangway_amounts.
    DATA receivables TYPE REF TO zcl_gangway_receivables.

    METHODS check_authority
      IMPORTING
        companies   TYPE zif_gangway_customers=>ty_companies
        sales_areas TYPE zif_gangway_customers=>ty_sales_areas
      RAISING
        zcx_gangway_refused.
    METHODS add_accounts
      IMPORTING
        customer TYPE kna1-kunnr
        blocks   TYPE REF TO zcl_gangway_blocks
      CHANGING
        result   TYPE ty_result
      RAISING
        zcx_gangway_refused.
    METHODS account
      IMPORTING
        master        TYPE zif_gangway_credit_data=>ty_account
      RETURNING
        VALUE(result) TYPE zgangway_s_account.
    METHODS add_shared
      IMPORTING
        customer TYPE kna1-kunnr
        master   TYPE zif_gangway_credit_data=>ty_account
      CHANGING
        result   TYPE ty_result.
    METHODS add_terms
      IMPORTING
        companies   TYPE zif_gangway_customers=>ty_companies
        sales_areas TYPE zif_gangway_customers=>ty_sales_areas
      CHANGING
        result      TYPE ty_result.
ENDCLASS.



CLASS zcl_gangway_credit IMPLEMENTATION.

  METHOD constructor.
    me->customers = customers.
    me->credit_data = credit_data.
    me->texts = texts.
    me->authority = authority.
    me->amounts = amounts.
    me->receivables = receivables.
  ENDMETHOD.


  METHOD read.
    DATA general TYPE kna1.
    DATA companies TYPE zif_gangway_customers=>ty_companies.
    DATA sales_areas TYPE zif_gangway_customers=>ty_sales_areas.
    DATA blocks TYPE REF TO zcl_gangway_blocks.

    authority->check_general( zif_gangway_authority=>activity-read ).
    general = customers->general( customer ).
    companies = customers->companies( customer ).
    sales_areas = customers->sales_areas( customer ).
    check_authority( companies = companies sales_areas = sales_areas ).

    CREATE OBJECT blocks
      EXPORTING
        texts = texts.
    blocks->add_central( general ).
    blocks->add_sales_areas( sales_areas ).
    blocks->add_companies( companies ).

    result-name = general-name1.
    add_accounts( EXPORTING customer = customer blocks = blocks CHANGING result = result ).
    add_terms( EXPORTING companies = companies sales_areas = sales_areas CHANGING result = result ).
    result-receivables = receivables->of_customer( customer ).
    result-blocks = blocks->all( ).
  ENDMETHOD.


  METHOD check_authority.
    DATA company TYPE zif_gangway_customers=>ty_company.
    DATA area TYPE zif_gangway_customers=>ty_sales_area.

    LOOP AT companies INTO company.
      authority->check_company( activity = zif_gangway_authority=>activity-read company_code = company-bukrs ).
    ENDLOOP.
    LOOP AT sales_areas INTO area.
      authority->check_sales_area( activity = zif_gangway_authority=>activity-read
                                   vkorg = area-vkorg vtweg = area-vtweg spart = area-spart ).
    ENDLOOP.
  ENDMETHOD.


  METHOD add_accounts.
    DATA own_accounts TYPE zif_gangway_credit_data=>ty_accounts.
    DATA own TYPE zif_gangway_credit_data=>ty_account.
    DATA master TYPE zif_gangway_credit_data=>ty_account.
    DATA row TYPE zgangway_s_account.

    own_accounts = credit_data->accounts( customer ).
    LOOP AT own_accounts INTO own.
      authority->check_credit_area( activity = zif_gangway_authority=>activity-read credit_control_area = own-kkber ).
      IF own-knkli IS INITIAL.
        own-knkli = own-kunnr.
      ENDIF.
      " The limit and what counts against it hang on the credit account, which may be another customer's.
      master = credit_data->account( credit_area = own-kkber credit_account = own-knkli ).
      IF master IS INITIAL.
        master = own.
      ENDIF.
      master-knkli = own-knkli.
      row = account( master ).
      APPEND row TO result-accounts.
      add_shared( EXPORTING customer = customer master = master CHANGING result = result ).
      " The block of the account holds for everybody who shares it.
      IF own-crblb IS INITIAL.
        own-crblb = master-crblb.
      ENDIF.
      blocks->add_credit( kkber = own-kkber crblb = own-crblb ).
    ENDLOOP.
  ENDMETHOD.


  METHOD account.
    DATA open_values TYPE zif_gangway_credit_data=>ty_open_values.

    open_values = credit_data->open_values( credit_area = master-kkber credit_account = master-knkli ).
    result-kkber = master-kkber.
    result-kkbtx = texts->credit_area( master-kkber ).
    result-knkli = master-knkli.
    result-waers = credit_data->currency( master-kkber ).
    result-klimk = amounts->real( stored = master-klimk currency = result-waers ).
    result-skfor = amounts->real( stored = master-skfor currency = result-waers ).
    result-ssobl = amounts->real( stored = master-ssobl currency = result-waers ).
    result-open_order = amounts->real( stored = open_values-oeikw currency = result-waers ).
    result-open_delivery = amounts->real( stored = open_values-olikw currency = result-waers ).
    result-open_billing = amounts->real( stored = open_values-ofakw currency = result-waers ).
    result-sum_opens = result-skfor + result-ssobl
                     + result-open_order + result-open_delivery + result-open_billing.
    result-ctlpc = master-ctlpc.
    IF master-ctlpc IS NOT INITIAL.
      result-rtext = texts->risk_class( code = master-ctlpc credit_area = master-kkber ).
    ENDIF.
  ENDMETHOD.


  METHOD add_shared.
    DATA members TYPE zif_gangway_credit_data=>ty_members.
    DATA member TYPE zif_gangway_credit_data=>ty_member.
    DATA row TYPE zgangway_s_shared.

    members = credit_data->members( credit_area = master-kkber credit_account = master-knkli ).
    LOOP AT members INTO member WHERE kunnr <> customer.
      row-kkber = master-kkber.
      row-knkli = master-knkli.
      row-kunnr = member-kunnr.
      row-name1 = member-name1.
      APPEND row TO result-shared.
    ENDLOOP.
  ENDMETHOD.


  METHOD add_terms.
    DATA company TYPE zif_gangway_customers=>ty_company.
    DATA area TYPE zif_gangway_customers=>ty_sales_area.
    DATA row TYPE zgangway_s_terms.

    LOOP AT companies INTO company WHERE zterm IS NOT INITIAL.
      CLEAR row.
      row-bukrs = company-bukrs.
      row-zterm = company-zterm.
      row-text = texts->payment_terms( company-zterm ).
      APPEND row TO result-terms.
    ENDLOOP.
    LOOP AT sales_areas INTO area WHERE zterm IS NOT INITIAL.
      CLEAR row.
      row-vkorg = area-vkorg.
      row-vtweg = area-vtweg.
      row-spart = area-spart.
      row-zterm = area-zterm.
      row-text = texts->payment_terms( area-zterm ).
      APPEND row TO result-terms.
    ENDLOOP.
  ENDMETHOD.

ENDCLASS.
