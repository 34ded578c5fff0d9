"! Customer master from its tables.
CLASS zcl_gangway_sap_customers DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    INTERFACES zif_gangway_customers.
ENDCLASS.



CLASS zcl_gangway_sap_customers IMPLEMENTATION.

  METHOD zif_gangway_customers~general.
    DATA refusal TYPE bapiret2.

    SELECT SINGLE * FROM kna1 INTO result WHERE kunnr = customer.
    IF sy-subrc = 0.
      RETURN.
    ENDIF.
    refusal = zcl_gangway_messages=>build( id = 'F2' number = '153' v1 = customer parameter = 'I_KUNNR' ).
    RAISE EXCEPTION TYPE zcx_gangway_refused
      EXPORTING
        message = refusal.
  ENDMETHOD.


  METHOD zif_gangway_customers~companies.
    SELECT bukrs zterm sperr loevm FROM knb1 INTO CORRESPONDING FIELDS OF TABLE result
      WHERE kunnr = customer
      ORDER BY bukrs.
  ENDMETHOD.


  METHOD zif_gangway_customers~sales_areas.
    SELECT vkorg vtweg spart zterm aufsd lifsd faksd cassd loevm FROM knvv
      INTO CORRESPONDING FIELDS OF TABLE result
      WHERE kunnr = customer
      ORDER BY vkorg vtweg spart.
  ENDMETHOD.


  METHOD zif_gangway_customers~address.
    " Versions in another script have a NATION; the one without is the address.
    SELECT * FROM adrc INTO result UP TO 1 ROWS
        WHERE addrnumber = number AND nation = space
        ORDER BY date_from DESCENDING.
    ENDSELECT.
  ENDMETHOD.


  METHOD zif_gangway_customers~email.
    " Rows with a person are those of contact persons.
    SELECT smtp_addr FROM adr6 INTO result UP TO 1 ROWS
        WHERE addrnumber = number AND persnumber = space AND flgdefault = 'X'
        ORDER BY consnumber.
    ENDSELECT.
  ENDMETHOD.

ENDCLASS.
