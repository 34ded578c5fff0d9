"! Items and billing documents from BSID, BSAD and VBRK.
CLASS zcl_gangway_sap_items DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    INTERFACES zif_gangway_items.
ENDCLASS.



CLASS zcl_gangway_sap_items IMPLEMENTATION.

  METHOD zif_gangway_items~open_items.
    SELECT bukrs belnr gjahr buzei augdt bldat waers blart shkzg wrbtr zfbdt zbd1t zbd2t zbd3t rebzg vbeln
      FROM bsid INTO CORRESPONDING FIELDS OF TABLE result
      WHERE kunnr = customer AND umskz = space.
  ENDMETHOD.


  METHOD zif_gangway_items~documents_from.
    " Categories of bills to customers: invoice, cancellation, credit memo, debit memo, cancelled credit memo.
    SELECT vbeln fkart vbtyp waerk vkorg fkdat belnr gjahr bukrs zterm netwr mwsbk fksto sfakn rfbsk
      FROM vbrk INTO CORRESPONDING FIELDS OF TABLE result
      UP TO most ROWS
      WHERE kunrg = payer
        AND vbtyp IN ('M', 'N', 'O', 'P', 'S')
        AND ( fkdat < billing_date OR ( fkdat = billing_date AND vbeln <= number ) )
      ORDER BY fkdat DESCENDING vbeln DESCENDING.
  ENDMETHOD.


  METHOD zif_gangway_items~cleared_items_of.
    IF documents IS INITIAL.
      RETURN.
    ENDIF.
    " BUZEI belongs in the list: FOR ALL ENTRIES drops rows that look the same.
    SELECT bukrs belnr gjahr buzei augdt bldat waers blart shkzg wrbtr zfbdt zbd1t zbd2t zbd3t rebzg vbeln
      FROM bsad INTO CORRESPONDING FIELDS OF TABLE result
      FOR ALL ENTRIES IN documents
      WHERE bukrs = documents-bukrs AND kunnr = payer AND umskz = space AND vbeln = documents-vbeln.
  ENDMETHOD.


  METHOD zif_gangway_items~cleared_bills.
    DATA items TYPE zif_gangway_items=>ty_items.

    " Cleared payments are history nobody looks for under invoices, so only document types of bills.
    SELECT bukrs belnr gjahr buzei augdt bldat waers blart shkzg wrbtr zfbdt zbd1t zbd2t zbd3t rebzg vbeln
      FROM bsad INTO CORRESPONDING FIELDS OF TABLE items
      WHERE kunnr = customer AND umskz = space
        AND bldat BETWEEN first_day AND last_day
        AND blart IN ('DR', 'DG', 'RV').
    result = zif_gangway_items~without_document( payer = customer customer_items = items ).
  ENDMETHOD.


  METHOD zif_gangway_items~without_document.
    DATA billed TYPE SORTED TABLE OF vbrk-vbeln WITH UNIQUE KEY table_line.
    DATA item TYPE zif_gangway_items=>ty_item.

    IF customer_items IS NOT INITIAL.
      SELECT vbeln FROM vbrk INTO TABLE billed
        FOR ALL ENTRIES IN customer_items
        WHERE vbeln = customer_items-vbeln
          AND kunrg = payer
          AND vbtyp IN ('M', 'N', 'O', 'P', 'S').
    ENDIF.
    LOOP AT customer_items INTO item.
      READ TABLE billed WITH TABLE KEY table_line = item-vbeln TRANSPORTING NO FIELDS.
      IF sy-subrc <> 0.
        APPEND item TO result.
      ENDIF.
    ENDLOOP.
  ENDMETHOD.


  METHOD zif_gangway_items~cancellations_of.
    IF documents IS INITIAL.
      RETURN.
    ENDIF.
    SELECT vbeln sfakn FROM vbrk INTO CORRESPONDING FIELDS OF TABLE result
      FOR ALL ENTRIES IN documents
      WHERE kunrg = payer AND sfakn = documents-vbeln.
  ENDMETHOD.


  METHOD zif_gangway_items~net_due_date.
    " SAP's own rule, exits of the country versions included.
    CALL FUNCTION 'NET_DUE_DATE_GET'
      EXPORTING
        i_zfbdt = item-zfbdt
        i_zbd1t = item-zbd1t
        i_zbd2t = item-zbd2t
        i_zbd3t = item-zbd3t
        i_shkzg = item-shkzg
        i_rebzg = item-rebzg
        i_koart = 'D'
      IMPORTING
        e_faedt = result.
  ENDMETHOD.


  METHOD zif_gangway_items~terms_days.
    DATA terms_row TYPE t052.

    SELECT * FROM t052 INTO terms_row UP TO 1 ROWS WHERE zterm = terms ORDER BY ztagg.
    ENDSELECT.
    result = terms_row-ztag3.
    IF result = 0.
      result = terms_row-ztag2.
    ENDIF.
    IF result = 0.
      result = terms_row-ztag1.
    ENDIF.
  ENDMETHOD.

ENDCLASS.
