import { seedsHold } from './simulation/seeds.ts';

/**
 * Several phones and the server in one process, with a link and machines that fail; see docs/reliability.md. In several
 * files, so that they run side by side.
 */
seedsHold(1, 60);
