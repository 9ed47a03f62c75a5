// Told at the end: what a program took from the start of its process.
process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  console.log((user + system) / 1_000);
});
