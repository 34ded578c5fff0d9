"! The names of the system that is asked.
INTERFACE zif_gangway_system
  PUBLIC.

  TYPES: BEGIN OF ty_names,
           logical_system TYPE t000-logsys,
           system         TYPE c LENGTH 8,
           client         TYPE sy-mandt,
         END OF ty_names.

  METHODS names
    RETURNING
      VALUE(result) TYPE ty_names.
ENDINTERFACE.
