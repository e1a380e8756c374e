/** The code lists of the figures that are typed by hand, and of reports. */
export const figuresLists = {
  cadre_position: ['cap_uy', 'hdnd', 'lanh_dao', 'quy_hoach'],
  standing: ['dat', 'chua_dat', 'kho_dat'],
  report_type: ['half', 'year', 'campaign'],
  cell_mark: ['below', 'at_least'],
} as const;

export type FiguresListName = keyof typeof figuresLists;

/** Like `from` of lists.ts, for the lists of this file. */
export const fromFigures = <L extends FiguresListName>(list: L) =>
  ({ list, codes: figuresLists[list] }) as const;
