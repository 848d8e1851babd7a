#!/usr/bin/env node
const { runCli } = await import('../dist/cli.js');
await runCli(process.argv.slice(2));
