"! Customizing from SAP's tables and from the two of the pack.
CLASS zcl_gangway_sap_customizing DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    INTERFACES zif_gangway_customizing.

  PRIVATE SECTION.
    METHODS found
      IMPORTING
        code          TYPE sy-subrc
      RETURNING
        VALUE(result) TYPE abap_bool.
ENDCLASS.



CLASS zcl_gangway_sap_customizing IMPLEMENTATION.

  METHOD zif_gangway_customizing~has_account_group.
    DATA value TYPE t077d-ktokd.

    SELECT SINGLE ktokd FROM t077d INTO value WHERE ktokd = account_group.
    result = found( sy-subrc ).
  ENDMETHOD.


  METHOD zif_gangway_customizing~has_country.
    DATA value TYPE t005-land1.

    SELECT SINGLE land1 FROM t005 INTO value WHERE land1 = country.
    result = found( sy-subrc ).
  ENDMETHOD.


  METHOD zif_gangway_customizing~has_partner_function.
    DATA value TYPE tpar-parvw.

    SELECT SINGLE parvw FROM tpar INTO value WHERE parvw = function.
    result = found( sy-subrc ).
  ENDMETHOD.


  METHOD zif_gangway_customizing~has_region.
    DATA value TYPE t005s-bland.

    SELECT SINGLE bland FROM t005s INTO value WHERE land1 = country AND bland = region.
    IF sy-subrc = 0.
      result = abap_true.
      RETURN.
    ENDIF.
    SELECT bland FROM t005s INTO value UP TO 1 ROWS WHERE land1 = country ORDER BY bland.
    ENDSELECT.
    result = boolc( sy-subrc <> 0 ).
  ENDMETHOD.


  METHOD zif_gangway_customizing~has_company_code.
    DATA value TYPE t001-bukrs.

    SELECT SINGLE bukrs FROM t001 INTO value WHERE bukrs = company_code.
    result = found( sy-subrc ).
  ENDMETHOD.


  METHOD zif_gangway_customizing~has_sales_area.
    DATA value TYPE tvta-vkorg.

    SELECT SINGLE vkorg FROM tvta INTO value
      WHERE vkorg = sales_area-vkorg AND vtweg = sales_area-vtweg AND spart = sales_area-spart.
    result = found( sy-subrc ).
  ENDMETHOD.


  METHOD zif_gangway_customizing~has_currency.
    DATA value TYPE tcurc-waers.

    SELECT SINGLE waers FROM tcurc INTO value WHERE waers = currency.
    result = found( sy-subrc ).
  ENDMETHOD.


  METHOD zif_gangway_customizing~has_terms.
    DATA value TYPE t052-zterm.

    SELECT zterm FROM t052 INTO value UP TO 1 ROWS WHERE zterm = terms ORDER BY ztagg.
    ENDSELECT.
    result = found( sy-subrc ).
  ENDMETHOD.


  METHOD zif_gangway_customizing~language.
    SELECT SINGLE spras FROM t002 INTO result WHERE laiso = iso_code.
  ENDMETHOD.


  METHOD zif_gangway_customizing~reconciliation_account.
    SELECT SINGLE akont FROM zgangway_company INTO result
      WHERE bukrs = company_code AND ktokd = account_group.
  ENDMETHOD.


  METHOD zif_gangway_customizing~sales_defaults.
    SELECT SINGLE * FROM zgangway_sales INTO result
      WHERE vkorg = sales_area-vkorg AND vtweg = sales_area-vtweg AND spart = sales_area-spart.
  ENDMETHOD.


  METHOD zif_gangway_customizing~taxes.
    " Taxes are kept by the country goods leave from, so the plants of the sales area decide, not the customer.
    SELECT DISTINCT c~talnd AS aland c~tatyp AS tatyp
      FROM tvkwz AS p
      INNER JOIN t001w AS w ON w~werks = p~werks
      INNER JOIN tstl AS c ON c~talnd = w~land1
      INTO CORRESPONDING FIELDS OF TABLE result
      WHERE p~vkorg = sales_area-vkorg AND p~vtweg = sales_area-vtweg.
  ENDMETHOD.


  METHOD found.
    result = boolc( code = 0 ).
  ENDMETHOD.

ENDCLASS.
