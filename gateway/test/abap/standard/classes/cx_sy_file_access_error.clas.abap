"! What SAP raises where a file of the application server cannot be used.
CLASS cx_sy_file_access_error DEFINITION PUBLIC INHERITING FROM cx_root CREATE PUBLIC.
ENDCLASS.

CLASS cx_sy_file_access_error IMPLEMENTATION.
ENDCLASS.
