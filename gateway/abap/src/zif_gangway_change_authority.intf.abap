"! Whether the calling user may see that something has changed.
INTERFACE zif_gangway_change_authority
  PUBLIC.

  METHODS check_change_documents
    RAISING
      zcx_gangway_refused.
  "! Any credit control area: that something changed is told, and no figure.
  METHODS check_any_credit_area
    RAISING
      zcx_gangway_refused.
ENDINTERFACE.
