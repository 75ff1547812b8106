/** Filters, legend, list, map and panel: the frame of the map page. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { live } from 'lit-html/directives/live.js'
import { t } from '../ui/language.ts'
import { isUndecided } from './deciding.ts'
import { list, mark } from './list.ts'
import { goesOn, GRADES, householdsOf, STATES, type Colouring, type Filters, type Line, type MapState, type View } from './state.ts'
import { actBar, mapTools } from './triage-view.ts'
import type { TriageActs } from './triage.ts'

/** What a person can do on the page. */
export interface Acts extends TriageActs {
  filter(name: keyof Filters, value: string): void
  clear(): void
  show(view: View): void
  more(): void
  again(): void
  choose(id: string): void
  goTo(village: Line): void
  step(by: 1 | -1): void
  leave(): void
  colour(by: Colouring): void
}

interface Option { value: string; label: string }
const VIEWS: View[] = ['list', 'map', 'household']
const isWide = matchMedia('(min-width: 60rem)').matches

/** The whole page; the map's and the panel's own boxes are never drawn over. */
export function page(state: MapState, acts: Acts): TemplateResult {
  return html`
    <nav class="map-tabs" aria-label=${t('map.views')}>${VIEWS.map((view) => html`
      <button class="button button--quiet" type="button" aria-pressed=${state.view === view} @click=${() => acts.show(view)}>${t(`map.${view}`)}</button>`)}
    </nav>
    <div class="map-columns" data-view=${state.view} ?data-triage=${state.triage !== null}>
      <section class="map-list" id="list-part" aria-label=${t('map.list')} tabindex="-1">${filters(state, acts)} ${list(state, acts)}</section>
      <section class="map-place" id="map-part" aria-label=${t('map.map')}>
        ${state.noMap ? html`<p class="notice notice--warn">${t('map.no_map')}</p>` : nothing}
        ${mapTools(state, acts)}
        <div id="canvas"></div><span class="map-cross" aria-hidden="true"></span>
        ${state.told ? html`<p class="map-told" aria-hidden="true">${state.told}</p>` : nothing} ${legend()}
      </section>
      <section class="map-panel" id="household-part" aria-label=${t('map.household')}>${tools(state, acts)}<div class="map-panel__text" id="panel" tabindex="0" role="group" aria-label=${t('map.household')}></div>${actBar(state, acts, state.chosen !== null && isUndecided())}</section>
      <section class="map-picture" id="picture" aria-label=${t('map.picture')} hidden></section>
    </div>`
}

function tools(state: MapState, acts: Acts): TemplateResult | typeof nothing {
  if (!state.chosen) return nothing
  const at = householdsOf(state).indexOf(state.chosen)
  const isLast = at === householdsOf(state).length - 1 && !goesOn(state)
  return html`<div class="panel-tools">
    <button class="button" type="button" ?disabled=${at < 1} @click=${() => acts.step(-1)}>${t('map.previous')}</button>
    <button class="button" type="button" ?disabled=${at < 0 || isLast} @click=${() => acts.step(1)}>${t('map.next')}</button>
    <button class="button button--quiet" type="button" @click=${acts.leave}>${t('map.leave')}</button></div>`
}

function filters(state: MapState, acts: Acts): TemplateResult {
  const { choices } = state
  const areas = [...(choices?.trail ?? []), ...(choices?.areas ?? [])].map(({ code, name }) => ({ value: code, label: name }))
  const people = (choices?.volunteers ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const counted = (kind: 'state' | 'grade', key: string, name: string) => ({
    value: name, label: t('map.counted', { name: t(`map.${kind}_${name}`), count: choices?.counts[key] ?? 0 }) })
  const used = Object.values(state.filters).filter(Boolean).length
  return html`<details class="map-filters" ?open=${isWide}><summary>${used ? t('map.filters_used', { count: used }) : t('map.filters')}</summary>
    ${select('area', areas, state, acts)} ${select('volunteer', people, state, acts)}
    ${choices?.too_many_volunteers ? html`<p class="help">${t('map.too_many_volunteers')}</p>` : nothing}
    ${select('state', STATES.map((name) => counted('state', name, name)), state, acts)}
    ${select('grade', GRADES.map((name) => counted('grade', `evidence_${name}`, name)), state, acts)}
    ${used ? html`<button class="button button--secondary button--wide" type="button" @click=${acts.clear}>${t('map.clear')}</button>` : nothing}</details>`
}

function select(name: keyof Filters, options: Option[], state: MapState, acts: Acts): TemplateResult {
  const chosen = state.filters[name] ?? ''
  const change = (event: Event) => acts.filter(name, (event.target as HTMLSelectElement).value)
  const known = !chosen || options.some(({ value }) => value === chosen)
  return html`<p class="field"><label class="field__label" for="filter-${name}">${t(`map.${name}`)}</label>
    <select class="select input" id="filter-${name}" .value=${live(chosen)} @change=${change}>
      <option value="">${t(`map.${name}_all`)}</option>
      ${known ? nothing : html`<option value=${chosen} selected>${t('map.chosen')}</option>`}
      ${options.map(({ value, label }) => html`<option value=${value} ?selected=${value === chosen}>${label}</option>`)}
    </select></p>`
}

function legend(): TemplateResult {
  return html`<details class="legend"><summary>${t('map.legend')}</summary>
    <p>${t('map.legend_near')}</p>
    <ul>${[...STATES.map((name) => [name, 'state']), ...GRADES.map((name) => [name, 'grade'])].map(([name, kind]) => html`<li>${mark(String(name))}${t(`map.${kind}_${name}`)}</li>`)}<li>${mark('found')}${t('map.legend_found')}</li></ul>
    <p>${t('map.legend_far')}</p><p>${t('map.legend_circle')}</p><p>${t('map.legend_keys')}</p></details>`
}
