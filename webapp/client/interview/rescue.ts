/** For somebody in trouble, signed in or not: everything unsent in one sealed file, out of this phone or into it. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { bigButton, bottomBar, noticeBox, screen, waiting } from '../ui/components.ts'
import { t } from '../ui/language.ts'
import type { OutboxState } from './app-view.ts'

export interface RescueView {
  outbox: OutboxState
  /** Interviews that the register does not hold whole yet. */
  unsent: number
  rescue(): void
  takeIn(file: File): void
  back(): void
}

function save({ unsent, rescue }: RescueView): TemplateResult {
  return html`<section class="card stack" aria-labelledby="rescue-save"><h2 id="rescue-save">${t('outbox.rescue_out')}</h2>
    <p>${t('outbox.rescue_help')}</p>
    ${unsent ? html`<p><strong>${t('outbox.rescue_holds', { count: unsent })}</strong></p>` : noticeBox('good', t('outbox.rescue_nothing'))}
    ${bigButton(t('outbox.rescue_save'), rescue, { wide: true, icon: 'down', disabled: !unsent })}</section>`
}

function taken({ outbox }: RescueView): TemplateResult | typeof nothing {
  if (outbox.taken === null) return nothing
  if (outbox.taken === 'reading') return waiting(t('outbox.rescue_reading'))
  if (outbox.taken === 'failed' || outbox.taken === 'unkept') return noticeBox('bad', t(`outbox.rescue_${outbox.taken}`), true)
  return noticeBox(outbox.taken.damaged ? 'warn' : 'good', html`<p>${t('outbox.rescue_taken', { ...outbox.taken })}</p><p>${t('outbox.rescue_goes')}</p>`, true)
}

function take(view: RescueView): TemplateResult {
  const chosen = (event: Event) => {
    const input = event.target as HTMLInputElement
    const file = input.files?.[0]
    if (file) view.takeIn(file)
    input.value = ''
  }
  return html`<section class="card stack" aria-labelledby="rescue-take"><h2 id="rescue-take">${t('outbox.rescue_in')}</h2>
    <p>${t('outbox.rescue_in_help')}</p>
    <label class="button button--secondary button--wide file"><input type="file" class="file__input" @change=${chosen}>${t('outbox.rescue_take')}</label>
    ${taken(view)}</section>`
}

/** แฟ้มสำรองฉุกเฉิน. */
export function rescueScreen(view: RescueView): TemplateResult {
  return screen({ title: t('outbox.rescue'), body: html`${save(view)}${take(view)}`, bar: bottomBar({ back: view.back }) })
}
