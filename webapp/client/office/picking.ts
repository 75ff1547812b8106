/** Ticking rows of a list: all at once, a run with Shift, and how many are ticked. */

/** `<form data-pick="เลือกแล้ว {count} รายการ">` with boxes `name=pick`, an `[data-all]` box and a `[data-count]` place. */
export function pickRows(form: HTMLFormElement): void {
  const boxes = [...form.querySelectorAll<HTMLInputElement>('input[name=pick]')]
  const all = form.querySelector<HTMLInputElement>('input[data-all]')
  let last: HTMLInputElement | null = null
  form.addEventListener('click', (event) => {
    const box = event.target
    if (!(box instanceof HTMLInputElement) || box.name !== 'pick') return
    if (event.shiftKey && last) tickRun(boxes, last, box)
    last = box
    tell(form, boxes, all)
  })
  all?.addEventListener('change', () => {
    for (const box of boxes) box.checked = all.checked
    tell(form, boxes, all)
  })
  form.addEventListener('change', () => tell(form, boxes, all))
  tell(form, boxes, all)
}

function tickRun(boxes: HTMLInputElement[], from: HTMLInputElement, to: HTMLInputElement): void {
  const [first = 0, end = 0] = [boxes.indexOf(from), boxes.indexOf(to)].sort((a, b) => a - b)
  for (const box of boxes.slice(first, end + 1)) box.checked = to.checked
}

function tell(form: HTMLFormElement, boxes: HTMLInputElement[], all: HTMLInputElement | null): void {
  const count = boxes.filter(({ checked }) => checked).length
  const place = form.querySelector('[data-count]')
  if (place) place.textContent = (form.dataset.pick ?? '{count}').replace('{count}', String(count))
  if (all) {
    all.checked = count > 0 && count === boxes.length
    all.indeterminate = count > 0 && count < boxes.length
  }
  for (const button of form.querySelectorAll<HTMLElement>('[data-needs-pick]')) {
    button.toggleAttribute('disabled', count === 0)
  }
}
