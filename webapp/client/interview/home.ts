/** Home: my villages, how far I am, and every household with where it stands. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { live } from 'lit-html/directives/live.js'
import { repeat } from 'lit-html/directives/repeat.js'
import { forumSection } from '../forum/home.ts'
import { badge, bigButton, choiceButtons, empty, icon, linkButton, noticeBox, progress, screen, waiting } from '../ui/components.ts'
import { held } from '../ui/held.ts'
import { t } from '../ui/language.ts'
import { interviewPath } from '../ui/router.ts'
import type { AppView } from './app-view.ts'
import { announcedLink } from './announced.ts'
import { LOOKS, type Row, type Shown, search, tally } from './household-state.ts'
import { menu } from './menu.ts'
import { cardLink } from './own-card.ts'
import { pauseWords, statusWords } from './outbox-words.ts'
import { installAdvice } from './ready.ts'
import { returnedSection } from './returned.ts'
import { type WindowWords, windowWords } from './service-window.ts'
import { trustedNow, villageOf } from './session.ts'
import { whenSeen } from './when-seen.ts'

const PAGE = 60

/** Until when interviews can be recorded, in words. */
export function recordingWords({ session }: AppView): WindowWords {
  return windowWords(session.register.round.recording, trustedNow(session), 'recording')
}

/** The program itself is spoken of only when its days are over or have not begun. */
function programWords({ session }: AppView): TemplateResult | typeof nothing {
  const program = session.register.round.services?.program
  const said = program ? windowWords(program, trustedNow(session), 'program') : null
  return said && !said.open ? html`<p>${badge('warn', said.text)}</p>` : nothing
}

function summary(view: AppView, counts: Record<Shown, number>): TemplateResult {
  const plan = recordingWords(view)
  return html`<section class="card summary">
    ${progress(counts.sent, counts.all, t('home.progress', { done: counts.sent, total: counts.all }))}
    <p>${plan.open ? plan.text : badge('warn', plan.text)}</p>${programWords(view)}</section>`
}

/** Nothing in the way of the list unless there is something to know. */
const unsent = ({ waiting, sending, data, parked }: AppView['session']['status']['counts']): number => waiting + sending + data + parked

function news(view: AppView): TemplateResult {
  const { session, online, signedOut } = view
  const { status, phone } = session
  const pause = online ? pauseWords(status, phone.world.now()) : ''
  if (online && signedOut) return noticeBox('warn', html`<p>${t(unsent(status.counts) ? 'outbox.stopped_signed_out' : 'home.signed_out')}</p><a class="button button--primary" href="/sign-in?next=/app/">${t('shell.sign_in')}</a>`, true)
  if (installAdvice(navigator.userAgent, navigator.maxTouchPoints) === 'line') return noticeBox('bad', t('home.install_line'))
  return html`${online ? nothing : noticeBox('info', t('home.offline_now'), true)}
    ${pause ? noticeBox(status.counts.parked ? 'bad' : 'warn', html`<p><a href="/app/outbox">${statusWords(status).words}</a></p><p>${pause}</p>`) : nothing}`
}

function villages(view: AppView): TemplateResult | typeof nothing {
  const { session, chosen, acts } = view
  if (session.villages.length < 2) return nothing
  const count = (village: string) => session.rows.filter((row) => !village || row.village === village).length
  const options = [{ name: '', label_th: t('home.village_all', { count: session.rows.length }) }, ...session.villages.map((village) => ({ name: village.code, label_th: `${village.name_th} (${count(village.code)})` }))]
  return html`<label class="field"><span class="unseen">${t('home.my_villages')}</span>
    <select class="input" id="home-village" @change=${(event: Event) => {
      chosen.village = (event.target as HTMLSelectElement).value
      chosen.limit = PAGE
      acts.render()
    }}>${options.map((option) => html`<option value=${option.name} .selected=${live(option.name === chosen.village)}>${option.label_th}</option>`)}</select></label>`
}

function chips({ chosen, acts }: AppView, counts: Record<Shown, number>): TemplateResult {
  const shown: Shown[] = ['all', 'todo', 'draft', 'sent']
  return html`<div class="chips">${choiceButtons({
    id: 'home-shown', legend: t('home.show'), quietLegend: true, value: chosen.shown,
    options: shown.map((name) => ({ name, label_th: String(counts[name]), help_th: t(`home.show_${name}`) })),
    onChange: (name) => {
      chosen.shown = name as Shown
      chosen.limit = PAGE
      acts.render()
    },
  })}</div>`
}

