/** Small behaviours of the pages the server renders; every page works without them. */
import { stayWithoutSignal } from './no-signal.ts'
import { answerWithPasskey } from './passkey.ts'
import { sendOnce } from './send-once.ts'
import { guardScripts } from './trusted-types.ts'

/** `<button data-reveal="password">` shows what is typed in the box of that id, and hides it again. */
function revealOnTap(button: HTMLButtonElement): void {
  const box = document.getElementById(button.dataset.reveal ?? '')
  if (!(box instanceof HTMLInputElement)) return
  button.hidden = false
  button.addEventListener('click', () => {
    const shown = box.type === 'password'
    box.type = shown ? 'text' : 'password'
    button.setAttribute('aria-pressed', String(shown))
  })
}

/** Whoever got something wrong stands at the first box that says so. */
function focusFirstProblem(): void {
  document.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
}

/** A one-time code stands behind "#" in the address of a QR code: it goes to no server and no history. */
function takeCodeFromAddress(form: HTMLFormElement): void {
  const box = form.elements.namedItem('code')
  const code = location.hash.slice(1)
  if (!(box instanceof HTMLInputElement) || !/^\d{20}$/.test(code)) return
  box.value = code.replace(/(\d{4})(?=\d)/g, '$1 ')
  history.replaceState(null, '', location.pathname)
}

function printOnTap(button: HTMLButtonElement): void {
  button.hidden = false
  button.addEventListener('click', () => print())
}

/** The page before, as it was left: ticks and typed words with it. */
function goBackOnTap(button: HTMLButtonElement): void {
  button.hidden = history.length < 2
  button.addEventListener('click', () => history.back())
}

guardScripts()
stayWithoutSignal(document.body.dataset.noSignal ?? '')
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) answerWithPasskey(form)
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-code-from-address]')) takeCodeFromAddress(form)
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-back]')) goBackOnTap(button)
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-print]')) printOnTap(button)
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-send-now]')) form.requestSubmit()
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-reveal]')) revealOnTap(button)
for (const form of document.querySelectorAll<HTMLFormElement>('form[method=post]')) sendOnce(form)
focusFirstProblem()
