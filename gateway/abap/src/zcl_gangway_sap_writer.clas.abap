"! Customers through SD_CUSTOMER_MAINTAIN_ALL: checks, change documents and change pointers are SAP's own.
CLASS zcl_gangway_sap_writer DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    INTERFACES zif_gangway_customer_writer.

    METHODS constructor
      IMPORTING
        customizing TYPE REF TO zif_gangway_customizing
        customers   TYPE REF TO zif_gangway_customers.

  PRIVATE SECTION.
    TYPES ty_partners TYPE STANDARD TABLE OF fknvp WITH DEFAULT KEY.
    TYPES ty_taxes TYPE STANDARD TABLE OF fknvi WITH DEFAULT KEY.
    TYPES ty_contacts TYPE STANDARD TABLE OF fknvk WITH DEFAULT KEY.
    TYPES ty_banks TYPE STANDARD TABLE OF fknbk WITH DEFAULT KEY.

    DATA customizing TYPE REF TO zif_gangway_customizing.
    DATA customers TYPE REF TO zif_gangway_customers.

    METHODS post_flag
      IMPORTING
        test_run      TYPE abap_bool
      RETURNING
        VALUE(result) TYPE char1.
    METHODS refuse_unless
      IMPORTING
        code TYPE sy-subrc
      RAISING
        zcx_gangway_refused.
ENDCLASS.



