"! Whether the calling user may create sales documents.
INTERFACE zif_gangway_order_authority
  PUBLIC.

  METHODS check_order
    IMPORTING
      header TYPE zgangway_s_order
    RAISING
      zcx_gangway_refused.
ENDINTERFACE.
