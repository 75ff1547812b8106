/** What a tap does at a forum: begin with a household, go on, finish, say why it could not be asked. */
import type { App } from '../interview/app.ts'
import { closeInterview, dropInterview, inTurn, isInTrouble, leave } from '../interview/interviews.ts'
import { reloadWork } from '../interview/session.ts'
import { askPersistence } from '../offline/index.ts'
import { Problem } from '../outbox/index.ts'
import { t } from '../ui/language.ts'
import { forumPath, type Route } from '../ui/router.ts'
import { say } from '../ui/undo.ts'
import { alone } from '../interview/alone.ts'
import { askingOf, type Asking } from './asking.ts'
import { fail, type Outcome } from './back-check.ts'
import type { HeldForum, House } from './standing.ts'

export interface ForumActs {
  /** The household agreed: its first question, or where asking was left. */
  begin(forum: HeldForum, house: House): void
  /** All is asked; raises what `finish` of the outbox raises. */
  finish(): Promise<void>
  /** It could not be asked; raises the same. */
  conclude(forum: HeldForum, house: House, outcome: Exclude<Outcome, 'asked'>, note: string): Promise<void>
  drop(forum: HeldForum, house: House): void
}

/** Null where it cannot be opened, or another cannot be left; this one left and not saved is still here. */
function opened({ state, surroundings }: App, forum: HeldForum, house: House): Promise<Asking | null> {
  return inTurn(state, async () => {
    if (await leave(state)) state.asking = await askingOf(surroundings, forum, house)
    return state.asking?.house.id === house.id ? state.asking : null
  })
}

function unread(): null {
  say(t('shell.unread_title'))
  return null
}

async function begin(app: App, forum: HeldForum, house: House): Promise<void> {
  void askPersistence().catch(() => null)
  app.state.chosen.forum.kept = null
  const asking = await opened(app, forum, house)
  if (!asking) return say(t(isInTrouble(app.state) ? 'shell.trouble_first' : 'home.no_definition'))
  app.go(forumPath(forum.id, house.id, asking.kept.draft.step))
}

async function finish(app: App, asking: Asking | null): Promise<void> {
  if (!asking) return
  await asking.kept.finish()
  await finished(app, asking)
}

/** What it said until then stays on the disk until the reason is sealed; a reason that no disk takes is asked for again. */
async function conclude(app: App, forum: HeldForum, house: House, outcome: Exclude<Outcome, 'asked'>, note: string): Promise<void> {
  const asking = (await closeInterview(app.state)) ? await askingOf(app.surroundings, forum, house) : null
  if (!asking) throw new Problem('draft-gone')
  fail(asking.document, outcome, note)
  try {
    await asking.kept.finish()
  } finally {
    asking.kept.letGo()
  }
  await finished(app, asking)
}

/** In the outbox: back to the list, which says so. */
async function finished(app: App, { forum, house, document }: Asking): Promise<void> {
  const kept = { house: house.id, number: house.house_number, outcome: document.outcome }
  app.state.chosen.forum = { house: '', outcome: '', note: '', kept }
  await closeInterview(app.state)
  await app.refresh(reloadWork)
  app.go(forumPath(forum.id), true)
  void app.state.triggers?.now()
}

async function drop(app: App, forum: HeldForum, { draft }: House): Promise<void> {
  const { session, chosen } = app.state
  if (!session || !draft) return
  const dropped = await dropInterview(session, draft.id)
  chosen.dropping = ''
  await app.refresh(reloadWork)
  app.go(forumPath(forum.id))
  say(t(dropped ? 'home.dropped' : 'shell.read_only'))
}

/** The address of a household being asked was opened; without anything begun there, its start. */
export async function enterAsking(app: App, route: Extract<Route, { name: 'forum' }>): Promise<void> {
  const { state } = app
  const forum = state.session?.forums.find(({ id }) => id === route.id)
  const house = forum?.houses.find(({ id }) => id === route.house)
  const here = state.asking?.house.id === route.house ? state.asking : null
  const asking = here ?? (forum && house?.draft ? await opened(app, forum, house).catch(() => unread()) : null)
  if (state.route !== route) return
  if (!asking) return app.go(forumPath(route.id, route.house), true)
  asking.show(route.step)
  app.show()
}

export function forumActs(app: App): ForumActs {
  return {
    begin: alone((forum, house) => begin(app, forum, house)),
    finish: () => finish(app, app.state.asking),
    conclude: (...asked) => conclude(app, ...asked),
    drop: alone((forum, house) => drop(app, forum, house)),
  }
}
