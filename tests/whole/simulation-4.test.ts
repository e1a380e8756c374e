import { failedSeedsHold, seedsHold } from './simulation/seeds.ts';

seedsHold(161, 200);
failedSeedsHold();
