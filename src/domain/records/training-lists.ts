/** The code lists of classes and their rosters. */
export const trainingLists = {
  training_audience: [
    'phap_che_hoach_dinh',
    'thanh_tra',
    'tu_phap',
    'phong_vien_btv',
    'thanh_vien_ban_vstbpn',
    'can_bo_ldtbxh',
    'cong_tac_vien_xa',
    'so_nganh_doan_the',
    'doanh_nghiep',
    'giao_vien',
    'y_bac_sy',
    'ban_quan_ly_mo_hinh',
    'khac',
  ],
  organiser_level: ['xa', 'huyen', 'tinh', 'trung_uong'],
  attendance_scope: ['whole', 'sent'],
  session_part: ['sang', 'chieu', 'toi'],
  roster_mode: ['counts_only', 'roster'],
  sex: ['nu', 'nam'],
} as const;

export type TrainingListName = keyof typeof trainingLists;

/** Like `from` of lists.ts, for the lists of this file. */
export const fromTraining = <L extends TrainingListName>(list: L) =>
  ({ list, codes: trainingLists[list] }) as const;
