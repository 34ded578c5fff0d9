"! The authorization objects of the standard transactions, asked for the user of the call.
CLASS zcl_gangway_sap_authority DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    INTERFACES zif_gangway_authority.
    INTERFACES zif_gangway_order_authority.
    INTERFACES zif_gangway_change_authority.
    INTERFACES zif_gangway_extract_authority.

  PRIVATE SECTION.
    "! Rows a user may not see are never left out in silence: a sum without them would be wrong.
    METHODS refuse_unless
      IMPORTING
        code   TYPE sy-subrc
        object TYPE csequence
        value  TYPE csequence OPTIONAL
      RAISING
        zcx_gangway_refused.
ENDCLASS.



CLASS zcl_gangway_sap_authority IMPLEMENTATION.

  METHOD zif_gangway_authority~check_general.
    AUTHORITY-CHECK OBJECT 'F_KNA1_APP'
      ID 'ACTVT' FIELD activity
      ID 'APPKZ' FIELD 'V'.
    refuse_unless( code = sy-subrc object = 'F_KNA1_APP' value = activity ).
  ENDMETHOD.


  METHOD zif_gangway_authority~check_account_group.
    AUTHORITY-CHECK OBJECT 'F_KNA1_GRP'
      ID 'ACTVT' FIELD activity
      ID 'KTOKD' FIELD account_group.
    refuse_unless( code = sy-subrc object = 'F_KNA1_GRP' value = account_group ).
  ENDMETHOD.


  METHOD zif_gangway_authority~check_company.
    AUTHORITY-CHECK OBJECT 'F_KNA1_BUK'
      ID 'ACTVT' FIELD activity
      ID 'BUKRS' FIELD company_code.
    refuse_unless( code = sy-subrc object = 'F_KNA1_BUK' value = company_code ).
  ENDMETHOD.


  METHOD zif_gangway_authority~check_sales_area.
    AUTHORITY-CHECK OBJECT 'V_KNA1_VKO'
      ID 'ACTVT' FIELD activity
      ID 'VKORG' FIELD vkorg
      ID 'VTWEG' FIELD vtweg
      ID 'SPART' FIELD spart.
    refuse_unless( code = sy-subrc object = 'V_KNA1_VKO' value = |{ vkorg }/{ vtweg }/{ spart }| ).
  ENDMETHOD.


  METHOD zif_gangway_authority~check_credit_area.
    AUTHORITY-CHECK OBJECT 'F_KNKA_KKB'
      ID 'ACTVT' FIELD activity
      ID 'KKBER' FIELD credit_control_area.
    refuse_unless( code = sy-subrc object = 'F_KNKA_KKB' value = credit_control_area ).
  ENDMETHOD.


  METHOD zif_gangway_authority~check_items.
    AUTHORITY-CHECK OBJECT 'F_BKPF_BUK'
      ID 'ACTVT' FIELD zif_gangway_authority=>activity-read
      ID 'BUKRS' FIELD company_code.
    refuse_unless( code = sy-subrc object = 'F_BKPF_BUK' value = company_code ).
    AUTHORITY-CHECK OBJECT 'F_BKPF_KOA'
      ID 'ACTVT' FIELD zif_gangway_authority=>activity-read
      ID 'KOART' FIELD 'D'.
    refuse_unless( code = sy-subrc object = 'F_BKPF_KOA' value = 'D' ).
  ENDMETHOD.


  METHOD zif_gangway_authority~check_billing.
    AUTHORITY-CHECK OBJECT 'V_VBRK_FKA'
      ID 'ACTVT' FIELD zif_gangway_authority=>activity-read
      ID 'FKART' FIELD billing_type.
    refuse_unless( code = sy-subrc object = 'V_VBRK_FKA' value = billing_type ).
    AUTHORITY-CHECK OBJECT 'V_VBRK_VKO'
      ID 'ACTVT' FIELD zif_gangway_authority=>activity-read
      ID 'VKORG' FIELD vkorg.
    refuse_unless( code = sy-subrc object = 'V_VBRK_VKO' value = vkorg ).
  ENDMETHOD.


  METHOD zif_gangway_order_authority~check_order.
    AUTHORITY-CHECK OBJECT 'V_VBAK_AAT'
      ID 'ACTVT' FIELD zif_gangway_authority=>activity-create
      ID 'AUART' FIELD header-auart.
    refuse_unless( code = sy-subrc object = 'V_VBAK_AAT' value = header-auart ).
    AUTHORITY-CHECK OBJECT 'V_VBAK_VKO'
      ID 'ACTVT' FIELD zif_gangway_authority=>activity-create
      ID 'VKORG' FIELD header-vkorg
      ID 'VTWEG' FIELD header-vtweg
      ID 'SPART' FIELD header-spart.
    refuse_unless( code = sy-subrc object = 'V_VBAK_VKO'
                   value = |{ header-vkorg }/{ header-vtweg }/{ header-spart }| ).
  ENDMETHOD.


  METHOD zif_gangway_change_authority~check_change_documents.
    AUTHORITY-CHECK OBJECT 'S_SCD0'
      ID 'ACTVT' FIELD '08'.
    refuse_unless( code = sy-subrc object = 'S_SCD0' value = '08' ).
  ENDMETHOD.


  METHOD zif_gangway_change_authority~check_any_credit_area.
    AUTHORITY-CHECK OBJECT 'F_KNKA_KKB'
      ID 'ACTVT' FIELD zif_gangway_authority=>activity-read
      ID 'KKBER' DUMMY.
    refuse_unless( code = sy-subrc object = 'F_KNKA_KKB' value = zif_gangway_authority=>activity-read ).
  ENDMETHOD.


  METHOD zif_gangway_extract_authority~check_materials.
    AUTHORITY-CHECK OBJECT 'M_MATE_STA'
      ID 'ACTVT' FIELD zif_gangway_authority=>activity-read
      ID 'STATM' FIELD 'K'.
    refuse_unless( code = sy-subrc object = 'M_MATE_STA' value = 'K' ).
    AUTHORITY-CHECK OBJECT 'M_MATE_STA'
      ID 'ACTVT' FIELD zif_gangway_authority=>activity-read
      ID 'STATM' FIELD 'V'.
    refuse_unless( code = sy-subrc object = 'M_MATE_STA' value = 'V' ).
  ENDMETHOD.


  METHOD refuse_unless.
    DATA refusal TYPE bapiret2.

    IF code = 0.
      RETURN.
    ENDIF.
    refusal = zcl_gangway_messages=>build( number = '009' v1 = object v2 = value ).
    RAISE EXCEPTION TYPE zcx_gangway_refused
      EXPORTING
        message = refusal.
  ENDMETHOD.

ENDCLASS.
