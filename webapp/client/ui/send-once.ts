/** A form is sent once: the second tap of an impatient finger does nothing. */
export function sendOnce(form: HTMLFormElement): void {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) return event.preventDefault()
    form.dataset.sent = 'yes'
    form.querySelector('button[type=submit]')?.setAttribute('aria-disabled', 'true')
  })
  // The browser's back button brings the page as it was left.
  addEventListener('pageshow', () => mayBeSentAgain(form))
}

/** Nothing was sent after all. */
export function mayBeSentAgain(form: HTMLFormElement): void {
  delete form.dataset.sent
  form.querySelector('button[type=submit]')?.removeAttribute('aria-disabled')
}
