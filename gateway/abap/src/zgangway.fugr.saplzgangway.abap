*******************************************************************
*   System-defined Include-files.                                 *
*******************************************************************
INCLUDE lzgangwaytop.
INCLUDE lzgangwayuxx.
