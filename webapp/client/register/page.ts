/** The forms of registering: lists that fill themselves, and a sending that loses nothing. */
import '../../static/css/register.css'
import { thaiIdProblem } from '../engine/thai-id.ts'
import { fillPlaces } from './places.ts'
import { sendPatiently } from './sending.ts'

/** A number that looks unusual is said beside its box; it may be sent all the same. */
function hintAtNumber(box: HTMLInputElement): void {
  const hint = document.createElement('p')
  hint.className = 'hint'
  hint.setAttribute('aria-live', 'polite')
  box.after(hint)
  box.addEventListener('change', () => {
    const problem = box.value.trim() === '' ? null : thaiIdProblem(box.value)
    hint.textContent = problem === null ? '' : (box.dataset.hint ?? '')
  })
}

for (const places of document.querySelectorAll<HTMLFormElement>('form[data-places]')) fillPlaces(places)
const form = document.querySelector<HTMLFormElement>('form[data-register]')
if (form) {
  fillPlaces(form)
  sendPatiently(form)
  const number = form.querySelector<HTMLInputElement>('#national_id')
  if (number) hintAtNumber(number)
}
