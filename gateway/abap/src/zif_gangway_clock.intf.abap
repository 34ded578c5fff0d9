"! The clock of the system.
INTERFACE zif_gangway_clock
  PUBLIC.

  TYPES: BEGIN OF ty_moment,
           day  TYPE d,
           time TYPE t,
         END OF ty_moment.

  METHODS utc
    RETURNING
      VALUE(result) TYPE ty_moment.
  "! The same moment as the system writes it into its tables.
  METHODS system_time
    IMPORTING
      utc           TYPE ty_moment
    RETURNING
      VALUE(result) TYPE ty_moment.
ENDINTERFACE.
