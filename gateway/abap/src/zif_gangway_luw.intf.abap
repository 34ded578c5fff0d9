"! The unit of work: all of it, or nothing.
INTERFACE zif_gangway_luw
  PUBLIC.

  "! Ends when the update task has written everything; refuses when it could not.
  METHODS commit
    RAISING
      zcx_gangway_refused.
  METHODS rollback.
ENDINTERFACE.
