/** The list beside the map: each village with its count, its households below it. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { repeat } from 'lit-html/directives/repeat.js'
import { t } from '../ui/language.ts'
import { chosenHead, wholeVillage } from './triage-view.ts'
import type { Acts } from './view.ts'
import { linesOf, type Line, type MapState } from './state.ts'

/** One state, grade or result as the page's own symbol. */
export const mark = (name: string): TemplateResult =>
  html`<svg class="mark mark--${name}" viewBox="0 0 24 24" aria-hidden="true"><use href="#shape-${name}"></use></svg>`

export function list(state: MapState, acts: Acts): TemplateResult {
  const { status, next, triage } = state
  const lines = linesOf(state)
  return html`${triage ? chosenHead(triage, acts) : nothing}
    <ul class="household-list" id="list">${repeat(lines, keyOf, (one, at) => [
      triage || one.village_code === lines[at - 1]?.village_code ? nothing : village(one, acts),
      one.id ? household(one, one.id, state, acts) : nothing,
    ])}</ul>
    <div role="status">${triage ? nothing : status === 'loading' ? html`<p class="waiting"><span class="waiting__dot"></span>${t('map.loading')}</p>` : nothing}
      ${!triage && status === 'ready' && !lines.length ? html`<p class="empty">${t('map.empty')}</p>` : nothing}</div>
    ${!triage && status === 'failed' ? html`<p class="notice notice--bad">${t('map.failed')}</p><button class="button" type="button" @click=${acts.again}>${t('map.again')}</button>` : nothing}
    ${!triage && status === 'ready' && next ? html`<button class="button button--secondary button--wide" type="button" @click=${acts.more}>${t('map.more')}</button>` : nothing}`
}

const keyOf = (one: Line): string => one.id ?? one.village_code

function village(one: Line, acts: Acts): TemplateResult {
  const count = one.village_households
  const told = t(count ? 'map.village_count' : 'map.village_empty', { count, received: one.village_received })
  return html`<li class="village-head"><button class="village-line" type="button" data-line @click=${() => acts.goTo(one)}>
    <strong>${t('map.place', { village: one.village_th, moo: one.moo })}</strong> <span>${told}</span></button>${count ? wholeVillage(one, acts) : nothing}</li>`
}

function household(one: Line, id: string, state: MapState, acts: Acts): TemplateResult {
  return html`<li><button class="household-line" type="button" data-line data-id=${id} aria-current=${state.chosen === id ? 'true' : 'false'} @click=${() => acts.choose(id)}>
    <span><strong>${t('map.house', { number: one.house_number })}</strong> ${one.head_name ?? ''}</span>
    <span class="household-line__marks">${mark(one.state)}${t(`map.state_${one.state}`)}
      ${one.evidence_grade === 'unseen' ? nothing : html`${mark(one.evidence_grade)}${t(`map.grade_${one.evidence_grade}`)}`}</span>
    ${one.findings ? html`<span class="household-line__marks">${mark('found')}${t('map.findings', { count: one.findings })}</span>` : nothing}
    ${one.is_placed || one.evidence_grade === 'unseen' ? nothing : html`<span>${t('map.unplaced')}</span>`}
  </button></li>`
}
