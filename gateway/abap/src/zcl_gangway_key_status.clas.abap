"! What became of a key, for a caller that lost the answer.
CLASS zcl_gangway_key_status DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    TYPES: BEGIN OF ty_result,
             state    TYPE c LENGTH 1,
             row      TYPE zgangway_key,
             messages TYPE zcl_gangway_messages=>ty_messages,
           END OF ty_result.

    METHODS constructor
      IMPORTING
        keys  TYPE REF TO zif_gangway_keys
        fence TYPE REF TO zcl_gangway_fence
        luw   TYPE REF TO zif_gangway_luw.
    "! With a lease, "never" is final for every older one: its fence is in force, committed, before anything is looked
    "! at (docs/decisions/0013). With a message nothing is said about the key; without a lease it only looks.
    METHODS read
      IMPORTING
        external_key  TYPE zgangway_key-external_key
        fence         TYPE zgangway_fence-fence
      RETURNING
        VALUE(result) TYPE ty_result.

  PRIVATE SECTION.
    DATA keys TYPE REF TO zif_gangway_keys.
    DATA org_fence TYPE REF TO zcl_gangway_fence.
    DATA luw TYPE REF TO zif_gangway_luw.

    METHODS put_in_force
      IMPORTING
        row TYPE zgangway_fence
      RAISING
        zcx_gangway_refused.
    "! Without a key there is no org whose lease it could be.
    METHODS refuse_without_key
      RAISING
        zcx_gangway_refused.
    METHODS look
      IMPORTING
        external_key  TYPE zgangway_key-external_key
      RETURNING
        VALUE(result) TYPE ty_result.
ENDCLASS.



CLASS zcl_gangway_key_status IMPLEMENTATION.

  METHOD constructor.
    me->keys = keys.
    org_fence = fence.
    me->luw = luw.
  ENDMETHOD.


  METHOD read.
    DATA refused TYPE REF TO zcx_gangway_refused.

    TRY.
        put_in_force( org_fence->row( external_key = external_key fence = fence ) ).
      CATCH zcx_gangway_refused INTO refused.
        " Lets go of the row of the fence, too: a stateful connection lives on after this call.
        luw->rollback( ).
        APPEND refused->message TO result-messages.
        RETURN.
    ENDTRY.
    result = look( external_key ).
  ENDMETHOD.


  METHOD put_in_force.
    " A write of an older lease locks its key, looks at the fence, and holds the fence in the update task from its last
    " look until the database commit. So wherever it is while this commits, "never" stays true:
    " - not at its first look yet: it will find the newer fence and be refused (011);
    " - past that look: it holds the lock of the key, "running"; its update finds the newer fence, is terminated (010)
    "   and lets go of the lock, and the next look-up says "never";
    " - past the look in the update task: advance waits here for its database commit, and the row of the key is found.
    " A write of the same lease is told by its lock; whether the caller still has one on its way, it knows itself.
    IF row-fence IS INITIAL.
      RETURN.
    ENDIF.
    IF row-scope IS INITIAL.
      refuse_without_key( ).
    ENDIF.
    org_fence->advance( row ).
    " Also where nothing was raised: whatever is read from here on is read after the row was let go. There is no other
    " work that could be committed along: each writing function of the pack ends its own.
    luw->commit( ).
  ENDMETHOD.


  METHOD refuse_without_key.
    DATA refusal TYPE bapiret2.

    refusal = zcl_gangway_messages=>build( number = '004' v1 = 'I_EXTERNAL_KEY' parameter = 'I_EXTERNAL_KEY' ).
    RAISE EXCEPTION TYPE zcx_gangway_refused
      EXPORTING
        message = refusal.
  ENDMETHOD.


  METHOD look.
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
