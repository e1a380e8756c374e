import { seedsHold } from './simulation/seeds.ts';

seedsHold(101, 200);
