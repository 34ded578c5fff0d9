"! Says everything that is wrong with a quotation or order at once, before SAP is asked.
CLASS zcl_gangway_order_checks DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    METHODS constructor
      IMPORTING
        customizing TYPE REF TO zif_gangway_customizing.
    METHODS check
      IMPORTING
        wish          TYPE zif_gangway_order_writer=>ty_wish
      RETURNING
        VALUE(result) TYPE zcl_gangway_messages=>ty_messages.

  PRIVATE SECTION.
    DATA customizing TYPE REF TO zif_gangway_customizing.
    DATA wish TYPE zif_gangway_order_writer=>ty_wish.
    DATA messages TYPE zcl_gangway_messages=>ty_messages.

    METHODS check_header.
    METHODS check_items.
    METHODS check_lines.
    METHODS check_partners.
    METHODS check_texts.
    METHODS require
      IMPORTING
        value     TYPE clike
        parameter TYPE bapiret2-parameter
        field     TYPE bapiret2-field
        row       TYPE i DEFAULT 0.
    "! Zero is the header, where a row may belong to it.
    METHODS know_item
      IMPORTING
        item      TYPE zgangway_s_order_item-posnr
        or_header TYPE abap_bool
        parameter TYPE bapiret2-parameter
        row       TYPE i.
    METHODS say
      IMPORTING
        number    TYPE bapiret2-number
        v1        TYPE clike
        v2        TYPE clike OPTIONAL
        parameter TYPE bapiret2-parameter
        field     TYPE bapiret2-field
        row       TYPE i.
ENDCLASS.



CLASS zcl_gangway_order_checks IMPLEMENTATION.

  METHOD constructor.
    me->customizing = customizing.
  ENDMETHOD.


  METHOD check.
    CLEAR messages.
    me->wish = wish.
    check_header( ).
    check_items( ).
    check_lines( ).
    check_partners( ).
    check_texts( ).
    result = messages.
  ENDMETHOD.


  METHOD check_header.
    require( value = wish-header-vbtyp parameter = 'IS_HEADER' field = 'VBTYP' ).
    require( value = wish-header-auart parameter = 'IS_HEADER' field = 'AUART' ).
    require( value = wish-header-vkorg parameter = 'IS_HEADER' field = 'VKORG' ).
    require( value = wish-header-vtweg parameter = 'IS_HEADER' field = 'VTWEG' ).
    require( value = wish-header-spart parameter = 'IS_HEADER' field = 'SPART' ).
    require( value = wish-header-kunnr parameter = 'IS_HEADER' field = 'KUNNR' ).
    IF wish-header-vbtyp IS NOT INITIAL
        AND wish-header-vbtyp <> zif_gangway_order_writer=>category-order
        AND wish-header-vbtyp <> zif_gangway_order_writer=>category-quotation.
      say( number = '005' v1 = 'VBTYP' v2 = wish-header-vbtyp parameter = 'IS_HEADER' field = 'VBTYP' row = 0 ).
    ENDIF.
  ENDMETHOD.


  METHOD check_items.
    DATA item TYPE zgangway_s_order_item.
    DATA seen TYPE SORTED TABLE OF zgangway_s_order_item-posnr WITH UNIQUE KEY table_line.
    DATA row TYPE i.

    IF wish-items IS INITIAL.
      say( number = '004' v1 = 'IT_ITEM' parameter = 'IT_ITEM' field = 'POSNR' row = 0 ).
    ENDIF.
    LOOP AT wish-items INTO item.
      row = sy-tabix.
      IF item-posnr IS INITIAL.
        say( number = '004' v1 = 'POSNR' parameter = 'IT_ITEM' field = 'POSNR' row = row ).
        CONTINUE.
      ENDIF.
      INSERT item-posnr INTO TABLE seen.
      IF sy-subrc <> 0.
        say( number = '021' v1 = 'POSNR' v2 = item-posnr parameter = 'IT_ITEM' field = 'POSNR' row = row ).
      ENDIF.
      IF item-matnr IS INITIAL AND item-kdmat IS INITIAL.
        say( number = '004' v1 = 'MATNR' parameter = 'IT_ITEM' field = 'MATNR' row = row ).
      ENDIF.
      READ TABLE wish-lines WITH KEY posnr = item-posnr TRANSPORTING NO FIELDS.
      IF sy-subrc <> 0.
        say( number = '004' v1 = 'IT_SCHEDULE' parameter = 'IT_ITEM' field = 'POSNR' row = row ).
      ENDIF.
    ENDLOOP.
  ENDMETHOD.


  METHOD check_lines.
    DATA line TYPE zgangway_s_order_line.
    DATA row TYPE i.
    DATA quantity TYPE string.

    LOOP AT wish-lines INTO line.
      row = sy-tabix.
      know_item( item = line-posnr or_header = abap_false parameter = 'IT_SCHEDULE' row = row ).
      IF line-wmeng <= 0.
        quantity = |{ line-wmeng }|.
        say( number = '015' v1 = 'WMENG' v2 = quantity parameter = 'IT_SCHEDULE' field = 'WMENG' row = row ).
      ENDIF.
    ENDLOOP.
  ENDMETHOD.


  METHOD check_partners.
    DATA partner TYPE zgangway_s_order_partner.
    DATA row TYPE i.

    LOOP AT wish-partners INTO partner.
      row = sy-tabix.
      know_item( item = partner-posnr or_header = abap_true parameter = 'IT_PARTNER' row = row ).
      require( value = partner-parvw parameter = 'IT_PARTNER' field = 'PARVW' row = row ).
      require( value = partner-partner parameter = 'IT_PARTNER' field = 'PARTNER' row = row ).
      " Two sold-to parties would leave open whose order it is; the key leads to the one of the header.
      IF partner-parvw = 'AG'.
        say( number = '020' v1 = partner-parvw v2 = partner-partner
             parameter = 'IT_PARTNER' field = 'PARVW' row = row ).
      ENDIF.
    ENDLOOP.
  ENDMETHOD.


  METHOD check_texts.
    DATA text TYPE zgangway_s_order_text.
    DATA row TYPE i.

    LOOP AT wish-texts INTO text.
      row = sy-tabix.
      know_item( item = text-posnr or_header = abap_true parameter = 'IT_TEXT' row = row ).
      require( value = text-tdid parameter = 'IT_TEXT' field = 'TDID' row = row ).
      IF customizing->language( text-spras_iso ) IS INITIAL.
        say( number = '005' v1 = 'SPRAS_ISO' v2 = text-spras_iso
             parameter = 'IT_TEXT' field = 'SPRAS_ISO' row = row ).
      ENDIF.
    ENDLOOP.
  ENDMETHOD.


  METHOD require.
    IF value IS INITIAL.
      say( number = '004' v1 = field parameter = parameter field = field row = row ).
    ENDIF.
  ENDMETHOD.


  METHOD know_item.
    IF item IS INITIAL AND or_header = abap_true.
      RETURN.
    ENDIF.
    READ TABLE wish-items WITH KEY posnr = item TRANSPORTING NO FIELDS.
    IF sy-subrc <> 0.
      say( number = '005' v1 = 'POSNR' v2 = item parameter = parameter field = 'POSNR' row = row ).
    ENDIF.
  ENDMETHOD.


  METHOD say.
    DATA message TYPE bapiret2.

    message = zcl_gangway_messages=>build( number = number v1 = v1 v2 = v2 parameter = parameter field = field ).
    message-row = row.
    APPEND message TO messages.
  ENDMETHOD.

ENDCLASS.
