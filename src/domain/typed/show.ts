/** Dates and numbers as Vietnamese people write them. Apart from the reading of them, which an empty form does not need. */

/** An ISO date as it is shown: 15/11/2019. */
export const showDate = (iso: string): string => {
  const [year, month, day] = iso.split('-');
  return `${day}/${month}/${year}`;
};

/** A number with a fraction as it is shown: 7,5. */
export const showDecimal = (n: number): string => String(n).replace('.', ',');

/** A whole number as it is shown: 1.650. */
export const showNumber = (n: number): string => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, '.');
