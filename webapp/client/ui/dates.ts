/** Thai dates on screen: Buddhist years, Thai month names; ISO 8601 in data. */
import { language } from './language.ts'

export const MONTHS = ['มกราคม', 'กุมภาพันธ์', 'มีนาคม', 'เมษายน', 'พฤษภาคม', 'มิถุนายน', 'กรกฎาคม', 'สิงหาคม', 'กันยายน', 'ตุลาคม', 'พฤศจิกายน', 'ธันวาคม']
const SHORT = ['ม.ค.', 'ก.พ.', 'มี.ค.', 'เม.ย.', 'พ.ค.', 'มิ.ย.', 'ก.ค.', 'ส.ค.', 'ก.ย.', 'ต.ค.', 'พ.ย.', 'ธ.ค.']
const ENGLISH = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function month(at: number, long: boolean): string {
  if (language() === 'en') return ENGLISH[at] ?? ''
  return (long ? MONTHS : SHORT)[at] ?? ''
}

/** "1980-05-17" → "17 พ.ค. 2523"; partial dates say what they know. */
export function thaiDate(iso: string, long = false): string {
  const [year, monthNumber, day] = iso.slice(0, 10).split('-').map(Number)
  if (!year) return ''
  const words = [day, monthNumber ? month(monthNumber - 1, long) : '', year + 543]
  return words.filter(Boolean).join(' ')
}

const THAILAND_MS = 7 * 3_600_000

/** The date and time of an instant in Thailand: at a border phones take the neighbour's time zone. */
function inThailand(instant: Date): string {
  const there = new Date(instant.getTime() + THAILAND_MS)
  return Number.isNaN(there.getTime()) ? '' : there.toISOString()
}

/** The calendar day of an instant in Thailand: interviews, deadlines and the register's windows are of days there, wherever the phone thinks it is. */
export function dayInThailand(instant: Date): string {
  return inThailand(instant).slice(0, 10)
}

/** An instant as "14:05 น." today, else with its date; as clocks in Thailand show it. */
export function thaiTime(instant: Date | number | string, now = new Date()): string {
  const at = new Date(instant)
  const clock = `${inThailand(at).slice(11, 16)}${language() === 'en' ? '' : ' น.'}`
  return dayInThailand(at) === dayInThailand(now) ? clock : `${thaiDate(dayInThailand(at))} ${clock}`
}

/** A year somebody typed as the Gregorian year: พ.ศ. from 2400 on, ค.ศ. between 1850 and 2150. */
export function gregorianYear(typed: number): number | null {
  if (typed >= 2400 && typed <= 2700) return typed - 543
  return typed >= 1850 && typed <= 2150 ? typed : null
}

/** The days of a month, leap years included. */
export function daysIn(year: number, monthNumber: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][monthNumber - 1] ?? 0
}
