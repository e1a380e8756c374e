/** Seconds to wait after so many failures in a row: 2, 4, 8 … 300, spread by up to a half so that phones do not return together. */
export const backoffSeconds = (failures: number, random: number): number =>
  Math.min(300, 2 ** Math.min(failures, 9)) * (0.75 + random / 2);
