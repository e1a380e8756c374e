export const browserPath: () => Promise<string>;
