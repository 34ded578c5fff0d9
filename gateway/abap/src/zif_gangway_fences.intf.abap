"! The highest lease seen from each org.
INTERFACE zif_gangway_fences
  PUBLIC.

  METHODS highest
    IMPORTING
      wanted        TYPE zgangway_fence-scope
    RETURNING
      VALUE(result) TYPE zgangway_fence-fence.
  "! Holds the row until the database commit, so that whoever comes next reads what this unit of work wrote.
  METHODS hold
    IMPORTING
      wanted        TYPE zgangway_fence-scope
    RETURNING
      VALUE(result) TYPE zgangway_fence.
  "! False where another unit of work has put a row there.
  METHODS insert
    IMPORTING
      row           TYPE zgangway_fence
    RETURNING
      VALUE(result) TYPE abap_bool.
  METHODS update
    IMPORTING
      row TYPE zgangway_fence.
ENDINTERFACE.
