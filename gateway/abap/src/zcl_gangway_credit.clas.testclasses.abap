CLASS ltd_currencies DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_currencies.
ENDCLASS.

CLASS ltd_currencies IMPLEMENTATION.

  METHOD zif_gangway_currencies~decimals.
    result = 2.
  ENDMETHOD.

ENDCLASS.

CLASS ltd_authority DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_authority.
    DATA refused TYPE string.
    DATA asked TYPE i.
  PRIVATE SECTION.
    METHODS refuse
      RAISING
        zcx_gangway_refused.
ENDCLASS.

CLASS ltd_authority IMPLEMENTATION.

  METHOD zif_gangway_authority~check_general.
    asked = asked + 1.
    IF refused = 'check_general'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_authority~check_account_group.
    asked = asked + 1.
    IF refused = 'check_account_group'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_authority~check_company.
    asked = asked + 1.
    IF refused = 'check_company'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_authority~check_sales_area.
    asked = asked + 1.
    IF refused = 'check_sales_area'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_authority~check_credit_area.
    asked = asked + 1.
    IF refused = 'check_credit_area'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_authority~check_items.
    asked = asked + 1.
    IF refused = 'check_items'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_authority~check_billing.
    asked = asked + 1.
    IF refused = 'check_billing'.
      refuse( ).
    ENDIF.
  ENDMETHOD.

  METHOD refuse.
    DATA message TYPE bapiret2.

    message = zcl_gangway_messages=>build( number = '009' v1 = refused ).
    RAISE EXCEPTION TYPE zcx_gangway_refused
      EXPORTING
        message = message.
  ENDMETHOD.

ENDCLASS.

CLASS ltd_items DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_items.
    DATA open_items TYPE zif_gangway_items=>ty_items.
    DATA cleared TYPE zif_gangway_items=>ty_items.
    DATA bills TYPE zif_gangway_items=>ty_items.
    DATA documents TYPE zif_gangway_items=>ty_documents.
ENDCLASS.

CLASS ltd_items IMPLEMENTATION.

  METHOD zif_gangway_items~open_items.
    result = open_items.
  ENDMETHOD.

  METHOD zif_gangway_items~documents_from.
    DATA document TYPE zif_gangway_items=>ty_document.

    SORT documents BY fkdat DESCENDING vbeln DESCENDING.
    LOOP AT documents INTO document.
      IF document-fkdat > billing_date OR ( document-fkdat = billing_date AND document-vbeln > number ).
        CONTINUE.
      ENDIF.
      APPEND document TO result.
      IF lines( result ) = most.
        RETURN.
      ENDIF.
    ENDLOOP.
  ENDMETHOD.

  METHOD zif_gangway_items~cleared_items_of.
    result = cleared.
  ENDMETHOD.

  METHOD zif_gangway_items~cleared_bills.
    DATA item TYPE zif_gangway_items=>ty_item.

    LOOP AT bills INTO item WHERE bldat >= first_day AND bldat <= last_day.
      APPEND item TO result.
    ENDLOOP.
  ENDMETHOD.

  METHOD zif_gangway_items~without_document.
    result = customer_items.
    DELETE result WHERE vbeln IS NOT INITIAL.
  ENDMETHOD.

  METHOD zif_gangway_items~cancellations_of.
    DATA document TYPE zif_gangway_items=>ty_document.
    DATA row TYPE zif_gangway_items=>ty_cancellation.

    LOOP AT me->documents INTO document WHERE sfakn IS NOT INITIAL.
      row-vbeln = document-vbeln.
      row-sfakn = document-sfakn.
      APPEND row TO result.
    ENDLOOP.
  ENDMETHOD.

  METHOD zif_gangway_items~net_due_date.
    result = item-zfbdt.
    IF result IS NOT INITIAL.
      result = result + item-zbd3t.
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_items~terms_days.
    result = 30.
  ENDMETHOD.

ENDCLASS.

CLASS ltd_customers DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_customers.
    DATA row TYPE kna1.
    DATA company_rows TYPE zif_gangway_customers=>ty_companies.
    DATA area_rows TYPE zif_gangway_customers=>ty_sales_areas.
    DATA address_row TYPE adrc.
ENDCLASS.

