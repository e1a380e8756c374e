/** How a login and a PIN are written; the same on every screen, on the command line and at the server. */
export const loginShape = /^[a-z0-9][a-z0-9._-]{2,39}$/;
export const pinShape = /^\d{6}$/;

/** The most characters of a login, a PIN and a person's name. */
export const loginMost = 40;
export const pinMost = 6;
export const personNameMost = 80;
