// Runs one server in a separate process and reports the CPU time it has used.
const { start } = await import(process.argv[2]);

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send({ cpuMs: (user + system) / 1000 });
});
process.send(await start());
