/** Filters, legend, list and frame of the map page. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { live } from 'lit-html/directives/live.js'
import { repeat } from 'lit-html/directives/repeat.js'
import { t } from '../ui/language.ts'
import { GRADES, STATES, type Filters, type Household, type MapState, type View } from './state.ts'

/** What a person can do on the page. */
export interface Acts {
  filter(name: keyof Filters, value: string): void
  show(view: View): void
  more(): void
  again(): void
  choose(id: string, interview: string | null): void
}

interface Option { value: string; label: string }
const VIEWS: View[] = ['map', 'list', 'household']

/** The whole page; the map's and the panel's own boxes are never drawn over. */
export function page(state: MapState, acts: Acts): TemplateResult {
  return html`
    <nav class="map-tabs" aria-label=${t('map.views')}>${VIEWS.map((view) => html`
      <button class="button button--quiet" type="button" aria-pressed=${state.view === view} @click=${() => acts.show(view)}>${t(`map.${view}`)}</button>`)}
    </nav>
    <div class="map-columns" data-view=${state.view}>
      <section class="map-list" aria-label=${t('map.list')}>
        <details class="map-filters" ?open=${matchMedia('(min-width: 60rem)').matches}><summary>${t('map.filters')}</summary>${filters(state, acts)}</details>
        ${list(state, acts)}
      </section>
      <section class="map-place" aria-label=${t('map.map')}>
        ${state.noMap ? html`<p class="notice notice--warn">${t('map.no_map')}</p>` : nothing}
        <div id="canvas"></div>${legend()}
      </section>
      <section class="map-panel" id="panel" aria-label=${t('map.household')} aria-live="polite" tabindex="0"></section>
    </div>`
}

function filters(state: MapState, acts: Acts): TemplateResult {
  const { choices } = state
  const trail = choices?.trail ?? []
  const areas = [...trail, ...(choices?.areas ?? [])].map(({ code, name }) => ({ value: code, label: name }))
  const people = (choices?.volunteers ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const counted = (kind: 'state' | 'grade', key: string, name: string) => ({
    value: name, label: t('map.counted', { name: t(`map.${kind}_${name}`), count: choices?.counts[key] ?? 0 }) })
  return html`
    ${select('area', areas, state, acts)} ${select('volunteer', people, state, acts)}
    ${select('state', STATES.map((name) => counted('state', name, name)), state, acts)}
    ${select('grade', GRADES.map((name) => counted('grade', `evidence_${name}`, name)), state, acts)}`
}

function select(name: keyof Filters, options: Option[], state: MapState, acts: Acts): TemplateResult {
  const chosen = state.filters[name] ?? ''
  const change = (event: Event) => acts.filter(name, (event.target as HTMLSelectElement).value)
  return html`<p class="field"><label class="field__label" for="filter-${name}">${t(`map.${name}`)}</label>
    <select class="select input" id="filter-${name}" .value=${live(chosen)} @change=${change}>
      <option value="">${t(`map.${name}_all`)}</option>
      ${options.map(({ value, label }) => html`<option value=${value} ?selected=${value === chosen}>${label}</option>`)}
    </select></p>`
}

function list(state: MapState, acts: Acts): TemplateResult {
  const { households, status, next } = state
  return html`
    <ul class="household-list">${repeat(households, ({ id }) => id, (one) => line(one, state, acts))}</ul>
    <div role="status">${status === 'loading' ? html`<p class="waiting"><span class="waiting__dot"></span>${t('map.loading')}</p>` : nothing}
      ${status === 'ready' && !households.length ? html`<p class="empty">${t('map.empty')}</p>` : nothing}</div>
    ${status === 'failed' ? html`<p class="notice notice--bad">${t('map.failed')}</p><button class="button" type="button" @click=${acts.again}>${t('map.again')}</button>` : nothing}
    ${status === 'ready' && next ? html`<button class="button button--secondary button--wide" type="button" @click=${acts.more}>${t('map.more')}</button>` : nothing}`
}

function line(one: Household, state: MapState, acts: Acts): TemplateResult {
  return html`<li><button class="household-line" type="button" aria-current=${state.chosen === one.id ? 'true' : 'false'} @click=${() => acts.choose(one.id, one.interview_id)}>
    <strong>${t('map.house', { number: one.house_number })}</strong> ${one.head_name ?? ''}
    <span>${t('map.place', { village: one.village_th, moo: one.moo })}</span>
    <span class="household-line__marks">${dot(one.state, one.evidence_grade)}${t(`map.state_${one.state}`)} · ${t(`map.grade_${one.evidence_grade}`)}</span>
    ${one.is_placed || one.state === 'todo' ? nothing : html`<span>${t('map.unplaced')}</span>`}
  </button></li>`
}

const dot = (state: string, grade: string) => html`<span class="dot dot--${state} dot--${grade}" aria-hidden="true"></span>`

function legend(): TemplateResult {
  return html`<details class="legend"><summary>${t('map.legend')}</summary>
    <p>${t('map.legend_near')}</p>
    <ul>${STATES.map((name) => html`<li>${dot(name, 'weak')}${t(`map.state_${name}`)}</li>`)}
      ${GRADES.map((name) => html`<li>${dot('received', name)}${t(`map.grade_${name}`)}</li>`)}</ul>
    <p>${t('map.legend_far')}</p><p>${t('map.legend_circle')}</p></details>`
}
