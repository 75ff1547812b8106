/** The way to a forum, on the home screen of whoever asks there. */
import { html, nothing, type TemplateResult } from 'lit-html'
import type { AppView } from '../interview/app-view.ts'
import { icon } from '../ui/components.ts'
import { thaiDate } from '../ui/dates.ts'
import { t } from '../ui/language.ts'
import { forumPath } from '../ui/router.ts'
import { type HeldForum, progressOf } from './standing.ts'
import { villageWords } from './words.ts'

function link(forum: HeldForum): TemplateResult {
  const { asked, wanted } = progressOf(forum)
  return html`<li><a class="forum__open" href=${forumPath(forum.id)}>
    <strong>${villageWords(forum)}</strong><span>${thaiDate(forum.held_on, true)}</span>
    <span class="forum__go">${forum.over ? t('forum.over_left', { count: forum.houses.length }) : t('forum.progress', { done: asked, total: wanted })}${icon('next')}</span></a></li>`
}

/** Nothing for everybody else. */
export function forumSection({ session }: AppView): TemplateResult | typeof nothing {
  if (!session.forums.length) return nothing
  return html`<section class="card forum" aria-labelledby="forum-title"><h2 class="card__title" id="forum-title">${t('forum.home')}</h2>
    <ul class="stack">${session.forums.map(link)}</ul></section>`
}