CLASS ltd_customers IMPLEMENTATION.

  METHOD zif_gangway_customers~general.
    DATA message TYPE bapiret2.

    IF customer <> '0000104711'.
      message = zcl_gangway_messages=>build( id = 'F2' number = '153' v1 = customer ).
      RAISE EXCEPTION TYPE zcx_gangway_refused
        EXPORTING
          message = message.
    ENDIF.
    result = row.
  ENDMETHOD.

  METHOD zif_gangway_customers~companies.
    result = company_rows.
  ENDMETHOD.

  METHOD zif_gangway_customers~sales_areas.
    result = area_rows.
  ENDMETHOD.

  METHOD zif_gangway_customers~address.
    result = address_row.
  ENDMETHOD.

  METHOD zif_gangway_customers~email.
    result = 'old@example.com'.
  ENDMETHOD.

ENDCLASS.

CLASS ltd_texts DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_texts.
ENDCLASS.

CLASS ltd_texts IMPLEMENTATION.

  METHOD zif_gangway_texts~block.
    result = |{ field } { code }|.
  ENDMETHOD.

  METHOD zif_gangway_texts~payment_terms.
    result = |Terms { code }|.
  ENDMETHOD.

  METHOD zif_gangway_texts~credit_area.
    result = |Area { code }|.
  ENDMETHOD.

  METHOD zif_gangway_texts~risk_class.
    result = |Risk { code }|.
  ENDMETHOD.

ENDCLASS.

CLASS ltd_credit_data DEFINITION FINAL FOR TESTING.
  PUBLIC SECTION.
    INTERFACES zif_gangway_credit_data.
    DATA own TYPE zif_gangway_credit_data=>ty_account.
    DATA master TYPE zif_gangway_credit_data=>ty_account.
ENDCLASS.

CLASS ltd_credit_data IMPLEMENTATION.

  METHOD zif_gangway_credit_data~accounts.
    APPEND own TO result.
  ENDMETHOD.

  METHOD zif_gangway_credit_data~account.
    IF master-kunnr = credit_account.
      result = master.
    ENDIF.
  ENDMETHOD.

  METHOD zif_gangway_credit_data~members.
    DATA member TYPE zif_gangway_credit_data=>ty_member.

    member-kunnr = '0000104711'.
    APPEND member TO result.
    member-kunnr = '0000104720'.
    member-name1 = 'Hansa Werft Holding AG'.
    APPEND member TO result.
  ENDMETHOD.

  METHOD zif_gangway_credit_data~open_values.
    result-oeikw = '10.00'.
    result-olikw = '20.00'.
    result-ofakw = '30.00'.
  ENDMETHOD.

  METHOD zif_gangway_credit_data~currency.
    result = 'EUR'.
  ENDMETHOD.

  METHOD zif_gangway_credit_data~has_risk_class.
    result = abap_true.
  ENDMETHOD.

ENDCLASS.

CLASS ltc_credit DEFINITION FINAL FOR TESTING DURATION SHORT RISK LEVEL HARMLESS.
  PRIVATE SECTION.
    DATA authority TYPE REF TO ltd_authority.
    DATA customers TYPE REF TO ltd_customers.
    DATA credit_data TYPE REF TO ltd_credit_data.

    METHODS setup.
    METHODS read
      RETURNING
        VALUE(result) TYPE zcl_gangway_credit=>ty_result
      RAISING
        zcx_gangway_refused.
    METHODS exposure_is_the_sum_of_parts FOR TESTING RAISING zcx_gangway_refused.
    METHODS limit_is_that_of_the_account FOR TESTING RAISING zcx_gangway_refused.
    METHODS blocks_come_with_scope FOR TESTING RAISING zcx_gangway_refused.
    METHODS terms_of_company_and_area FOR TESTING RAISING zcx_gangway_refused.
    METHODS area_without_right_refuses FOR TESTING.
ENDCLASS.

