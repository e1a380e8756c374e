import { seedsHold } from './simulation/seeds.ts';

seedsHold(121, 160);
