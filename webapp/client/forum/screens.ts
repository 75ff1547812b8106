/** What is seen at the addresses of a forum. */
import { html, type TemplateResult } from 'lit-html'
import type { AppView } from '../interview/app-view.ts'
import { waiting } from '../ui/components.ts'
import { t } from '../ui/language.ts'
import type { Route } from '../ui/router.ts'
import { askScreen } from './ask.ts'
import type { Asking } from './asking.ts'
import { forumHouseScreen } from './house.ts'
import { forumGone, forumScreen } from './list.ts'

/** The list, a household, or the questions; while one is read from the phone, a word of it. */
export function forumScreens(view: AppView, route: Extract<Route, { name: 'forum' }>, asking: Asking | null): TemplateResult {
  const forum = view.session.forums.find(({ id }) => id === route.id)
  if (route.step && asking?.house.id === route.house) return askScreen(view, asking, route.step)
  if (route.step) return html`<main id="main" class="screen">${waiting(t('shell.loading'))}</main>`
  if (!forum) return forumGone(view)
  const house = forum.houses.find(({ id }) => id === route.house)
  return house ? forumHouseScreen(view, forum, house) : forumScreen(view, forum)
}
