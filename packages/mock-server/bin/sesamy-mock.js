#!/usr/bin/env node
import module from 'node:module';

// Newer Node versions start faster with it; older ones do not have it.
module.enableCompileCache?.();

const { runCli } = await import('../dist/cli.js');
await runCli(process.argv.slice(2));
