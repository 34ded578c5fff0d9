"! Contact persons from KNVK and the central address.
CLASS zcl_gangway_sap_contacts DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    INTERFACES zif_gangway_contacts.
ENDCLASS.



CLASS zcl_gangway_sap_contacts IMPLEMENTATION.

  METHOD zif_gangway_contacts~person.
    DATA refusal TYPE bapiret2.
    DATA address TYPE adr6-addrnumber.

    SELECT SINGLE parnr namev name1 prsnr FROM knvk INTO CORRESPONDING FIELDS OF result
      WHERE parnr = number AND kunnr = customer-kunnr.
    IF sy-subrc <> 0.
      refusal = zcl_gangway_messages=>build( number = '014' v1 = number v2 = customer-kunnr parameter = 'I_PARNR' ).
      RAISE EXCEPTION TYPE zcx_gangway_refused
        EXPORTING
          message = refusal.
    ENDIF.
    IF result-prsnr IS INITIAL.
      RETURN.
    ENDIF.
    " Mail and telephone of a person hang on the address of the company the person works for.
    address = customer-adrnr.
    SELECT consnumber FROM adr6 INTO result-email_number UP TO 1 ROWS
        WHERE addrnumber = address AND persnumber = result-prsnr AND flgdefault = 'X'
        ORDER BY consnumber.
    ENDSELECT.
    SELECT consnumber FROM adr2 INTO result-phone_number UP TO 1 ROWS
        WHERE addrnumber = address AND persnumber = result-prsnr AND flgdefault = 'X'
        ORDER BY consnumber.
    ENDSELECT.
  ENDMETHOD.

ENDCLASS.
