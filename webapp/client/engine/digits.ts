/** Thai and Arabic digits. */

const THAI_DIGIT = /[๐-๙]/
const THAI_ZERO = '๐'.charCodeAt(0)

/** The text with ๐–๙ written 0–9. */
export function toArabicDigits(text: string): string {
  return THAI_DIGIT.test(text) ? text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - THAI_ZERO)) : text
}

/** True for exactly `length` digits, Thai or Arabic. */
export function isDigits(text: string, length: number): boolean {
  return text.length === length && /^[0-9]*$/.test(toArabicDigits(text))
}
