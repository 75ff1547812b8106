/** Asking at a forum as the app does it: agreeing, going on, finishing, saying why not, and a disk that takes nothing. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Definition } from '../../webapp/client/engine/types.ts'
import { enterAsking, forumActs } from '../../webapp/client/forum/acts.ts'
import { heldForum, type HeldForum, type House } from '../../webapp/client/forum/standing.ts'
import type { App } from '../../webapp/client/interview/app.ts'
import type { Asking } from '../../webapp/client/forum/asking.ts'
import { nothingChosen } from '../../webapp/client/interview/app-view.ts'
import type { Session } from '../../webapp/client/interview/session.ts'
import type { Forum } from '../../webapp/client/offline/index.ts'
import { type DraftSummary, forumResults, listForumDrafts, loadDraft, registerOf, StorageTrouble } from '../../webapp/client/outbox/index.ts'
import { aGreetedPhone, type APhone } from './a-phone.ts'
import { aRegister } from './a-register.ts'

const definition = { id: 'tiny', questions: [], sections: [] } as unknown as Definition
const FORUM = {
  id: 'f1', round: '2569', questionnaire: 'tiny', held_on: '2026-11-25', version: 1, village: { code: '43010101', name_th: 'บ้านน้ำใส', moo: 1 },
  notice: { version: 'b1', text_th: 'อ่าน', text_en: 'read' }, questions: [{ id: 'members', kind: 'number', text_th: 'กี่คน', min: 1, max: 60 }],
  houses: [{ id: 'h1', place: 1, stratum: 0, reserve: false, house_number: '12/3', head_name: null, own: false, state: 'waiting' }],
} as unknown as Forum

/** The app around a phone, as far as a forum's acts look at it. */
async function anApp(phone: APhone) {
  const went: string[] = []
  const session = { phone, vault: phone.vault, account: { id: 'a1', name: '', role: 'volunteer' }, register: await registerOf(phone), definition, forums: [] as HeldForum[] }
  const state = { session, open: null, asking: null as Asking | null, chosen: nothingChosen(), route: { name: 'home' } as unknown, triggers: null }
  const app = {
    state, went, show: () => undefined, go: (path: string) => went.push(path), refresh: async () => undefined,
    surroundings: { session: () => session as unknown as Session, render: () => undefined },
  }
  return app as unknown as App & { went: string[] }
}

/** The forum and its only household, as the phone stands now. */
async function standing(phone: APhone): Promise<[HeldForum, House]> {
  const drafts: DraftSummary[] = await listForumDrafts(phone, phone.vault)
  const forum = heldForum(FORUM, { drafts, results: await forumResults(phone, phone.vault), interviews: new Map(), account: 'a1' })
  return [forum, forum.houses[0]!]
}

async function begun(t: Parameters<typeof aGreetedPhone>[0]) {
  const phone = await aGreetedPhone(t, await aRegister())
  const app = await anApp(phone)
  const acts = forumActs(app)
  acts.begin(...(await standing(phone)))
  while (!app.went.length) await new Promise((resolve) => setTimeout(resolve, 5))
  return { phone, app, acts }
}

describe('Asking a household', () => {
  test('begins with who answers, is saved at every answer, and ends in the outbox', async (t) => {
    const { phone, app, acts } = await begun(t)
    assert.deepEqual(app.went, ['/app/forum/f1/h1/1'])
    const asking = app.state.asking!
    asking.change((document) => Object.assign(document, { respondent: 'same', answers: { members: 4 } }))
    await asking.kept.save()
    assert.deepEqual((await loadDraft<any>(phone, phone.vault, asking.document.interview))?.document.answers, { members: 4 })
    await acts.finish()
    assert.deepEqual([app.went.at(-1), app.state.asking, app.state.chosen.forum.kept?.outcome], ['/app/forum/f1', null, 'asked'])
    assert.equal((await standing(phone))[1].state, 'asked')
  })
  test('goes on at the step where it was left, after the app was closed', async (t) => {
    const { phone, app } = await begun(t)
    app.state.asking!.show('2')
    await app.state.asking!.kept.close()
    const again = await anApp(phone)
    forumActs(again).begin(...(await standing(phone)))
    while (!again.went.length) await new Promise((resolve) => setTimeout(resolve, 5))
    assert.deepEqual(again.went, ['/app/forum/f1/h1/2'])
  })
  test('has no screen of its own before it was begun: its address leads to the household', async (t) => {
    const app = await anApp(await aGreetedPhone(t, await aRegister()))
    const route = { name: 'forum' as const, id: 'f1', house: 'h1', step: '3' }
    app.state.route = route
    await enterAsking(app, route)
    assert.deepEqual(app.went, ['/app/forum/f1/h1'])
  })
})

describe('A household that cannot be asked', () => {
  test('is kept with its reason, and nothing of what it said before', async (t) => {
    const { phone, app, acts } = await begun(t)
    app.state.asking!.change((document) => Object.assign(document.answers, { members: 4 }))
    await app.state.asking!.kept.save()
    await acts.conclude(...(await standing(phone)), 'refused', 'ไม่ว่าง')
    assert.deepEqual([(await standing(phone))[1].state, await listForumDrafts(phone, phone.vault)], ['refused', []])
  })
  test('whose reason no disk takes leaves what was begun as it was, to be tried again', async (t) => {
    const { phone, app, acts } = await begun(t)
    app.state.asking!.change((document) => Object.assign(document.answers, { members: 4 }))
    await app.state.asking!.kept.save()
    const [forum, house] = await standing(phone)
    const { write } = phone.work
    phone.work.write = async (stores, act) => {
      if (stores.includes('entries')) throw new StorageTrouble('full', null)
      return write(stores, act)
    }
    await assert.rejects(acts.conclude(forum, house, 'absent', ''), { kind: 'full' })
    phone.work.write = write
    const draft = (await loadDraft<any>(phone, phone.vault, house.draft!.id))!
    assert.deepEqual([draft.document.outcome, draft.document.answers, app.state.asking], ['asked', { members: 4 }, null])
    await acts.conclude(forum, house, 'absent', '')
    assert.equal((await standing(phone))[1].state, 'absent')
  })
})
