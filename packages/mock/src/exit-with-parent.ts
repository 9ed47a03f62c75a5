// Loaded into Prism's process before Prism (`node --import`). The channel to the parent closes however the parent ends,
// killed outright included, so a mock is never left running; no signal handler in the parent could promise that.
process.once("disconnect", () => process.exit());
