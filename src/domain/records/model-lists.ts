/** The code lists of models and their figures. */
export const modelLists = {
  model_type: [
    'cau_lac_bo',
    'dia_chi_tin_cay',
    'nha_tam_lanh',
    'duong_day_nong',
    'to_phong_chong',
    'to_tu_van',
    'to_hoa_giai',
    'clb_nam_gioi',
    'truong_hoc_an_toan',
    'thon_an_toan',
    'khac',
  ],
  model_status: ['dang_hoat_dong', 'hoat_dong_khong_deu', 'tam_dung', 'giai_the'],
  meeting_frequency: ['hang_tuan', 'hang_thang', 'hang_quy', 'dot_xuat', 'thuong_truc'],
  effectiveness: ['tot', 'kha', 'trung_binh', 'chua_danh_gia'],
} as const;

export type ModelListName = keyof typeof modelLists;

/** Like `from` of lists.ts, for the lists of this file. */
export const fromModel = <L extends ModelListName>(list: L) => ({ list, codes: modelLists[list] }) as const;
