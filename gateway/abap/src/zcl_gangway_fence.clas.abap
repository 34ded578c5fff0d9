"! A caller whose lease has passed on writes nothing, however late its call arrives (docs/decisions/0013).
CLASS zcl_gangway_fence DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    METHODS constructor
      IMPORTING
        fences TYPE REF TO zif_gangway_fences.
    "! The org is the beginning of the key; its lease is one for all of its requests.
    METHODS row
      IMPORTING
        external_key  TYPE zgangway_key-external_key
        fence         TYPE zgangway_fence-fence
      RETURNING
        VALUE(result) TYPE zgangway_fence.
    "! Before anything is done: refuses a lease that is over, without a lock. That is enough here, because it only
    "! spares the work and gives the caller its message; a newer lease that commits between this look and the commit
    "! is noticed in the update task, where advance looks again and decides (message 010 then, not 011).
    METHODS check
      IMPORTING
        row TYPE zgangway_fence
      RAISING
        zcx_gangway_refused.
    "! Looks while it holds the row, and raises it. The row stays held until the database commit, so of two units of
    "! work the later one always sees the fence of the earlier one. In the update task that commit is the one of
    "! customer and key; it is held for a moment only, because the key is the last that is registered, after
    "! everything SAP has to write. A look-up raises the fence alone, in a unit of work of its own.
    METHODS advance
      IMPORTING
        row TYPE zgangway_fence
      RAISING
        zcx_gangway_refused.

  PRIVATE SECTION.
    DATA fences TYPE REF TO zif_gangway_fences.

    METHODS refuse_older
      IMPORTING
        row     TYPE zgangway_fence
        highest TYPE zgangway_fence-fence
      RAISING
        zcx_gangway_refused.
    METHODS without_zeros
      IMPORTING
        fence         TYPE zgangway_fence-fence
      RETURNING
        VALUE(result) TYPE bapiret2-message_v1.
ENDCLASS.



CLASS zcl_gangway_fence IMPLEMENTATION.

  METHOD constructor.
    me->fences = fences.
  ENDMETHOD.


  METHOD row.
    result-scope = external_key.
    result-fence = fence.
  ENDMETHOD.


  METHOD check.
    " A caller without a lease is not checked; the key alone guards it.
    IF row-fence IS INITIAL.
      RETURN.
    ENDIF.
    refuse_older( row = row highest = fences->highest( row-scope ) ).
  ENDMETHOD.


  METHOD advance.
    DATA held TYPE zgangway_fence.

    IF row-fence IS INITIAL.
      RETURN.
    ENDIF.
    held = fences->hold( row-scope ).
    IF held IS INITIAL.
      IF fences->insert( row ) = abap_true.
        RETURN.
      ENDIF.
      " Another unit of work has written the first row of this org meanwhile.
      held = fences->hold( row-scope ).
    ENDIF.
    refuse_older( row = row highest = held-fence ).
    IF held-fence < row-fence.
      fences->update( row ).
    ENDIF.
  ENDMETHOD.


  METHOD refuse_older.
    DATA refusal TYPE bapiret2.

    IF row-fence >= highest.
      RETURN.
    ENDIF.
    refusal = zcl_gangway_messages=>build( number    = '011'
                                           v1        = without_zeros( row-fence )
                                           v2        = without_zeros( highest )
                                           parameter = 'I_FENCE' ).
    RAISE EXCEPTION TYPE zcx_gangway_refused
      EXPORTING
        message = refusal.
  ENDMETHOD.


  METHOD without_zeros.
    result = fence.
    SHIFT result LEFT DELETING LEADING '0'.
  ENDMETHOD.

ENDCLASS.
