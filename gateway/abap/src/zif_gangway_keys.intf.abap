"! The caller's keys: what each one led to, and who is working on one.
INTERFACE zif_gangway_keys
  PUBLIC.

  "! Waits a while for another session, then refuses.
  METHODS lock
    IMPORTING
      wanted TYPE zgangway_key-external_key
    RAISING
      zcx_gangway_refused.
  METHODS release
    IMPORTING
      wanted TYPE zgangway_key-external_key.
  METHODS is_locked
    IMPORTING
      wanted        TYPE zgangway_key-external_key
    RETURNING
      VALUE(result) TYPE abap_bool.
  "! Initial where the key was never committed.
  METHODS find
    IMPORTING
      wanted        TYPE zgangway_key-external_key
    RETURNING
      VALUE(result) TYPE zgangway_key.
  "! Registers the rows for the unit of work of the customer; nothing is written before the commit.
  METHODS register
    IMPORTING
      row   TYPE zgangway_key
      fence TYPE zgangway_fence.
ENDINTERFACE.
