/** The web app manifest. */
export const manifest = {
  id: '/',
  name: 'Bình Đẳng',
  short_name: 'Bình Đẳng',
  description: 'Ghi công tác bình đẳng giới cấp xã, cả khi không có mạng',
  lang: 'vi',
  dir: 'ltr' as const,
  start_url: '/',
  scope: '/',
  display: 'standalone' as const,
  background_color: '#faf6f3',
  theme_color: '#6b2a5e',
  categories: ['government', 'productivity'],
  icons: [
    { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
    { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
  screenshots: [
    {
      src: '/screenshots/home-phone.png',
      sizes: '360x640',
      type: 'image/png',
      form_factor: 'narrow' as const,
    },
    {
      src: '/screenshots/queue-laptop.png',
      sizes: '1280x800',
      type: 'image/png',
      form_factor: 'wide' as const,
    },
  ],
  shortcuts: [
    {
      name: 'Ghi hoạt động',
      short_name: 'Ghi mới',
      url: '/ghi',
      icons: [{ src: '/icon-192.png', sizes: '192x192' }],
    },
    { name: 'Đồng bộ', url: '/dong-bo', icons: [{ src: '/icon-192.png', sizes: '192x192' }] },
  ],
};
