"! What the pack uses of SAP's class for time stamps; it is compiled against, and never asked to do anything.
CLASS cl_abap_tstmp DEFINITION PUBLIC ABSTRACT CREATE PUBLIC.
  PUBLIC SECTION.
    CLASS-METHODS systemtstmp_utc2syst
      IMPORTING
        utc_tstmp TYPE timestamp
      EXPORTING
        syst_date TYPE d
        syst_time TYPE t.
ENDCLASS.

CLASS cl_abap_tstmp IMPLEMENTATION.
  METHOD systemtstmp_utc2syst.
    CLEAR: syst_date, syst_time.
  ENDMETHOD.
ENDCLASS.
