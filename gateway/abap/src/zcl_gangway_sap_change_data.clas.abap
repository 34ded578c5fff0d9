"! Change documents from CDHDR and CDPOS, clearings from BSAD.
CLASS zcl_gangway_sap_change_data DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    INTERFACES zif_gangway_change_data.
ENDCLASS.



CLASS zcl_gangway_sap_change_data IMPLEMENTATION.

  METHOD zif_gangway_change_data~documents.
    " The first condition is for an index on class and date; the second finds the place within the day.
    SELECT objectid changenr username udate utime FROM cdhdr
      INTO CORRESPONDING FIELDS OF TABLE result UP TO most ROWS
      WHERE objectclas = object
        AND udate >= after-udate
        AND ( udate > after-udate
           OR utime > after-utime
           OR ( utime = after-utime AND changenr > after-changenr ) )
      ORDER BY udate utime changenr.
  ENDMETHOD.


  METHOD zif_gangway_change_data~fields.
    IF documents IS INITIAL.
      RETURN.
    ENDIF.
    " CDPOS is a cluster in ECC: it is read by its key and no other way.
    SELECT changenr tabname fname FROM cdpos INTO TABLE result
      FOR ALL ENTRIES IN documents
      WHERE objectclas = object AND objectid = documents-objectid AND changenr = documents-changenr.
  ENDMETHOD.


  METHOD zif_gangway_change_data~clearings.
    " Billing documents, and what accounting enters as a bill; the line of the payment is no invoice.
    SELECT augdt bukrs gjahr belnr buzei kunnr augbl vbeln FROM bsad
      INTO CORRESPONDING FIELDS OF TABLE result UP TO most ROWS
      WHERE umskz = space
        AND ( vbeln <> space OR blart IN ('DR', 'DG', 'RV') )
        AND augdt >= after-augdt
        AND ( augdt > after-augdt
           OR bukrs > after-bukrs
           OR ( bukrs = after-bukrs
            AND ( gjahr > after-gjahr
             OR ( gjahr = after-gjahr
              AND ( belnr > after-belnr
               OR ( belnr = after-belnr AND buzei > after-buzei ) ) ) ) ) )
      ORDER BY augdt bukrs gjahr belnr buzei.
  ENDMETHOD.


  METHOD zif_gangway_change_data~late_clearings.
    DATA day TYPE bsad-augdt.
    DATA company TYPE bsad-bukrs.
    DATA year TYPE bsad-gjahr.
    DATA number TYPE bsad-belnr.
    DATA line TYPE bsad-buzei.

    day = after-augdt.
    company = after-bukrs.
    year = after-gjahr.
    number = after-belnr.
    line = after-buzei.
    SELECT DISTINCT i~augdt i~bukrs i~gjahr i~belnr i~buzei i~kunnr i~augbl i~vbeln
      INTO CORRESPONDING FIELDS OF TABLE result UP TO most ROWS
      FROM bsad AS p INNER JOIN bsad AS i
        ON i~bukrs = p~bukrs AND i~kunnr = p~kunnr AND i~augdt = p~augdt AND i~augbl = p~augbl
      WHERE p~cpudt >= entered
        AND i~umskz = space
        AND ( i~vbeln <> space OR i~blart IN ('DR', 'DG', 'RV') )
        AND i~augdt < dated_before
        AND i~augdt >= day
        AND ( i~augdt > day
           OR i~bukrs > company
           OR ( i~bukrs = company
            AND ( i~gjahr > year
             OR ( i~gjahr = year
              AND ( i~belnr > number
               OR ( i~belnr = number AND i~buzei > line ) ) ) ) ) )
      ORDER BY i~augdt i~bukrs i~gjahr i~belnr i~buzei.
  ENDMETHOD.

ENDCLASS.
