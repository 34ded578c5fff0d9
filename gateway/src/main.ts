#!/usr/bin/env node
/** The executable `gangway`. */
import { runProcess } from './cli/index.ts';

await runProcess(process.argv.slice(2));
