"! SAP's clock; the time zone is that of the system, not that of the user.
CLASS zcl_gangway_sap_clock DEFINITION
  PUBLIC
  FINAL
  CREATE PUBLIC.

  PUBLIC SECTION.
    INTERFACES zif_gangway_clock.
ENDCLASS.



CLASS zcl_gangway_sap_clock IMPLEMENTATION.

  METHOD zif_gangway_clock~utc.
    DATA now TYPE timestamp.

    GET TIME STAMP FIELD now.
    CONVERT TIME STAMP now TIME ZONE 'UTC' INTO DATE result-day TIME result-time.
  ENDMETHOD.


  METHOD zif_gangway_clock~system_time.
    DATA moment TYPE timestamp.

    CONVERT DATE utc-day TIME utc-time INTO TIME STAMP moment TIME ZONE 'UTC'.
    cl_abap_tstmp=>systemtstmp_utc2syst(
      EXPORTING
        utc_tstmp = moment
      IMPORTING
        syst_date = result-day
        syst_time = result-time ).
  ENDMETHOD.

ENDCLASS.
