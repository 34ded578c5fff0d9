FUNCTION z_gangway_partners_read.

  DATA readers TYPE REF TO zcl_gangway_readers.
  DATA area TYPE zif_gangway_partners=>ty_area.
  DATA partners TYPE zcl_gangway_partners=>ty_result.
  DATA refused TYPE REF TO zcx_gangway_refused.

  CLEAR: e_more, et_partner[], et_return[].
  area-vkorg = i_vkorg.
  area-vtweg = i_vtweg.
  area-spart = i_spart.
  CREATE OBJECT readers.
  TRY.
      partners = readers->partners( )->read( customer = i_kunnr area = area most = i_max_rows ).
    CATCH zcx_gangway_refused INTO refused.
      APPEND refused->message TO et_return.
  ENDTRY.
  e_more = partners-more.
  et_partner[] = partners-rows.

ENDFUNCTION.
