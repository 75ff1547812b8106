/** The frame of one kind of evidence: its title, whether it is held, and what belongs in it. */
import { html, type TemplateResult } from 'lit-html'
import { badge, icon } from '../ui/components.ts'
import { t } from '../ui/language.ts'

export interface Card {
  kind: 'photo' | 'signature' | 'position' | 'other'
  drawing: string
  held: boolean
  body: unknown
}

export function evidenceCard({ kind, drawing, held, body }: Card): TemplateResult {
  return html`<section class="card evidence evidence--${kind}" aria-labelledby="evidence-${kind}">
    <h2 class="card__title evidence__title" id="evidence-${kind}">${icon(drawing)}<span>${t(`evidence.${kind}_title`)}</span>${held ? badge('good', t('evidence.kept'), 'check') : ''}</h2>
    <p class="help">${t(`evidence.${kind}_help`)}</p>${body}</section>`
}
