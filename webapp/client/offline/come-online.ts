/** Contact with the register: hello, then whatever the phone needs for the field. */
import { type Account, type Greeting, type Hello, type Phone, sayHello } from '../outbox/index.ts'
import { fetchCard } from './own-card.ts'
import { deliverKey, type Vault } from '../vault/index.ts'
import { fetchAnnounced } from './announced.ts'
import { fetchChanges } from './changes.ts'
import { fetchBoundaries, fetchDefinition } from './fetched.ts'
import { fetchForums } from './forums.ts'
import { keepProfile } from './lists.ts'

export interface Online {
  hello: Hello
  /** Questionnaire, lists and boundaries are all up to date. */
  ready: boolean
}

/** Run at start and when the network is back; a locked phone is greeted too, but gets no lists. Sending goes its own way. */
export async function comeOnline(phone: Phone, greeting: Greeting, vault: Vault | null): Promise<Online> {
  const hello = await sayHello(phone, greeting)
  if (hello.kind !== 'welcome') return { hello, ready: false }
  const definition = await fetchDefinition(phone, hello.register.round)
  const lists = vault?.account === hello.account.id && (await fetchLists(phone, vault, hello.account))
  return { hello, ready: definition && lists }
}

/** The account's own lists, sealed by its vault, whose key the register holds afterwards. */
async function fetchLists(phone: Phone, vault: Vault, account: Account): Promise<boolean> {
  await keepProfile(phone, vault, account)
  await deliverKey(phone, account.id)
  const interviews = account.role === 'volunteer' // others have no households of their own, and no card
  const changes = !interviews || (await fetchChanges(phone, vault))
  const boundaries = await fetchBoundaries(phone)
  await fetchForums(phone, vault)
  await fetchAnnounced(phone, vault)
  if (interviews) await fetchCard(phone, vault)
  phone.notices.tell('lists')
  return changes && boundaries
}
