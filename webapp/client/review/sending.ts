/** Sending a decision, and what the register says to it. */

/** What was done, where to go on, whether the list ends there, and how many wait now: the next one was read before. */
export interface Done { said: string; next: string; is_end: boolean; left: string | null }
/** Why it was not done, in the register's words; `code` tells what helps. */
export interface Refused { problem: string; code: string }

/** The form goes out as it is; nothing is shown as done before the register has said so. */
export async function decide(form: HTMLFormElement, submitter: HTMLElement | null): Promise<Done | Refused> {
  const waiting = setTimeout(() => form.setAttribute('aria-busy', 'true'), 1000)
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body: new URLSearchParams([...new FormData(form, submitter)].map(([name, value]) => [name, String(value)])),
    })
    const told = (await answer.json()) as Done & { detail?: string; code?: string }
    return answer.ok ? told : { problem: told.detail ?? '', code: told.code ?? '' }
  } catch {
    return { problem: '', code: 'away' }
  } finally {
    clearTimeout(waiting)
    form.removeAttribute('aria-busy')
  }
}
