"! Nothing but a place for the tests of the SELECT statements; it is no part of the pack.
CLASS zcl_gangway_sql DEFINITION PUBLIC FINAL CREATE PUBLIC.
ENDCLASS.

CLASS zcl_gangway_sql IMPLEMENTATION.
ENDCLASS.
