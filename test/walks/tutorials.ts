import { ameli2025 } from './labels/ameli-2025.ts';
import { claire } from './labels/claire.ts';
import { isere } from './labels/isere.ts';
import { loire } from './labels/loire.ts';
import { polymatheia2020 } from './labels/polymatheia-2020.ts';
import { renforcee } from './labels/renforcee.ts';
import { solidariteNumerique2021 } from './labels/solidarite-numerique-2021.ts';
import { somme } from './labels/somme.ts';
import type { Tutorial } from './tutorial.ts';

/** Every walk, in the order of the tutorials. */
export const tutorials: readonly Tutorial[] = [
  ameli2025,
  somme,
  isere,
  loire,
  polymatheia2020,
  solidariteNumerique2021,
  renforcee,
  claire,
];