CLASS ltc_credit IMPLEMENTATION.

  METHOD setup.
    CREATE OBJECT authority.
    CREATE OBJECT customers.
    CREATE OBJECT credit_data.
    credit_data->own-kunnr = '0000104711'.
    credit_data->own-kkber = '1000'.
    credit_data->own-klimk = '500.00'.
    credit_data->own-skfor = '1.00'.
    credit_data->own-ssobl = '2.00'.
  ENDMETHOD.

  METHOD read.
    DATA currencies TYPE REF TO ltd_currencies.
    DATA items TYPE REF TO ltd_items.
    DATA texts TYPE REF TO ltd_texts.
    DATA amounts TYPE REF TO zcl_gangway_amounts.
    DATA receivables TYPE REF TO zcl_gangway_receivables.
    DATA credit TYPE REF TO zcl_gangway_credit.

    CREATE OBJECT currencies.
    CREATE OBJECT items.
    CREATE OBJECT texts.
    CREATE OBJECT amounts
      EXPORTING
        currencies = currencies.
    CREATE OBJECT receivables
      EXPORTING
        items     = items
        authority = authority
        amounts   = amounts
        today     = '20240630'.
    CREATE OBJECT credit
      EXPORTING
        customers   = customers
        credit_data = credit_data
        texts       = texts
        authority   = authority
        amounts     = amounts
        receivables = receivables.
    result = credit->read( '0000104711' ).
  ENDMETHOD.

  METHOD exposure_is_the_sum_of_parts.
    DATA result TYPE zcl_gangway_credit=>ty_result.
    DATA account TYPE zgangway_s_account.

    result = read( ).
    READ TABLE result-accounts INTO account INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = '0000104711' act = account-knkli ).
    cl_abap_unit_assert=>assert_equals( exp = 500 act = account-klimk ).
    cl_abap_unit_assert=>assert_equals( exp = 63 act = account-sum_opens ).
    cl_abap_unit_assert=>assert_equals( exp = 'Area 1000' act = account-kkbtx ).
    cl_abap_unit_assert=>assert_initial( account-rtext ).
  ENDMETHOD.

  METHOD limit_is_that_of_the_account.
    DATA result TYPE zcl_gangway_credit=>ty_result.
    DATA account TYPE zgangway_s_account.
    DATA shared TYPE zgangway_s_shared.
    DATA block TYPE zgangway_s_block.

    credit_data->own-knkli = '0000104720'.
    credit_data->master = credit_data->own.
    credit_data->master-kunnr = '0000104720'.
    credit_data->master-klimk = '900.00'.
    credit_data->master-crblb = 'X'.
    result = read( ).
    READ TABLE result-accounts INTO account INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = 900 act = account-klimk ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = lines( result-shared ) ).
    READ TABLE result-shared INTO shared INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = '0000104720' act = shared-kunnr ).
    READ TABLE result-blocks INTO block INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = 'CRBLB' act = block-field ).
    cl_abap_unit_assert=>assert_equals( exp = '1000' act = block-kkber ).
  ENDMETHOD.

  METHOD blocks_come_with_scope.
    DATA result TYPE zcl_gangway_credit=>ty_result.
    DATA area TYPE zif_gangway_customers=>ty_sales_area.
    DATA block TYPE zgangway_s_block.

    customers->row-aufsd = '01'.
    area-vkorg = '2000'.
    area-lifsd = '02'.
    APPEND area TO customers->area_rows.
    result = read( ).
    cl_abap_unit_assert=>assert_equals( exp = 2 act = lines( result-blocks ) ).
    READ TABLE result-blocks INTO block INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = 'AUFSD 01' act = block-text ).
    cl_abap_unit_assert=>assert_initial( block-vkorg ).
    READ TABLE result-blocks INTO block INDEX 2.
    cl_abap_unit_assert=>assert_equals( exp = 'LIFSD' act = block-field ).
    cl_abap_unit_assert=>assert_equals( exp = '2000' act = block-vkorg ).
  ENDMETHOD.

  METHOD terms_of_company_and_area.
    DATA result TYPE zcl_gangway_credit=>ty_result.
    DATA company TYPE zif_gangway_customers=>ty_company.
    DATA area TYPE zif_gangway_customers=>ty_sales_area.
    DATA terms TYPE zgangway_s_terms.

    company-bukrs = '1000'.
    company-zterm = '0001'.
    APPEND company TO customers->company_rows.
    area-vkorg = '2000'.
    APPEND area TO customers->area_rows.
    result = read( ).
    cl_abap_unit_assert=>assert_equals( exp = 1 act = lines( result-terms ) ).
    READ TABLE result-terms INTO terms INDEX 1.
    cl_abap_unit_assert=>assert_equals( exp = 'Terms 0001' act = terms-text ).
  ENDMETHOD.

  METHOD area_without_right_refuses.
    DATA refused TYPE REF TO zcx_gangway_refused.

    authority->refused = 'check_credit_area'.
    TRY.
        read( ).
        cl_abap_unit_assert=>fail( 'not refused' ).
      CATCH zcx_gangway_refused INTO refused.
        cl_abap_unit_assert=>assert_equals( exp = '009' act = refused->message-number ).
    ENDTRY.
  ENDMETHOD.

ENDCLASS.
