*&---------------------------------------------------------------------*
*& Writes customers or materials into a file on the application server,
*& from which `gangway load` brings them into Salesforce.
*&---------------------------------------------------------------------*
REPORT z_gangway_extract.

DATA organization TYPE knvv-vkorg.

PARAMETERS p_cust TYPE c RADIOBUTTON GROUP kind DEFAULT 'X'.
PARAMETERS p_mat TYPE c RADIOBUTTON GROUP kind.
PARAMETERS p_file TYPE c LENGTH 128 LOWER CASE OBLIGATORY.
PARAMETERS p_since TYPE d.
SELECT-OPTIONS s_vkorg FOR organization.

START-OF-SELECTION.
  DATA extract TYPE REF TO zcl_gangway_extract.
  DATA readers TYPE REF TO zcl_gangway_readers.
  DATA selection TYPE zif_gangway_extract_pages=>ty_selection.
  DATA refused TYPE REF TO zcx_gangway_refused.
  DATA count TYPE i.

  selection-since = p_since.
  selection-sales_organizations = s_vkorg[].
  TRY.
      CREATE OBJECT readers.
      extract = readers->extract( p_file ).
      CASE abap_true.
        WHEN p_cust.
          count = extract->customers( selection ).
        WHEN p_mat.
          count = extract->materials( selection ).
      ENDCASE.
      MESSAGE s024(zgangway) WITH count p_file.
    CATCH zcx_gangway_refused INTO refused.
      " Of type E it ends the job as cancelled; the file has no last line then, and nobody takes it for whole.
      MESSAGE ID refused->message-id TYPE 'E' NUMBER refused->message-number
        WITH refused->message-message_v1 refused->message-message_v2
             refused->message-message_v3 refused->message-message_v4.
  ENDTRY.
