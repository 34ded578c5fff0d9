FUNCTION z_gangway_version.

  e_version = zcl_gangway=>version.

ENDFUNCTION.
