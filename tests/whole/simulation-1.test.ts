import { seedsHold } from './simulation/seeds.ts';

/**
 * Several phones and the server in one process, with a link and machines that fail; see docs/reliability.md. In several
 * files, because each world leaves much behind that only the end of a file's process clears away.
 */
seedsHold(1, 60);