function searchBox({ chosen, acts }: AppView): TemplateResult {
  const look = (words: string) => {
    chosen.words = words
    chosen.limit = PAGE
    acts.render()
  }
  return html`<div class="search" role="search">
    <label class="unseen" for="home-search">${t('home.search')}</label>${icon('search')}
    <input class="input" id="home-search" type="search" enterkeyhint="search" autocomplete="off" placeholder=${t('home.search')} .value=${held(chosen.words, 'home-search')}
      @input=${(event: Event) => look((event.target as HTMLInputElement).value)}></div>`
}

/** Where a tap on a row leads: straight back into an unfinished interview, else to the household's start. */
export function rowHref(row: Row): string {
  return row.state === 'draft' && row.draft ? interviewPath(row.draft.id, 'resume') : `/app/household/${encodeURIComponent(row.id)}`
}

function household(view: AppView, row: Row): TemplateResult {
  const looks = LOOKS[row.state]
  const village = view.session.villages.length > 1 && !view.chosen.village ? villageOf(view.session, row.village)?.name_th : ''
  const about = [row.head_name, village].filter(Boolean).join(' · ')
  return html`<li class="house"><a class="house__open" href=${rowHref(row)}>
    <span class="house__who"><span class="house__number">${row.house_number ? t('home.house', { number: row.house_number }) : t('home.house_unnumbered')}</span>
      <span class="house__name">${about || t('home.no_name')}</span></span>
    ${badge(looks.tone, t(`home.state_${row.state}`), looks.icon)}</a></li>`
}

function list(view: AppView, rows: Row[]): TemplateResult {
  const { chosen, acts } = view
  const rest = rows.length - chosen.limit
  const more = () => {
    chosen.limit += PAGE
    acts.render()
  }
  return html`<p class="unseen" role="status">${chosen.words ? t('home.found', { count: rows.length }) : ''}</p>
    <ul class="houses" aria-label=${t('home.households')}>${repeat(rows.slice(0, chosen.limit), (row) => row.id, (row) => household(view, row))}</ul>
    ${rest > 0 ? html`<div ${whenSeen(more)}>${bigButton(t('home.more', { count: rest }), more, { kind: 'secondary', wide: true })}</div>` : nothing}`
}

function nothingToShow(view: AppView): TemplateResult | typeof nothing {
  const { session, fetching, online, chosen, acts } = view
  if (session.rows.length && chosen.words) return empty(t('home.nothing_found'), t('home.nothing_found_advice'))
  if (session.rows.length) return empty(t('home.nothing_here'), '')
  if (session.account.role !== 'volunteer') return session.forums.length ? nothing : empty(t('forum.none'), t('forum.none_help'))
  if (fetching) return waiting(t('home.list_loading'))
  if (session.villages.length && online) return empty(t('home.list_empty'), t('home.list_empty_advice'))
  return empty(t('home.list_failed'), bigButton(t('home.list_again'), acts.refreshLists, { kind: 'secondary' }))
}

/** Under the thumb on a phone; a desk has the same at the side. */
function bar(collects: boolean): TemplateResult {
  return html`<nav class="bar home__bar" aria-label=${t('home.menu')}><div class="bar__inner">
    ${collects ? linkButton(t('home.add_short'), '/app/new', { kind: 'primary', icon: 'plus' }) : html`<span></span>`}
    ${linkButton(t('home.menu'), '/app/menu', { icon: 'menu' })}</div></nav>`
}

/** The first screen of every day. */
export function homeScreen(view: AppView): TemplateResult {
  const { session, chosen } = view
  const counts = tally(session.rows, chosen.village)
  const rows = search(session.rows, chosen.village, chosen.shown, chosen.words)
  const collects = session.account.role === 'volunteer' // others are here for a forum
  return screen({
    title: session.account.name ? t('home.greeting', { name: session.account.name }) : t('home.households'),
    personal: true,
    wide: true,
    body: html`${news(view)}${returnedSection(view)}${forumSection(view)}<div class="columns columns--side home">
      <aside class="stack home__side">
        ${announcedLink(view)}${cardLink(view, true)}
        ${session.rows.length ? summary(view, counts) : nothing}
        <div class="home__desk stack">${collects ? linkButton(t('home.add_household'), '/app/new', { icon: 'plus', wide: true }) : nothing}${menu(view)}</div>
      </aside>
      <div class="stack">
        ${session.rows.length ? html`${villages(view)}${searchBox(view)}${chips(view, counts)}` : nothing}
        ${rows.length ? list(view, rows) : nothingToShow(view)}
      </div></div>`,
    bar: bar(collects),
  })
}
