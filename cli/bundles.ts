/**
 * The parts that most commands do without. Each is a bundle of its own beside this one: a check loads neither the SDK nor
 * a server.
 */
export const loadRuns = () => require('./runs.js') as typeof import('../runs/index');
export const loadServer = () => require('./server.js') as typeof import('../server/src/main');
export const loadSandbox = () => require('./sandbox.js') as typeof import('../sandbox/main');
