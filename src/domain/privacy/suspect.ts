/** Signs of personal data in free text. They are pointed out, never stored apart. */

// A date such as 05.03.2019 is none, whatever number follows it.
const phone = /(?<!\d)(?!\d{1,2}[ .-]\d{1,2}[ .-](?:19|20)\d{2})\(?(?:\+?84|0)(?:[ .()–—-]{0,2}\d){9}(?!\d)/u;
// A number in groups is taken for one of identity only when it begins with 0, as money never does.
const idNumber = /(?<!\d)(?:\d{9}|\d{12}|0\d{2}(?:[ .-]\d{3}){3})(?!\d)/u;
const mail = /[\w.+-]+@[\w-]+\.\w/u;
const namedPerson = /(?<!\p{L})(?:[Cc]hị|CHỊ|[Aa]nh|ANH)[\s."']+(?!EM(?!\p{L}))\p{Lu}\p{L}+/u;
// Offices are addressed like this too, and children of a country are no person.
const elder =
  /(?<!\p{L})(?:[Bb]à|[Ôô]ng|[Cc]ô|[Cc]hú|[Bb]ác|[Ee]m|[Cc]háu)\s+(?!Việt|Chủ|Phó|Bí|Giám|Trưởng|Hiệu|Tổ)\p{Lu}\p{Ll}+/u;
const fullName =
  /(?<!\p{L})(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trịnh|Đoàn|Mai|Cao|Hà|Lương|Thái|Tô)\s+(?:Thị|Văn)\s+\p{Lu}/u;
const homeAddress =
  /(?<!\p{L})(?:số nhà\s+\d+|số\s+\d+[a-z]?(?:\/\d+)*,?\s+(?:ngõ|ngách|hẻm|kiệt|đường|phố)(?!\p{L})|(?:ngõ|ngách|hẻm|kiệt)\s+\d+)/iu;
const someonesHome = /(?<!\p{L})nhà\s+(?:riêng|ông|bà|anh|chị|cô|chú|bác|em)(?!\p{L})/iu;
const hamletOrStreet =
  /(?<!\p{L})(?:(?:thôn|xóm|tổ dân phố|khối phố|ngõ|ngách|hẻm|kiệt|đường)\s+[\p{L}\d]|\d+[a-z]?\s+\p{L}{2,})/iu;
const street = /(?<!\p{L})phố\s+[\p{Lu}\d]/u;

/** Digits as they are read whatever their width, letters composed, nothing invisible in between. */
const plain = (text: string): string => text.normalize('NFKC').replace(/\p{Cf}/gu, '');

/** Whether text looks like it holds a phone number, an identity number, a named person or a home address. */
export const looksPersonal = (text: string): boolean => {
  const read = plain(text);
  return [phone, idNumber, mail, namedPerson, elder, fullName, homeAddress].some((sign) => sign.test(read));
};

/** Whether a venue looks like somebody's home instead of a public place. */
export const looksLikeHome = (venue: string): boolean => someonesHome.test(plain(venue));

/** Whether a name leads to a hamlet, a street or somebody's house. */
export const looksLikePlace = (name: string): boolean => {
  const read = plain(name);
  return [hamletOrStreet, street, homeAddress, someonesHome].some((sign) => sign.test(read));
};
