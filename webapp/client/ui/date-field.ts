/** A date in day, month and พ.ศ.; a birth date may be the year alone. */
import { html, noChange, nothing, type TemplateResult } from 'lit-html'
import { live } from 'lit-html/directives/live.js'
import { parseThaiDate, toArabicDigits } from '../engine/index.ts'
import type { Text } from './buttons.ts'
import { daysIn, gregorianYear, MONTHS, thaiDate } from './dates.ts'
import { held } from './held.ts'
import { t } from './language.ts'

export interface DateBox {
  id: string
  legend: Text
  help?: Text
  problem?: Text
  hint?: Text
  /** ISO, or partial ISO with `partial`. */
  value: string | null | undefined
  /** Allows the year alone, or year and month. */
  partial?: boolean
  disabled?: boolean
  /** '' while what is typed is no date yet. */
  onChange: (iso: string) => void
}

interface Typed {
  day: string
  month: string
  year: string
}

const pad = (number: number) => String(number).padStart(2, '0')

/** The ISO date of three boxes; '' when it is not (yet) one. */
export function isoOf(typed: Typed, partial: boolean): string {
  const year = gregorianYear(Number(toArabicDigits(typed.year).trim() || 'x'))
  const monthNumber = Number(typed.month)
  const day = Number(toArabicDigits(typed.day).trim())
  if (!year) return ''
  if (!monthNumber) return partial && !day ? String(year) : ''
  if (!day) return partial ? `${year}-${pad(monthNumber)}` : ''
  const real = Number.isInteger(day) && day >= 1 && day <= daysIn(year, monthNumber)
  return real ? `${year}-${pad(monthNumber)}-${pad(day)}` : ''
}

/** What is wrong with three boxes, as a text key; '' when nothing is, or typing is not done. */
export function problemOf(typed: Typed): string {
  const year = toArabicDigits(typed.year).trim()
  if (year.length >= 4 && !gregorianYear(Number(year))) return 'shell.date_year_problem'
  const day = toArabicDigits(typed.day).trim()
  if (day && (!/^\d{1,2}$/.test(day) || Number(day) < 1 || Number(day) > 31)) return 'shell.date_day_problem'
  const known = year.length >= 4 && typed.month && day
  const days = known ? daysIn(gregorianYear(Number(year)) ?? 0, Number(typed.month)) : 31
  return Number(day) > days ? 'shell.date_none' : ''
}

function boxesOf(event: Event): HTMLElement {
  return (event.target as HTMLElement).closest('[data-date]') as HTMLElement
}

function typedIn(boxes: HTMLElement): Typed {
  const read = (part: string) => (boxes.querySelector(`[data-part=${part}]`) as HTMLInputElement | HTMLSelectElement).value
  return { day: read('day'), month: read('month'), year: read('year') }
}

/** A whole date pasted or typed into the first box ("17/5/2523") fills all three. */
function spread(boxes: HTMLElement): void {
  const first = boxes.querySelector('[data-part=day]') as HTMLInputElement
  if (!/\d\D+\S+\D+\d{4}/.test(toArabicDigits(first.value))) return
  const read = parseThaiDate(first.value)
  if (!('iso' in read) || read.precision !== 'day') return
  const [year = '', monthNumber = '', day = ''] = read.iso.split('-')
  first.value = String(Number(day))
  ;(boxes.querySelector('[data-part=month]') as HTMLSelectElement).value = String(Number(monthNumber))
  ;(boxes.querySelector('[data-part=year]') as HTMLInputElement).value = String(Number(year) + 543)
}

function taken(box: DateBox, event: Event): void {
  const boxes = boxesOf(event)
  spread(boxes)
  const typed = typedIn(boxes)
  const problem = problemOf(typed)
  const said = boxes.querySelector('[data-said]') as HTMLElement
  said.textContent = problem ? t(problem) : ''
  box.onChange(problem ? '' : isoOf(typed, box.partial ?? false))
}

function parts(box: DateBox): Typed {
  const [year = '', monthNumber = '', day = ''] = (box.value ?? '').split('-')
  return { day: day && String(Number(day)), month: monthNumber && String(Number(monthNumber)), year: year && String(Number(year) + 543) }
}

/** Day, month, year in พ.ศ. (a year in ค.ศ. is understood). */
export function thaiDateField(box: DateBox): TemplateResult {
  const value = parts(box)
  const off = box.disabled ?? false
  const change = (event: Event) => taken(box, event)
  // What is no date yet stays as it was typed: drawing must not empty the day while the month is picked.
  const open = !box.value && !off
  const shown = (text: string) => (open ? noChange : held(text, box.id))
  const picked = (is: boolean) => (open ? noChange : live(is))
  return html`<fieldset class="date" data-date aria-describedby=${box.help ? `${box.id}-help` : nothing}>
    <legend class="field__label">${box.legend}</legend>
    ${box.help ? html`<p class="help" id="${box.id}-help">${box.help}</p>` : nothing}
    <div class="date__boxes">
      <label class="date__part"><span>${t('shell.day')}</span><input class="input" id="${box.id}-day" data-part="day" type="text" inputmode="numeric" autocomplete="off"
        .value=${shown(value.day)} ?disabled=${off} @input=${change}></label>
      <label class="date__part date__part--month"><span>${t('shell.month')}</span><select class="input" id="${box.id}-month" data-part="month" ?disabled=${off} @change=${change}>
        <option value="" .selected=${picked(value.month === '')}>–</option>
        ${MONTHS.map((name, at) => html`<option value=${at + 1} .selected=${picked(value.month === String(at + 1))}>${name}</option>`)}</select></label>
      <label class="date__part"><span>${t('shell.year')}</span><input class="input" id="${box.id}-year" data-part="year" type="text" inputmode="numeric" maxlength="4" autocomplete="off"
        .value=${shown(value.year)} ?disabled=${off} @input=${change}></label>
    </div>
    <p class="problem" data-said role="status"></p>
    ${box.value ? html`<p class="help">${thaiDate(box.value, true)}</p>` : nothing}
    ${box.hint ? html`<p class="hint">${box.hint}</p>` : nothing}
    ${box.problem ? html`<p class="problem">${box.problem}</p>` : nothing}
  </fieldset>`
}
