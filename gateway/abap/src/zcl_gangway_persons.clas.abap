"! Reads the contact persons of a customer.
CLASS zcl_gangway_persons DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    "! More contact persons than this no screen shows, and no caller may ask of one call.
    CONSTANTS most_rows TYPE i VALUE 1000.
    TYPES: BEGIN OF ty_result,
             rows TYPE zif_gangway_persons=>ty_persons,
             more TYPE abap_bool,
           END OF ty_result.

    METHODS constructor
      IMPORTING
        customers TYPE REF TO zif_gangway_customers
        persons   TYPE REF TO zif_gangway_persons
        authority TYPE REF TO zif_gangway_authority.
    METHODS read
      IMPORTING
        customer      TYPE kna1-kunnr
        most          TYPE i
      RETURNING
        VALUE(result) TYPE ty_result
      RAISING
        zcx_gangway_refused.

  PRIVATE SECTION.
    DATA customers TYPE REF TO zif_gangway_customers.
    DATA persons TYPE REF TO zif_gangway_persons.
    DATA authority TYPE REF TO zif_gangway_authority.
ENDCLASS.



CLASS zcl_gangway_persons IMPLEMENTATION.

  METHOD constructor.
    me->customers = customers.
    me->persons = persons.
    me->authority = authority.
  ENDMETHOD.


  METHOD read.
    DATA general TYPE kna1.
    DATA limit TYPE i.
    DATA one_more TYPE i.

    authority->check_general( zif_gangway_authority=>activity-read ).
    general = customers->general( customer ).
    authority->check_account_group( activity = zif_gangway_authority=>activity-read account_group = general-ktokd ).
    limit = most.
    IF limit <= 0 OR limit > most_rows.
      limit = most_rows.
    ENDIF.
    one_more = limit + 1.
    result-rows = persons->of_customer( customer = general most = one_more ).
    IF lines( result-rows ) > limit.
      result-more = abap_true.
      DELETE result-rows INDEX one_more.
    ENDIF.
  ENDMETHOD.

ENDCLASS.
