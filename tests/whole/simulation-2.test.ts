import { seedsHold } from './simulation/seeds.ts';

seedsHold(61, 120);
