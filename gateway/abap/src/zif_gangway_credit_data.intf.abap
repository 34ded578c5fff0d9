"! Credit accounts and what is open on them, as SAP keeps it.
INTERFACE zif_gangway_credit_data
  PUBLIC.

  TYPES: BEGIN OF ty_account,
           kunnr TYPE knkk-kunnr,
           kkber TYPE knkk-kkber,
           knkli TYPE knkk-knkli,
           klimk TYPE knkk-klimk,
           skfor TYPE knkk-skfor,
           ssobl TYPE knkk-ssobl,
           ctlpc TYPE knkk-ctlpc,
           crblb TYPE knkk-crblb,
         END OF ty_account.
  TYPES ty_accounts TYPE STANDARD TABLE OF ty_account WITH DEFAULT KEY.
  TYPES: BEGIN OF ty_open_values,
           oeikw TYPE s066-oeikw,
           olikw TYPE s067-olikw,
           ofakw TYPE s067-ofakw,
         END OF ty_open_values.
  TYPES: BEGIN OF ty_member,
           kunnr TYPE kna1-kunnr,
           name1 TYPE kna1-name1,
         END OF ty_member.
  TYPES ty_members TYPE STANDARD TABLE OF ty_member WITH DEFAULT KEY.

  METHODS accounts
    IMPORTING
      customer      TYPE kna1-kunnr
    RETURNING
      VALUE(result) TYPE ty_accounts.
  "! The row of the account a limit hangs on; initial where there is none.
  METHODS account
    IMPORTING
      credit_area    TYPE knkk-kkber
      credit_account TYPE knkk-knkli
    RETURNING
      VALUE(result)  TYPE ty_account.
  "! Who uses the account, its owner included.
  METHODS members
    IMPORTING
      credit_area    TYPE knkk-kkber
      credit_account TYPE knkk-knkli
    RETURNING
      VALUE(result)  TYPE ty_members.
  METHODS open_values
    IMPORTING
      credit_area    TYPE knkk-kkber
      credit_account TYPE knkk-knkli
    RETURNING
      VALUE(result)  TYPE ty_open_values.
  "! Initial where there is no such area.
  METHODS currency
    IMPORTING
      credit_area   TYPE knkk-kkber
    RETURNING
      VALUE(result) TYPE t014-waers.
  METHODS has_risk_class
    IMPORTING
      risk_class    TYPE knkk-ctlpc
      credit_area   TYPE knkk-kkber
    RETURNING
      VALUE(result) TYPE abap_bool.
ENDINTERFACE.
