import { seedsHold } from './simulation/seeds.ts';

/** Several phones and the server in one process, with a link and machines that fail; see docs/reliability.md. */
seedsHold(1, 100);
