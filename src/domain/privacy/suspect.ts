/** Signs of personal data in free text. They are pointed out, never stored apart. */

const phone = /(?<!\d)(?:\+?84|0)(?:[ .-]?\d){9}(?!\d)/u;
// A number in groups is taken for one of identity only when it begins with 0, as money never does.
const idNumber = /(?<!\d)(?:\d{9}|\d{12}|0\d{2}(?:[ .]\d{3}){3})(?!\d)/u;
const namedPerson = /(?<!\p{L})(?:[Cc]hị|CHỊ|[Aa]nh|ANH)\s+(?!EM(?!\p{L}))\p{Lu}\p{L}+/u;
const homeAddress =
  /(?<!\p{L})(?:số nhà\s+\d+|số\s+\d+[a-z]?(?:\/\d+)*,?\s+(?:ngõ|ngách|hẻm|kiệt|đường|phố)(?!\p{L})|(?:ngõ|ngách|hẻm|kiệt)\s+\d+)/iu;
const someonesHome = /(?<!\p{L})nhà\s+(?:riêng|ông|bà|anh|chị)(?!\p{L})/iu;
const hamletOrStreet =
  /(?<!\p{L})(?:thôn|xóm|tổ dân phố|khối phố|ngõ|ngách|hẻm|kiệt|đường|phố)\s+[\p{Lu}\d]/u;

/** Digits as they are read whatever their width, letters composed. */
const plain = (text: string): string => text.normalize('NFKC');

/** Whether text looks like it holds a phone number, an identity number, a named person or a home address. */
export const looksPersonal = (text: string): boolean => {
  const read = plain(text);
  return phone.test(read) || idNumber.test(read) || namedPerson.test(read) || homeAddress.test(read);
};

/** Whether a venue looks like somebody's home instead of a public place. */
export const looksLikeHome = (venue: string): boolean => someonesHome.test(plain(venue));

/** Whether a name leads to a hamlet, a street or somebody's house. */
export const looksLikePlace = (name: string): boolean => {
  const read = plain(name);
  return hamletOrStreet.test(read) || homeAddress.test(read) || someonesHome.test(read);
};
