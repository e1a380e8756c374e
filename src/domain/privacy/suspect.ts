/** Signs of personal data in free text. They are pointed out, never stored apart. */

const phone = /(?<!\d)(?:\+?84|0)(?:[ .-]?\d){9}(?!\d)/u;
const idNumber = /(?<!\d)(?:\d{9}|\d{12})(?!\d)/u;
const namedPerson = /(?<!\p{L})(?:[Cc]hị|[Aa]nh)\s+\p{Lu}\p{Ll}+/u;
const homeAddress = /(?<!\p{L})số nhà\s+\d+/iu;
const someonesHome = /(?<!\p{L})nhà\s+(?:riêng|ông|bà|anh|chị)(?!\p{L})/iu;

/** Whether text looks like it holds a phone number, an identity number, a named person or a home address. */
export const looksPersonal = (text: string): boolean =>
  phone.test(text) || idNumber.test(text) || namedPerson.test(text) || homeAddress.test(text);

/** Whether a venue looks like somebody's home instead of a public place. */
export const looksLikeHome = (venue: string): boolean => someonesHome.test(venue);
