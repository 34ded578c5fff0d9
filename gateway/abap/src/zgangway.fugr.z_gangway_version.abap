FUNCTION z_gangway_version.

  DATA readers TYPE REF TO zcl_gangway_readers.
  DATA system TYPE zcl_gangway_system=>ty_result.

  CREATE OBJECT readers.
  system = readers->system( )->read( ).
  e_version = zcl_gangway=>version.
  e_logsys = system-names-logical_system.
  e_system = system-names-system.
  e_client = system-names-client.
  e_utc_stamp = system-utc_stamp.

ENDFUNCTION.
