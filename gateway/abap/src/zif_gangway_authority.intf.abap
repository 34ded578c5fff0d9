"! What the calling user may see and do; each method refuses with the object that is missing.
INTERFACE zif_gangway_authority
  PUBLIC.

  CONSTANTS: BEGIN OF activity,
               create TYPE c LENGTH 2 VALUE '01',
               change TYPE c LENGTH 2 VALUE '02',
               read   TYPE c LENGTH 2 VALUE '03',
             END OF activity.

  METHODS check_general
    IMPORTING
      activity TYPE csequence
    RAISING
      zcx_gangway_refused.
  METHODS check_account_group
    IMPORTING
      activity      TYPE csequence
      account_group TYPE kna1-ktokd
    RAISING
      zcx_gangway_refused.
  METHODS check_company
    IMPORTING
      activity     TYPE csequence
      company_code TYPE knb1-bukrs
    RAISING
      zcx_gangway_refused.
  METHODS check_sales_area
    IMPORTING
      activity TYPE csequence
      vkorg    TYPE knvv-vkorg
      vtweg    TYPE knvv-vtweg
      spart    TYPE knvv-spart
    RAISING
      zcx_gangway_refused.
  METHODS check_credit_area
    IMPORTING
      activity            TYPE csequence
      credit_control_area TYPE knkk-kkber
    RAISING
      zcx_gangway_refused.
  METHODS check_items
    IMPORTING
      company_code TYPE bsid-bukrs
    RAISING
      zcx_gangway_refused.
  METHODS check_billing
    IMPORTING
      billing_type TYPE vbrk-fkart
      vkorg        TYPE vbrk-vkorg
    RAISING
      zcx_gangway_refused.
ENDINTERFACE.
