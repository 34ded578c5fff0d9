"! Words for the codes of customizing, in the logon language; empty where nobody maintained them.
INTERFACE zif_gangway_texts
  PUBLIC.

  METHODS block
    IMPORTING
      field         TYPE csequence
      code          TYPE csequence
    RETURNING
      VALUE(result) TYPE zgangway_s_block-text.
  METHODS payment_terms
    IMPORTING
      code          TYPE knvv-zterm
    RETURNING
      VALUE(result) TYPE zgangway_s_terms-text.
  METHODS credit_area
    IMPORTING
      code          TYPE knkk-kkber
    RETURNING
      VALUE(result) TYPE zgangway_s_account-kkbtx.
  METHODS risk_class
    IMPORTING
      code          TYPE knkk-ctlpc
      credit_area   TYPE knkk-kkber
    RETURNING
      VALUE(result) TYPE zgangway_s_account-rtext.
ENDINTERFACE.