CLASS zcl_gangway_sap_writer IMPLEMENTATION.

  METHOD constructor.
    me->customizing = customizing.
    me->customers = customers.
  ENDMETHOD.


  METHOD zif_gangway_customer_writer~lock.
    DATA refusal TYPE bapiret2.

    CALL FUNCTION 'ENQUEUE_EXKNA1'
      EXPORTING
        mode_kna1      = 'E'
        mandt          = sy-mandt
        kunnr          = customer
      EXCEPTIONS
        foreign_lock   = 1
        system_failure = 2
        OTHERS         = 3.
    IF sy-subrc = 0.
      RETURN.
    ENDIF.
    " The enqueue puts the holder into the first variable of its message.
    refusal = zcl_gangway_messages=>build( number = '007' v1 = customer v2 = sy-msgv1 ).
    RAISE EXCEPTION TYPE zcx_gangway_refused
      EXPORTING
        message = refusal.
  ENDMETHOD.


  METHOD zif_gangway_customer_writer~release.
    CALL FUNCTION 'DEQUEUE_EXKNA1'
      EXPORTING
        mode_kna1 = 'E'
        mandt     = sy-mandt
        kunnr     = customer.
  ENDMETHOD.


  METHOD zif_gangway_customer_writer~create.
    DATA rows TYPE REF TO zcl_gangway_customer_rows.
    DATA area_rows TYPE REF TO zcl_gangway_area_rows.
    DATA partners TYPE ty_partners.
    DATA taxes TYPE ty_taxes.
    DATA posting TYPE char1.
    DATA kna1 TYPE kna1.
    DATA knb1 TYPE knb1.
    DATA knvv TYPE knvv.
    DATA address TYPE bapiaddr1.

    CREATE OBJECT rows
      EXPORTING
        customizing = customizing.
    CREATE OBJECT area_rows
      EXPORTING
        customizing = customizing.
    kna1 = rows->kna1( new_customer-general ).
    knb1 = rows->knb1( company = new_customer-company account_group = new_customer-general-ktokd ).
    knvv = rows->knvv( new_customer-sales ).
    address = rows->new_address( general = new_customer-general language = kna1-spras ).
    partners = area_rows->partners( new_customer ).
    taxes = area_rows->taxes( new_customer ).
    posting = post_flag( test_run ).
    zcl_gangway_messages=>expect_from_sap( ).
    CALL FUNCTION 'SD_CUSTOMER_MAINTAIN_ALL'
      EXPORTING
        i_kna1                  = kna1
        i_knb1                  = knb1
        i_knvv                  = knvv
        i_bapiaddr1             = address
        pi_postflag             = posting
      IMPORTING
        e_kunnr                 = result
      TABLES
        t_xknvp                 = partners
        t_xknvi                 = taxes
      EXCEPTIONS
        client_error            = 1
        kna1_incomplete         = 2
        knb1_incomplete         = 3
        knb5_incomplete         = 4
        knvv_incomplete         = 5
        kunnr_not_unique        = 6
        sales_area_not_unique   = 7
        sales_area_not_valid    = 8
        insert_update_conflict  = 9
        number_assignment_error = 10
        number_not_in_range     = 11
        number_range_not_extern = 12
        number_range_not_intern = 13
        account_group_not_valid = 14
        parnr_invalid           = 15
        bank_address_invalid    = 16
        tax_data_not_valid      = 17
        no_authority            = 18
        company_code_not_unique = 19
        OTHERS                  = 20.
    refuse_unless( sy-subrc ).
    " A commit without a number would leave a key that leads nowhere.
    IF result IS INITIAL AND test_run = abap_false.
      refuse_unless( 10 ).
    ENDIF.
  ENDMETHOD.


  METHOD zif_gangway_customer_writer~change.
    DATA rows TYPE REF TO zcl_gangway_customer_rows.
    DATA taxes TYPE ty_taxes.
    DATA old_taxes TYPE ty_taxes.
    DATA contacts TYPE ty_contacts.
    DATA old_contacts TYPE ty_contacts.
    DATA banks TYPE ty_banks.
    DATA old_banks TYPE ty_banks.
    DATA posting TYPE char1.
    DATA kna1 TYPE kna1.
    DATA address TYPE bapiaddr1.

    CREATE OBJECT rows
      EXPORTING
        customizing = customizing.
    kna1 = rows->changed_kna1( customer = customer before = before after = after ).
    address = rows->changed_address( address = customers->address( customer-adrnr )
                                     before  = before
                                     after   = after ).
    " What depends on the customer goes along unchanged, old and new: a pair left out counts as deleted.
    SELECT * FROM knvi INTO CORRESPONDING FIELDS OF TABLE taxes WHERE kunnr = customer-kunnr.
    SELECT * FROM knvk INTO CORRESPONDING FIELDS OF TABLE contacts WHERE kunnr = customer-kunnr.
    SELECT * FROM knbk INTO CORRESPONDING FIELDS OF TABLE banks WHERE kunnr = customer-kunnr.
    old_taxes = taxes.
    old_contacts = contacts.
    old_banks = banks.
    posting = post_flag( test_run ).
    zcl_gangway_messages=>expect_from_sap( ).
    CALL FUNCTION 'SD_CUSTOMER_MAINTAIN_ALL'
      EXPORTING
        i_kna1                  = kna1
        i_bapiaddr1             = address
        pi_postflag             = posting
        pi_cam_changed          = 'X'
      TABLES
        t_xknvi                 = taxes
        t_yknvi                 = old_taxes
        t_xknvk                 = contacts
        t_yknvk                 = old_contacts
        t_xknbk                 = banks
        t_yknbk                 = old_banks
      EXCEPTIONS
        client_error            = 1
        kna1_incomplete         = 2
        knb1_incomplete         = 3
        knb5_incomplete         = 4
        knvv_incomplete         = 5
        kunnr_not_unique        = 6
        sales_area_not_unique   = 7
        sales_area_not_valid    = 8
        insert_update_conflict  = 9
        number_assignment_error = 10
        number_not_in_range     = 11
        number_range_not_extern = 12
        number_range_not_intern = 13
        account_group_not_valid = 14
        parnr_invalid           = 15
        bank_address_invalid    = 16
        tax_data_not_valid      = 17
        no_authority            = 18
        company_code_not_unique = 19
        OTHERS                  = 20.
    refuse_unless( sy-subrc ).
  ENDMETHOD.


  METHOD post_flag.
    " Space checks and writes nothing; the rollback of a test run is the second lock on that door.
    IF test_run = abap_false.
      result = 'X'.
    ENDIF.
  ENDMETHOD.


  METHOD refuse_unless.
    DATA refusal TYPE bapiret2.
    DATA names TYPE STANDARD TABLE OF string WITH DEFAULT KEY.
    DATA name TYPE string.

    IF code = 0.
      RETURN.
    ENDIF.
    " In the order of the numbers the calls give them.
    name = |CLIENT_ERROR KNA1_INCOMPLETE KNB1_INCOMPLETE KNB5_INCOMPLETE KNVV_INCOMPLETE KUNNR_NOT_UNIQUE |
        && |SALES_AREA_NOT_UNIQUE SALES_AREA_NOT_VALID INSERT_UPDATE_CONFLICT NUMBER_ASSIGNMENT_ERROR |
        && |NUMBER_NOT_IN_RANGE NUMBER_RANGE_NOT_EXTERN NUMBER_RANGE_NOT_INTERN ACCOUNT_GROUP_NOT_VALID |
        && |PARNR_INVALID BANK_ADDRESS_INVALID TAX_DATA_NOT_VALID NO_AUTHORITY COMPANY_CODE_NOT_UNIQUE OTHERS|.
    SPLIT name AT space INTO TABLE names.
    READ TABLE names INTO name INDEX code.
    refusal = zcl_gangway_messages=>left_by_sap( function  = 'SD_CUSTOMER_MAINTAIN_ALL'
                                                 exception = name ).
    RAISE EXCEPTION TYPE zcx_gangway_refused
      EXPORTING
        message = refusal.
  ENDMETHOD.

ENDCLASS.
