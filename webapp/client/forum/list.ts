/** The households that a forum calls up: whom to ask next, who was asked, who could not be. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { repeat } from 'lit-html/directives/repeat.js'
import type { AppView } from '../interview/app-view.ts'
import { bottomBar, noticeBox, progress, screen } from '../ui/components.ts'
import { thaiDate } from '../ui/dates.ts'
import { t } from '../ui/language.ts'
import { forumPath } from '../ui/router.ts'
import { type Group, type HeldForum, type House, housesIn, progressOf } from './standing.ts'
import { houseWords, onTheWay, stateBadge, villageWords } from './words.ts'

const GROUPS: Group[] = ['open', 'own', 'failed', 'asked']

function row(forum: HeldForum, house: House): TemplateResult {
  const about = [house.head_name, house.reserve ? t('forum.reserve') : '', onTheWay(house)].filter(Boolean).join(' · ')
  return html`<li class="house"><a class="house__open" href=${forumPath(forum.id, house.id)}>
    <span class="house__who"><span class="house__number">${houseWords(house)}</span>
      <span class="house__name">${about || t('home.no_name')}</span></span>${stateBadge(house)}</a></li>`
}

function group(forum: HeldForum, name: Group): TemplateResult | typeof nothing {
  const houses = housesIn(forum, name)
  if (!houses.length) return nothing
  return html`<section class="stack" aria-labelledby="forum-${name}"><h2 id="forum-${name}">${t(`forum.group_${name}`, { count: houses.length })}</h2>
    ${name === 'failed' ? html`<p class="help">${t('forum.failed_help')}</p>` : nothing}
    <ul class="houses">${repeat(houses, ({ id }) => id, (house) => row(forum, house))}</ul></section>`
}

/** What was just kept, and whether a reserve is called in its place. */
function justKept({ chosen }: AppView, forum: HeldForum): TemplateResult | typeof nothing {
  const { kept } = chosen.forum
  if (!kept || !forum.houses.some(({ id }) => id === kept.house)) return nothing
  const house = houseWords({ house_number: kept.number })
  return noticeBox('good', t(kept.outcome === 'asked' ? 'forum.kept_asked' : 'forum.kept_failed', { house }), true)
}

function allDone(forum: HeldForum): TemplateResult | typeof nothing {
  if (housesIn(forum, 'open').length) return nothing
  const { asked, wanted } = progressOf(forum)
  return noticeBox(asked < wanted ? 'info' : 'good', t(asked < wanted ? 'forum.nobody_left' : 'forum.all_asked'))
}

/** Only what was begun is left of it. */
function leftOver(view: AppView, forum: HeldForum): TemplateResult {
  return html`${justKept(view, forum)}${noticeBox('info', t('forum.over_help'))}${GROUPS.map((name) => group(forum, name))}`
}

function listed(view: AppView, forum: HeldForum): TemplateResult {
  if (forum.over) return leftOver(view, forum)
  const { asked, wanted } = progressOf(forum)
  return html`${justKept(view, forum)}
    <section class="card">${progress(asked, wanted, t('forum.progress', { done: asked, total: wanted }))}<p class="help">${t('forum.help')}</p></section>
    ${view.session.definition?.id === forum.questionnaire ? nothing : noticeBox('warn', t('home.no_definition'))}
    ${allDone(forum)}${GROUPS.map((name) => group(forum, name))}`
}

/** A forum that is over or given to somebody else has left the phone. */
export function forumGone({ acts }: AppView): TemplateResult {
  return screen({ title: t('forum.gone_title'), body: noticeBox('info', t('forum.gone')), bar: bottomBar({ back: () => acts.go('/app/home') }) })
}

/** สอบทานในเวที. */
export function forumScreen(view: AppView, forum: HeldForum): TemplateResult {
  return screen({
    over: t('forum.over', { date: thaiDate(forum.held_on, true) }),
    title: villageWords(forum),
    body: html`<div class="stack forum-list">${listed(view, forum)}</div>`,
    bar: bottomBar({ back: () => view.acts.go('/app/home') }),
  })
}
