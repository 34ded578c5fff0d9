/** The command line: run it, or describe it. */
export { createProgram, runProcess } from './cli.ts';
export { exitCodes } from './exit-codes.ts';
