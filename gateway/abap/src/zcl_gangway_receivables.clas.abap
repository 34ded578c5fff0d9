"! Ageing of open items: one row per company code and currency.
CLASS zcl_gangway_receivables DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    TYPES ty_receivables TYPE STANDARD TABLE OF zgangway_s_receivable WITH DEFAULT KEY.

    METHODS constructor
      IMPORTING
        items     TYPE REF TO zif_gangway_items
        authority TYPE REF TO zif_gangway_authority
        amounts   TYPE REF TO zcl_gangway_amounts
        today     TYPE sy-datum.
    METHODS of_customer
      IMPORTING
        customer      TYPE kna1-kunnr
      RETURNING
        VALUE(result) TYPE ty_receivables
      RAISING
        zcx_gangway_refused.
    METHODS of_items
      IMPORTING
        open_items    TYPE zif_gangway_items=>ty_items
      RETURNING
        VALUE(result) TYPE ty_receivables
      RAISING
        zcx_gangway_refused.
    "! Days past due, negative while it is not due.
    METHODS days_overdue
      IMPORTING
        item          TYPE zif_gangway_items=>ty_item
      RETURNING
        VALUE(result) TYPE i.
    "! Amount in real units, credits negative.
    METHODS signed_amount
      IMPORTING
        item          TYPE zif_gangway_items=>ty_item
      RETURNING
        VALUE(result) TYPE zcl_gangway_amounts=>ty_real.

  PRIVATE SECTION.
    DATA items TYPE REF TO zif_gangway_items.
    DATA authority TYPE REF TO zif_gangway_authority.
    DATA amounts TYPE REF TO zcl_gangway_amounts.
    DATA today TYPE sy-datum.

    METHODS add
      IMPORTING
        item       TYPE zif_gangway_items=>ty_item
      CHANGING
        receivable TYPE zgangway_s_receivable.
ENDCLASS.



CLASS zcl_gangway_receivables IMPLEMENTATION.

  METHOD constructor.
    me->items = items.
    me->authority = authority.
    me->amounts = amounts.
    me->today = today.
  ENDMETHOD.


  METHOD of_customer.
    result = of_items( items->open_items( customer ) ).
  ENDMETHOD.


  METHOD of_items.
    DATA item TYPE zif_gangway_items=>ty_item.
    DATA receivable TYPE zgangway_s_receivable.
    FIELD-SYMBOLS <found> TYPE zgangway_s_receivable.

    LOOP AT open_items INTO item.
      READ TABLE result ASSIGNING <found> WITH KEY bukrs = item-bukrs waers = item-waers.
      IF sy-subrc <> 0.
        authority->check_items( item-bukrs ).
        CLEAR receivable.
        receivable-bukrs = item-bukrs.
        receivable-waers = item-waers.
        APPEND receivable TO result ASSIGNING <found>.
      ENDIF.
      add( EXPORTING item = item CHANGING receivable = <found> ).
    ENDLOOP.
    SORT result BY bukrs waers.
  ENDMETHOD.


  METHOD add.
    DATA days TYPE i.
    DATA amount TYPE zcl_gangway_amounts=>ty_real.

    days = days_overdue( item ).
    amount = signed_amount( item ).
    IF days <= 0.
      receivable-not_due = receivable-not_due + amount.
    ELSEIF days <= 30.
      receivable-days_1_30 = receivable-days_1_30 + amount.
    ELSEIF days <= 60.
      receivable-days_31_60 = receivable-days_31_60 + amount.
    ELSEIF days <= 90.
      receivable-days_61_90 = receivable-days_61_90 + amount.
    ELSE.
      receivable-days_over_90 = receivable-days_over_90 + amount.
    ENDIF.
    receivable-overdue = receivable-days_1_30 + receivable-days_31_60
                       + receivable-days_61_90 + receivable-days_over_90.
    " A credit is nothing the customer is late with.
    IF item-shkzg <> 'H' AND days > receivable-oldest_days.
      receivable-oldest_days = days.
    ENDIF.
  ENDMETHOD.


  METHOD days_overdue.
    DATA due TYPE sy-datum.

    due = items->net_due_date( item ).
    IF due IS INITIAL.
      RETURN.
    ENDIF.
    result = today - due.
  ENDMETHOD.


  METHOD signed_amount.
    result = amounts->real( stored = item-wrbtr currency = item-waers ).
    IF item-shkzg = 'H'.
      result = 0 - result.
    ENDIF.
  ENDMETHOD.

ENDCLASS.
