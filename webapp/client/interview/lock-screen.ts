/** The lock on screen: choose a secret, give it, or get back in by signing in. It names nobody. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { bigButton, linkButton, noticeBox, screen, waiting } from '../ui/components.ts'
import { held } from '../ui/held.ts'
import { t } from '../ui/language.ts'
import type { LockState } from './lock-state.ts'

export interface LockActs {
  render(): void
  unlock(): void
  choose(): void
  recover(): void
  forgot(): void
  signIn(): void
  /** Somebody else's phone day: the present volunteer is signed out first. */
  otherPerson(): void
}

/** Not a password box: a browser must not offer to remember what unlocks the phone. */
function secretBox(lock: LockState, acts: LockActs, id: 'lock-secret' | 'lock-again', label: string): TemplateResult {
  const part = id === 'lock-secret' ? 'typed' : 'again'
  return html`<div class="field"><label class="field__label" for=${id}>${label}</label>
    <input class="input lock__secret ${lock.shown ? '' : 'lock__secret--hidden'}" id=${id} type="text" inputmode=${lock.kind === 'pin' ? 'numeric' : 'text'} autocomplete="off"
      autocapitalize="off" spellcheck="false" maxlength="64" ?disabled=${lock.busy} aria-describedby="lock-problem" .value=${held(lock[part], id)}
      @input=${(event: Event) => {
        lock[part] = (event.target as HTMLInputElement).value
        lock.problem = ''
        acts.render()
      }}></div>`
}

function show(lock: LockState, acts: LockActs): TemplateResult {
  return bigButton(t(lock.shown ? 'lock.hide' : 'lock.show'), () => {
    lock.shown = !lock.shown
    acts.render()
  }, { kind: 'quiet', pressed: lock.shown })
}

function problem({ problem, left }: LockState): TemplateResult {
  return html`<div id="lock-problem" role="alert">${problem ? noticeBox('bad', t(problem, { left })) : nothing}</div>`
}

function form(lock: LockState, submit: () => void, body: unknown): TemplateResult {
  const send = (event: Event) => {
    event.preventDefault()
    if (!lock.busy) submit()
  }
  return html`<form class="lock stack" data-purpose=${lock.purpose} autocomplete="off" @submit=${send}>${body}</form>`
}

const go = (lock: LockState, word: string, disabled = false) =>
  lock.busy ? waiting(t('lock.busy')) : html`<button type="submit" class="button button--primary button--wide" ?disabled=${disabled}><span>${word}</span></button>`

function choosing(lock: LockState, acts: LockActs): TemplateResult {
  const other = lock.kind === 'pin' ? 'passphrase' : 'pin'
  const change = () => {
    Object.assign(lock, { kind: other, typed: '', again: '', problem: '' })
    acts.render()
  }
  return screen({ title: t(lock.given ? 'lock.choose_again' : 'lock.choose'), body: form(lock, acts.choose, html`
    <p>${t('lock.choose_why')}</p><p class="help">${t(`lock.choose_${lock.kind}`)}</p>
    ${secretBox(lock, acts, 'lock-secret', t(`lock.${lock.kind}`))}${secretBox(lock, acts, 'lock-again', t('lock.again'))}
    ${problem(lock)}${go(lock, t('lock.choose_go'))}
    <div class="actions">${show(lock, acts)}${bigButton(t(`lock.use_${other}`), change, { kind: 'quiet', disabled: lock.busy })}</div>
    <p class="help">${t('lock.forgotten_is_fine')}</p>`) })
}

function waitWords(lock: LockState): TemplateResult | typeof nothing {
  const seconds = Math.ceil((lock.wait_until - Date.now()) / 1000)
  return seconds > 0 ? noticeBox('warn', t('lock.wait', { seconds })) : nothing
}

function unlocking(lock: LockState, acts: LockActs, unsent: TemplateResult | typeof nothing): TemplateResult {
  if (lock.outOfTouch) return screen({ title: t('lock.title'), body: html`${noticeBox('warn', t('lock.out_of_touch'))}${unsent}${bigButton(t('shell.sign_in'), acts.signIn, { wide: true })}` })
  const waits = lock.wait_until > Date.now()
  return screen({ title: t(lock.renewing ? 'lock.renew' : 'lock.title'), body: html`${form(lock, acts.unlock, html`
    <p>${t(lock.renewing ? 'lock.renew_why' : `lock.enter_${lock.kind}`)}</p>
    ${secretBox(lock, acts, 'lock-secret', t(`lock.${lock.kind}`))}
    ${problem(lock)}${waitWords(lock)}${go(lock, t(lock.renewing ? 'shell.next' : 'lock.open'), waits)}${show(lock, acts)}`)}
    ${unsent}
    <details class="more card"><summary>${t('lock.trouble')}</summary><div class="stack"><p>${t('lock.forgot_help')}</p>
      ${bigButton(t('lock.forgot'), acts.forgot, { kind: 'secondary', wide: true, disabled: lock.busy })}
      ${bigButton(t('lock.other_person'), acts.otherPerson, { kind: 'secondary', wide: true, disabled: lock.busy })}</div></details>` })
}

function recovering(lock: LockState, acts: LockActs, unsent: TemplateResult | typeof nothing): TemplateResult {
  return screen({ title: t('lock.title'), body: html`<p>${t('lock.recover')}</p>${problem(lock)}${unsent}
    ${lock.busy ? waiting(t('lock.recovering')) : html`${bigButton(t('shell.sign_in'), acts.signIn, { wide: true })}${bigButton(t('lock.try_again'), acts.recover, { kind: 'secondary', wide: true })}`}` })
}

/** ปลดล็อก; `left` is how many households still wait here, sealed. */
export function lockScreen(lock: LockState, acts: LockActs, left: number): TemplateResult {
  const unsent = left ? html`${noticeBox('info', t('outbox.left_here', { count: left }))}${linkButton(t('outbox.rescue_link'), '/app/rescue', { icon: 'warn', wide: true })}` : nothing
  if (lock.purpose === 'choose') return choosing(lock, acts)
  return lock.purpose === 'recover' ? recovering(lock, acts, unsent) : unlocking(lock, acts, unsent)
}
