/** A box for baht: the thousands are set apart while it is typed, Thai digits become Arabic ones. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { toArabicDigits } from '../engine/index.ts'
import { framed, type NumberBox, parseNumber, withCommas } from '../ui/components.ts'
import { held } from '../ui/held.ts'

const MOST_DIGITS = 12

/** The digits of a text with at most one point and two digits behind it. */
function bare(text: string): string {
  const [whole = '', ...rest] = toArabicDigits(text).replace(/[^\d.]/g, '').split('.')
  const digits = whole.slice(0, MOST_DIGITS)
  return rest.length ? `${digits}.${rest.join('').slice(0, 2)}` : digits
}

/** What is typed with its thousands set apart, and where the caret stands then. */
export function grouped(text: string, caret: number): { text: string; caret: number } {
  const before = bare(text.slice(0, caret)).length
  const [whole = '', part] = bare(text).split('.')
  const shown = whole.replace(/^0+(?=\d)/, '').replace(/\B(?=(\d{3})+(?!\d))/g, ',') + (part === undefined ? '' : `.${part}`)
  let at = 0
  for (let passed = 0; at < shown.length && passed < before; at++) if (shown[at] !== ',') passed += 1
  return { text: shown, caret: at }
}

function typed(event: Event, take: (number: number | null) => void): void {
  const input = event.target as HTMLInputElement
  const { text, caret } = grouped(input.value, input.selectionStart ?? input.value.length)
  if (text !== input.value) {
    input.value = text
    input.setSelectionRange(caret, caret)
  }
  take(parseNumber(text.replace(/\.$/, ''), true))
}

/** Like `numberField`, with thousands while typing. */
export function amountBox(box: NumberBox): TemplateResult {
  const text = box.value === null || box.value === undefined ? '' : withCommas(box.value)
  const described = [box.help && 'help', box.hint && 'hint', box.problem && 'problem'].filter(Boolean).map((part) => `${box.id}-${part}`)
  return framed(box, html`<input class="input input--number" type="text" inputmode="decimal" id=${box.id} autocomplete="off" maxlength="20"
    .value=${held(text, box.id)} ?disabled=${box.disabled ?? false} aria-describedby=${described.join(' ') || nothing}
    aria-invalid=${box.problem ? 'true' : nothing} @input=${(event: Event) => typed(event, box.onInput)}>`)
}
