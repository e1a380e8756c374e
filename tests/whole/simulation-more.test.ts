import { failedSeedsHold, seedsHold } from './simulation/seeds.ts';

seedsHold(101, 200);
failedSeedsHold();
