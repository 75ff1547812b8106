/** Contact with the register: hello, then whatever the phone needs for the field. */
import { type Greeting, type Hello, type Phone, sayHello } from '../outbox/index.ts'
import { openVault, type Vault } from '../vault/index.ts'
import { fetchChanges } from './changes.ts'
import { fetchBoundaries, fetchDefinition } from './fetched.ts'
import { keepProfile } from './lists.ts'

export interface Online {
  hello: Hello
  /** The vault of whoever is signed in; null when nobody is, or nobody answered. */
  vault: Vault | null
  /** Questionnaire, lists and boundaries are all up to date. */
  ready: boolean
}

/** Run at start and when the network is back; sending goes its own way meanwhile. */
export async function comeOnline(phone: Phone, greeting: Greeting): Promise<Online> {
  const hello = await sayHello(phone, greeting)
  if (hello.kind !== 'welcome') return { hello, vault: null, ready: false }
  const vault = await openVault(phone.work, hello.account.id)
  await keepProfile(phone, vault, hello.account)
  const [definition, changes] = await Promise.all([
    fetchDefinition(phone, hello.register.round),
    fetchChanges(phone, vault),
  ])
  const boundaries = await fetchBoundaries(phone)
  phone.notices.tell('lists')
  return { hello, vault, ready: definition && changes && boundaries }
}
