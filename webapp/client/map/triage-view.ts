/** What stands above the chosen households, and the bar of acts below the one that is open. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { t } from '../ui/language.ts'
import { COLOURINGS, type Colouring, type Line, type MapState, type Triage } from './state.ts'
import type { TriageActs } from './triage.ts'
import type { Acts } from './view.ts'

const isWide = matchMedia('(min-width: 60rem)').matches
const KINDS = ['photo', 'signature', 'position']

/** How many were chosen and by what, and the way back to the whole list. */
export function chosenHead({ name, lines, more }: Triage, acts: TriageActs): TemplateResult {
  return html`<div class="chosen-head" role="status"><p><strong>${t('map.chosen_count', { count: lines.length })}</strong> ${name}</p>
    <p class="help">${lines.length ? t(more ? 'map.chosen_more' : 'map.chosen_order', { count: lines.length }) : t('map.chosen_none')}</p>
    <button class="button button--secondary button--wide" type="button" @click=${acts.leaveChosen}>${t('map.chosen_leave')}</button></div>`
}

/** The keyboard's way to what a lasso does. */
export function wholeVillage(line: Line, acts: TriageActs): TemplateResult {
  return html`<button class="button button--quiet village-head__all" type="button" aria-label=${t('map.one_by_one_in', { village: line.village_th })}
    @click=${() => acts.chooseVillage(line)}>${t('map.one_by_one')}</button>`
}

/** How symbols are coloured, and the ways to choose on the map. */
export function mapTools(state: MapState, acts: Acts): TemplateResult | typeof nothing {
  if (state.noMap) return nothing
  const colour = (event: Event) => acts.colour((event.target as HTMLSelectElement).value as Colouring)
  return html`<details class="map-tools" ?open=${isWide}><summary>${t('map.tools')}</summary><div class="map-tools__all">
    <label class="map-tools__colour"><span>${t('map.colour_by')}</span> <select class="select input" @change=${colour}>${COLOURINGS.map((by) => html`
      <option value=${by} ?selected=${state.colouring === by}>${t(`map.colour_${by}`)}</option>`)}</select></label>
    <button class="button" type="button" aria-pressed=${state.lasso} @click=${acts.drawLasso}>${t(state.lasso ? 'map.lasso_end' : 'map.lasso')}</button>
    <button class="button" type="button" @click=${acts.chooseSeen}>${t('map.all_seen')}</button>
    <label class="map-tools__found"><input type="checkbox" .checked=${state.onlyFound} @change=${(event: Event) => acts.onlyFound((event.target as HTMLInputElement).checked)}> <span>${t('map.only_found')}</span></label></div></details>
    ${state.lasso ? html`<p class="map-told map-told--lasso" role="status">${t('map.lasso_how')}</p>` : nothing}`
}

/** Accept, ask again, undo; what came of it is said beside them. */
export function actBar(state: MapState, acts: Acts, undecided: boolean): TemplateResult | typeof nothing {
  const { done, trouble, acting, asking } = state
  if (!state.chosen) return nothing
  const undo = done && done.what !== 'undone'
  return html`<div class="panel-acts">
    ${asking && undecided ? askAgain(acts, acting) : nothing}
    <div role="status" class="panel-acts__told">${trouble ? html`<p class="notice notice--bad">${trouble}</p>` : nothing}
      ${done ? html`<p>${t(`map.done_${done.what}`, { number: done.number })} ${undo ? html`
        <button class="button button--quiet" type="button" ?disabled=${acting} @click=${acts.undo}>${t('map.undo')}</button>` : nothing}</p>` : nothing}</div>
    ${undecided && !asking ? html`<div class="panel-acts__buttons">
      <button class="button" type="button" aria-expanded=${asking} ?disabled=${acting} @click=${acts.ask}>${t('map.ask_again')}</button>
      <button class="button button--primary" type="button" ?disabled=${acting} @click=${acts.accept}>${t('map.accept')}</button></div>` : nothing}</div>`
}

function askAgain(acts: Acts, acting: boolean): TemplateResult {
  const send = (event: SubmitEvent) => {
    event.preventDefault()
    const told = new FormData(event.target as HTMLFormElement)
    acts.askFor(told.getAll('kind').map(String), String(told.get('reason') ?? ''))
  }
  return html`<form id="ask-again" class="ask-again" @submit=${send}>
    <fieldset><legend>${t('map.ask_what')}</legend>${KINDS.map((kind, at) => html`
      <label><input type="checkbox" name="kind" value=${kind} ?checked=${at === 0}> ${t(`map.ask_${kind}`)}</label>`)}</fieldset>
    <label class="field__label" for="ask-why">${t('map.ask_why')}</label>
    <input class="input" id="ask-why" name="reason" required maxlength="750" autocomplete="off">
    <div class="panel-acts__buttons"><button class="button" type="button" @click=${acts.ask}>${t('map.ask_not')}</button>
      <button class="button button--primary" type="submit" ?disabled=${acting}>${t('map.ask_send')}</button></div></form>`
}
