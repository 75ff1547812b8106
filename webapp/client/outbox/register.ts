/** What the phone remembers of the register: its keys, its time, what is open. */
import type { Phone } from './phone.ts'
import { Problem } from './problem.ts'
import type { Register } from './records.ts'

export async function registerOf({ work }: Phone): Promise<Register | null> {
  const row = await work.read(['account'], (transaction) => transaction.objectStore('account').get('register'))
  return (row as Register | undefined) ?? null
}

/** Problem 'register-unknown' before the first hello. */
export async function knownRegister(phone: Phone): Promise<Register> {
  const register = await registerOf(phone)
  if (!register) throw new Problem('register-unknown')
  return register
}

/** The register's last signed time and what has passed since: how a wrong clock of the phone is told. */
export function clockNow(register: Register, world: Phone['world']): { server_time: string; elapsed_ms: number } {
  return { server_time: register.time, elapsed_ms: Math.round(elapsed(register, world)) }
}

/** The best guess of the true time, in milliseconds since 1970. */
export function serverTimeNow(register: Register, world: Phone['world']): number {
  return Date.parse(register.time) + elapsed(register, world)
}

/** Within one run of the page the steady clock counts; after a restart only the phone's own is left. */
function elapsed({ heard }: Register, { origin, uptime, now }: Phone['world']): number {
  return heard.origin === origin ? uptime() - heard.uptime : now() - heard.clock
}
