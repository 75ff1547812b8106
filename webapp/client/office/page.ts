/** Small comforts of the back office's pages; every page works without them. */
import '../../static/css/office.css'
import '../../static/css/office-forms.css'
import '../../static/css/people.css'
import '../../static/css/progress.css'
import '../../static/css/quality.css'
import '../../static/css/screening.css'
import { follow } from './following.ts'
import { pickRows } from './picking.ts'
import { reconcile } from './reconciling.ts'
import { walkRows } from './walking.ts'

/** A filter that is changed is applied; without this file its button does it. */
function applyAtOnce(form: HTMLFormElement): void {
  form.addEventListener('change', (event) => {
    if (event.target instanceof HTMLSelectElement) form.requestSubmit()
  })
}

/** "/" goes to the search box, as on every page with one. */
function searchByKey(box: HTMLInputElement): void {
  document.addEventListener('keydown', (event) => {
    const typing = event.target instanceof Element && event.target.closest('input, textarea, select')
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    box.focus()
  })
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-at-once]')) applyAtOnce(form)
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-pick]')) pickRows(form)
for (const table of document.querySelectorAll<HTMLTableElement>('table[data-walk]')) walkRows(table)
for (const part of document.querySelectorAll<HTMLElement>('[data-follow]')) follow(part)
for (const list of document.querySelectorAll<HTMLElement>('[data-reconcile]')) reconcile(list)
const search = document.querySelector<HTMLInputElement>('input[type=search]')
if (search) searchByKey(search)
