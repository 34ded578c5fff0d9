"! What became of a key, for a caller that lost the answer.
CLASS zcl_gangway_key_status DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    TYPES: BEGIN OF ty_result,
             state TYPE c LENGTH 1,
             row   TYPE zgangway_key,
           END OF ty_result.

    METHODS constructor
      IMPORTING
        keys TYPE REF TO zif_gangway_keys.
    METHODS read
      IMPORTING
        external_key  TYPE zgangway_key-external_key
      RETURNING
        VALUE(result) TYPE ty_result.

  PRIVATE SECTION.
    DATA keys TYPE REF TO zif_gangway_keys.
ENDCLASS.



CLASS zcl_gangway_key_status IMPLEMENTATION.

  METHOD constructor.
    me->keys = keys.
  ENDMETHOD.


  METHOD read.
    DATA is_running TYPE abap_bool.

    " The lock first, the row after: a commit between the two must not look like "never".
    is_running = keys->is_locked( external_key ).
    result-row = keys->find( external_key ).
    IF result-row IS NOT INITIAL.
      result-state = 'D'.
    ELSEIF is_running = abap_true.
      result-state = 'R'.
    ENDIF.
  ENDMETHOD.

ENDCLASS.
