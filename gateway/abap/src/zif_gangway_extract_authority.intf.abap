"! What else an extraction needs to be allowed.
INTERFACE zif_gangway_extract_authority
  PUBLIC.

  METHODS check_materials
    RAISING
      zcx_gangway_refused.
ENDINTERFACE.
