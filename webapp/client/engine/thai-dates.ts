/** Dates as people write them in Thai: either calendar, either kind of digits, day and month may be unknown. */

import { isRealDay, parseBirth } from './dates.ts'
import { toArabicDigits } from './digits.ts'

export type DatePrecision = 'day' | 'month' | 'year'
export type DateProblem = 'empty' | 'unreadable' | 'two_digit_year' | 'year' | 'month' | 'day'
export type ParsedDate = { iso: string; precision: DatePrecision } | { problem: DateProblem }

type Era = 'buddhist' | 'gregorian' | null

const BUDDHIST_OFFSET = 543
const FIRST_YEAR = 1850
const LAST_YEAR = 2200
const FIRST_BUDDHIST_YEAR = 2400

export const THAI_MONTHS = [
  'มกราคม', 'กุมภาพันธ์', 'มีนาคม', 'เมษายน', 'พฤษภาคม', 'มิถุนายน',
  'กรกฎาคม', 'สิงหาคม', 'กันยายน', 'ตุลาคม', 'พฤศจิกายน', 'ธันวาคม',
]
const ABBREVIATIONS = ['มค', 'กพ', 'มีค', 'เมย', 'พค', 'มิย', 'กค', 'สค', 'กย', 'ตค', 'พย', 'ธค']
const MONTH_ENDINGS = /(คม|ยน|พันธ์)$/

/** Reads a typed date into partial ISO (Gregorian), or says what is wrong with it. */
export function parseThaiDate(text: string): ParsedDate {
  const { plain, era } = takeEra(toArabicDigits(text).normalize('NFC'))
  if (plain === '') return { problem: 'empty' }
  const words = splitWords(plain)
  const parts = words && arrange(words)
  return parts ? toIso(parts, era) : { problem: 'unreadable' }
}

/** "17 พฤษภาคม 2523", "พฤษภาคม 2523" or "พ.ศ. 2523"; a text that is no date is given back. */
export function formatThaiDate(iso: string): string {
  const day = parseBirth(iso)
  if (!day) return iso
  const year = day.year + BUDDHIST_OFFSET
  const month = THAI_MONTHS[day.month - 1]
  if (iso.length === 4) return `พ.ศ. ${year}`
  return iso.length === 7 ? `${month} ${year}` : `${day.day} ${month} ${year}`
}

/** Takes out the calendar's name and the words around the numbers (วันที่, เดือน, ปี). */
function takeEra(text: string): { plain: string; era: Era } {
  const buddhist = /พ\s*\.?\s*ศ\s*\.?(?![ก-๎])|พุทธศักราช/
  const gregorian = /ค\s*\.?\s*ศ\s*\.?(?![ก-๎])|คริสต์ศักราช/
  const era: Era = buddhist.test(text) ? 'buddhist' : gregorian.test(text) ? 'gregorian' : null
  const plain = text.replace(buddhist, ' ').replace(gregorian, ' ')
  return { plain: plain.replace(/[\u200b-\u200d\ufeff]|วันที่|เดือน|ปี/g, ' ').trim(), era }
}

/** Numbers and month names in their order; null when something else stands between them. */
function splitWords(text: string): string[] | null {
  const packed = /^(\d{2})(\d{2})(\d{4})$/.exec(text)
  if (packed) return packed.slice(1)
  const words = text.match(/\d+|[ก-๎][ก-๎.]*/g) ?? []
  const rest = text.replace(/\d+|[ก-๎][ก-๎.]*/g, '')
  return /^[\s/.\-–,]*$/.test(rest) && words.length >= 1 && words.length <= 3 ? words : null
}

interface DateParts {
  year: string
  month?: string
  day?: string
}

/** Day first as people write it, or year first as machines do. */
function arrange(words: string[]): DateParts | null {
  const [first, second, third] = words
  if (words.length === 1) return { year: first! }
  if (words.length === 2) return isYear(first!) ? { year: first!, month: second! } : { month: first!, year: second! }
  return isYear(first!)
    ? { year: first!, month: second!, day: third! }
    : { day: first!, month: second!, year: third! }
}

const isYear = (word: string): boolean => /^\d{4}$/.test(word)

function toIso(parts: DateParts, era: Era): ParsedDate {
  if (/^\d{1,2}$/.test(parts.year) && (parts.month || parts.year.length === 2)) return { problem: 'two_digit_year' }
  if (!isYear(parts.year)) return { problem: 'unreadable' }
  const year = gregorianYear(Number(parts.year), era)
  const month = parts.month === undefined ? 1 : monthNumber(parts.month)
  const day = parts.day === undefined ? 1 : dayNumber(parts.day)
  if (year === null) return { problem: 'year' }
  if (month === null) return { problem: 'month' }
  if (day === null || !isRealDay({ year, month, day })) return { problem: 'day' }
  return written(year, parts.month ? month : null, parts.day ? day : null)
}

function written(year: number, month: number | null, day: number | null): ParsedDate {
  if (month === null) return { iso: String(year), precision: 'year' }
  if (day === null) return { iso: `${year}-${twoDigits(month)}`, precision: 'month' }
  return { iso: `${year}-${twoDigits(month)}-${twoDigits(day)}`, precision: 'day' }
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** Years from 2400 are Buddhist unless the calendar is named. */
function gregorianYear(year: number, era: Era): number | null {
  const buddhist = era ? era === 'buddhist' : year >= FIRST_BUDDHIST_YEAR
  const gregorian = buddhist ? year - BUDDHIST_OFFSET : year
  return gregorian >= FIRST_YEAR && gregorian <= LAST_YEAR ? gregorian : null
}

function dayNumber(word: string): number | null {
  return /^\d{1,2}$/.test(word) ? Number(word) : null
}

function monthNumber(word: string): number | null {
  if (/^\d{1,2}$/.test(word)) return Number(word) >= 1 && Number(word) <= 12 ? Number(word) : null
  const name = word.replace(/\./g, '')
  const stem = name.replace(MONTH_ENDINGS, '')
  const whole = THAI_MONTHS.findIndex((month) => month === name || month.replace(MONTH_ENDINGS, '') === stem)
  const place = whole >= 0 ? whole : ABBREVIATIONS.indexOf(name)
  return place >= 0 ? place + 1 : null
}
