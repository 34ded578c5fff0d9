"! Credit data from KNKK and from the info structures SAP's own credit check reads.
CLASS zcl_gangway_sap_credit_data DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    INTERFACES zif_gangway_credit_data.

  PRIVATE SECTION.
    "! The version of an info structure that holds what happened, not what was planned.
    CONSTANTS actual TYPE s066-vrsio VALUE '000'.
ENDCLASS.



CLASS zcl_gangway_sap_credit_data IMPLEMENTATION.

  METHOD zif_gangway_credit_data~accounts.
    SELECT kunnr kkber knkli klimk skfor ssobl ctlpc crblb FROM knkk
      INTO CORRESPONDING FIELDS OF TABLE result
      WHERE kunnr = customer
      ORDER BY kkber.
  ENDMETHOD.


  METHOD zif_gangway_credit_data~account.
    SELECT SINGLE kunnr kkber knkli klimk skfor ssobl ctlpc crblb FROM knkk
      INTO CORRESPONDING FIELDS OF result
      WHERE kunnr = credit_account AND kkber = credit_area.
  ENDMETHOD.


  METHOD zif_gangway_credit_data~members.
    DATA owner TYPE zif_gangway_credit_data=>ty_member.

    SELECT a~kunnr a~name1 FROM knkk AS k INNER JOIN kna1 AS a ON a~kunnr = k~kunnr
      INTO CORRESPONDING FIELDS OF TABLE result
      WHERE k~kkber = credit_area AND k~knkli = credit_account.
    " An account that was never assigned to itself has an empty KNKLI and is still the owner.
    SELECT SINGLE kunnr name1 FROM kna1 INTO CORRESPONDING FIELDS OF owner WHERE kunnr = credit_account.
    IF sy-subrc = 0.
      APPEND owner TO result.
    ENDIF.
    SORT result BY kunnr.
    DELETE ADJACENT DUPLICATES FROM result COMPARING kunnr.
  ENDMETHOD.


  METHOD zif_gangway_credit_data~open_values.
    SELECT SUM( oeikw ) FROM s066 INTO result-oeikw
      WHERE vrsio = actual AND kkber = credit_area AND knkli = credit_account.
    SELECT SUM( olikw ) SUM( ofakw ) FROM s067 INTO (result-olikw, result-ofakw)
      WHERE vrsio = actual AND kkber = credit_area AND knkli = credit_account.
  ENDMETHOD.


  METHOD zif_gangway_credit_data~currency.
    SELECT SINGLE waers FROM t014 INTO result WHERE kkber = credit_area.
  ENDMETHOD.


  METHOD zif_gangway_credit_data~has_risk_class.
    DATA value TYPE t691a-ctlpc.

    SELECT SINGLE ctlpc FROM t691a INTO value WHERE ctlpc = risk_class AND kkber = credit_area.
    result = boolc( sy-subrc = 0 ).
  ENDMETHOD.

ENDCLASS.
