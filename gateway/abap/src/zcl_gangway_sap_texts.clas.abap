"! Texts of customizing tables. Languages are tried in this order: logon, English, German.
CLASS zcl_gangway_sap_texts DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    INTERFACES zif_gangway_texts.

    METHODS constructor.

  PRIVATE SECTION.
    DATA languages TYPE STANDARD TABLE OF sy-langu WITH DEFAULT KEY.

    METHODS flag
      IMPORTING
        field         TYPE csequence
      RETURNING
        VALUE(result) TYPE zgangway_s_block-text.
    METHODS block_in
      IMPORTING
        language      TYPE sy-langu
        field         TYPE csequence
        code          TYPE csequence
      RETURNING
        VALUE(result) TYPE tvast-vtext.
    METHODS payment_terms_in
      IMPORTING
        language      TYPE sy-langu
        code          TYPE knvv-zterm
      RETURNING
        VALUE(result) TYPE t052u-text1.
ENDCLASS.



CLASS zcl_gangway_sap_texts IMPLEMENTATION.

  METHOD constructor.
    APPEND sy-langu TO languages.
    APPEND 'E' TO languages.
    APPEND 'D' TO languages.
  ENDMETHOD.


  METHOD zif_gangway_texts~block.
    DATA language TYPE sy-langu.

    LOOP AT languages INTO language.
      result = block_in( language = language field = field code = code ).
      IF result IS NOT INITIAL.
        RETURN.
      ENDIF.
    ENDLOOP.
    result = flag( field ).
  ENDMETHOD.


  METHOD zif_gangway_texts~payment_terms.
    DATA language TYPE sy-langu.

    LOOP AT languages INTO language.
      result = payment_terms_in( language = language code = code ).
      IF result IS NOT INITIAL.
        RETURN.
      ENDIF.
    ENDLOOP.
  ENDMETHOD.


  METHOD zif_gangway_texts~credit_area.
    DATA language TYPE sy-langu.

    LOOP AT languages INTO language.
      SELECT SINGLE kkbtx FROM t014t INTO result WHERE spras = language AND kkber = code.
      IF sy-subrc = 0.
        RETURN.
      ENDIF.
    ENDLOOP.
  ENDMETHOD.


  METHOD zif_gangway_texts~risk_class.
    DATA language TYPE sy-langu.

    LOOP AT languages INTO language.
      SELECT SINGLE rtext FROM t691t INTO result
        WHERE spras = language AND ctlpc = code AND kkber = credit_area.
      IF sy-subrc = 0.
        RETURN.
      ENDIF.
    ENDLOOP.
  ENDMETHOD.


  METHOD block_in.
    CASE field.
      WHEN 'AUFSD'.
        SELECT SINGLE vtext FROM tvast INTO result WHERE spras = language AND aufsp = code.
      WHEN 'LIFSD'.
        SELECT SINGLE vtext FROM tvlst INTO result WHERE spras = language AND lifsp = code.
      WHEN 'FAKSD'.
        SELECT SINGLE vtext FROM tvfst INTO result WHERE spras = language AND faksp = code.
    ENDCASE.
  ENDMETHOD.


  METHOD payment_terms_in.
    " ZTAGG is the day limit; the lowest row is the one people know the terms by.
    SELECT text1 FROM t052u INTO result UP TO 1 ROWS
        WHERE spras = language AND zterm = code
        ORDER BY ztagg.
    ENDSELECT.
    IF result IS INITIAL.
      SELECT SINGLE vtext FROM tvzbt INTO result WHERE spras = language AND zterm = code.
    ENDIF.
  ENDMETHOD.


  METHOD flag.
    " Flags have no text table; the program's text elements can be translated with SE63.
    CASE field.
      WHEN 'CASSD'.
        result = 'Sales support block'(001).
      WHEN 'SPERR'.
        result = 'Posting block'(002).
      WHEN 'LOEVM'.
        result = 'Marked for deletion'(003).
      WHEN 'CRBLB'.
        result = 'Blocked by credit management'(004).
    ENDCASE.
  ENDMETHOD.

ENDCLASS.
