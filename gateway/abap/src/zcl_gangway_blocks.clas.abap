"! Every block that is set on a customer, with its scope and its text.
CLASS zcl_gangway_blocks DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    TYPES ty_blocks TYPE STANDARD TABLE OF zgangway_s_block WITH DEFAULT KEY.

    METHODS constructor
      IMPORTING
        texts TYPE REF TO zif_gangway_texts.
    METHODS add_central
      IMPORTING
        general TYPE kna1.
    METHODS add_sales_areas
      IMPORTING
        sales_areas TYPE zif_gangway_customers=>ty_sales_areas.
    METHODS add_companies
      IMPORTING
        companies TYPE zif_gangway_customers=>ty_companies.
    METHODS add_credit
      IMPORTING
        kkber TYPE knkk-kkber
        crblb TYPE knkk-crblb.
    METHODS all
      RETURNING
        VALUE(result) TYPE ty_blocks.

  PRIVATE SECTION.
    DATA texts TYPE REF TO zif_gangway_texts.
    DATA blocks TYPE ty_blocks.

    METHODS add
      IMPORTING
        scope TYPE zgangway_s_block OPTIONAL
        field TYPE zgangway_s_block-field
        code  TYPE csequence.
ENDCLASS.



CLASS zcl_gangway_blocks IMPLEMENTATION.

  METHOD constructor.
    me->texts = texts.
  ENDMETHOD.


  METHOD add_central.
    add( field = 'AUFSD' code = general-aufsd ).
    add( field = 'LIFSD' code = general-lifsd ).
    add( field = 'FAKSD' code = general-faksd ).
    add( field = 'CASSD' code = general-cassd ).
    add( field = 'SPERR' code = general-sperr ).
    add( field = 'LOEVM' code = general-loevm ).
  ENDMETHOD.


  METHOD add_sales_areas.
    DATA area TYPE zif_gangway_customers=>ty_sales_area.
    DATA scope TYPE zgangway_s_block.

    LOOP AT sales_areas INTO area.
      CLEAR scope.
      scope-vkorg = area-vkorg.
      scope-vtweg = area-vtweg.
      scope-spart = area-spart.
      add( scope = scope field = 'AUFSD' code = area-aufsd ).
      add( scope = scope field = 'LIFSD' code = area-lifsd ).
      add( scope = scope field = 'FAKSD' code = area-faksd ).
      add( scope = scope field = 'CASSD' code = area-cassd ).
      add( scope = scope field = 'LOEVM' code = area-loevm ).
    ENDLOOP.
  ENDMETHOD.


  METHOD add_companies.
    DATA company TYPE zif_gangway_customers=>ty_company.
    DATA scope TYPE zgangway_s_block.

    LOOP AT companies INTO company.
      CLEAR scope.
      scope-bukrs = company-bukrs.
      add( scope = scope field = 'SPERR' code = company-sperr ).
      add( scope = scope field = 'LOEVM' code = company-loevm ).
    ENDLOOP.
  ENDMETHOD.


  METHOD add_credit.
    DATA scope TYPE zgangway_s_block.

    scope-kkber = kkber.
    add( scope = scope field = 'CRBLB' code = crblb ).
  ENDMETHOD.


  METHOD all.
    result = blocks.
  ENDMETHOD.


  METHOD add.
    DATA block TYPE zgangway_s_block.

    IF code IS INITIAL.
      RETURN.
    ENDIF.
    block = scope.
    block-field = field.
    block-code = code.
    block-text = texts->block( field = field code = code ).
    APPEND block TO blocks.
  ENDMETHOD.

ENDCLASS.
