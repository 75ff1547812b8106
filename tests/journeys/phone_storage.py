"""What lies in a phone's browser: every database, cache and small store, read from the page."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

DATABASES = """async () => {
    const settled = (request) => new Promise((done, failed) => {
        request.onsuccess = () => done(request.result)
        request.onerror = () => failed(request.error)
    })
    const told = (key, value) => {
        if (value instanceof CryptoKey) return { key: value.type, open: value.extractable }
        if (value instanceof ArrayBuffer) value = new Uint8Array(value)
        if (!(value instanceof Uint8Array)) return value
        let text = ''
        for (const byte of value) text += String.fromCharCode(byte)
        return { bytes: btoa(text) }
    }
    const found = {}
    for (const { name } of await indexedDB.databases()) {
        const database = await settled(indexedDB.open(name))
        for (const store of database.objectStoreNames) {
            const rows = database.transaction(store).objectStore(store)
            const [keys, values] = [await settled(rows.getAllKeys()), await settled(rows.getAll())]
            found[`${name}/${store}`] = JSON.parse(JSON.stringify([keys, values], told))
        }
        database.close()
    }
    return found
}"""

CACHES = """async () => {
    const found = {}
    for (const name of await caches.keys()) {
        const cache = await caches.open(name)
        for (const request of await cache.keys()) {
            found[`${name} ${request.method} ${new URL(request.url).pathname}`] =
                await (await cache.match(request)).text()
        }
    }
    return found
}"""

SMALL = "() => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"

SPOIL = """(kind) => new Promise((done) => {
    indexedDB.open('jpt-work').onsuccess = ({ target: { result: database } }) => {
        const work = database.transaction(['entries', 'sealed'], 'readwrite')
        work.objectStore('entries').getAll().onsuccess = ({ target: { result: entries } }) => {
            const [entry] = entries.filter(({ evidence }) => kind === 'envelope' || evidence.length)
            const { sha256 } = kind === 'envelope' ? entry.envelope : entry.evidence[0]
            const sealed = work.objectStore('sealed')
            sealed.get(sha256).onsuccess = ({ target: { result: blob } }) => {
                blob.bytes[blob.bytes.length >> 1] ^= 1
                sealed.put(blob)
            }
        }
        work.oncomplete = () => (database.close(), done())
    }
})"""


def databases(page: Page) -> dict[str, Any]:
    """Keys and rows by `database/store`; bytes as {"bytes": base64}."""
    found: dict[str, Any] = page.evaluate(DATABASES)
    return found


def rows(page: Page, store: str) -> list[Any]:
    """The rows of one store of the phone's own database."""
    found: list[Any] = databases(page)[store][1]
    return found


def at_rest(page: Page, store: str = "jpt-work/drafts", but: list[Any] | None = None) -> list[Any]:
    """The rows once nothing has been written for half a second, and they are other than `but`."""
    now = rows(page, store)
    for _ in range(40):
        before = now
        page.wait_for_timeout(500)
        now = rows(page, store)
        if now == before != but:
            return now
    raise AssertionError(f"{store} is still written, or never was")


def everything(page: Page) -> bytes:
    """All of it in one heap, bytes as they are: to look for what must not be there."""
    heap = bytearray()
    collect(databases(page), heap)
    collect(page.evaluate(CACHES), heap)
    return bytes(heap) + page.evaluate(SMALL).encode()


def collect(value: Any, heap: bytearray) -> None:
    """Texts as UTF-8, bytes as they are."""
    if isinstance(value, dict) and value.keys() == {"bytes"}:
        heap += base64.b64decode(value["bytes"])
    elif isinstance(value, dict):
        for name, one in value.items():
            heap += name.encode()
            collect(one, heap)
    elif isinstance(value, list):
        for one in value:
            collect(one, heap)
    else:
        heap += value.encode() if isinstance(value, str) else json.dumps(value).encode()


def spoil(page: Page, kind: str) -> None:
    """One bit of one sealed blob turns over on the disk: of an `envelope`, or of `evidence`."""
    page.evaluate(SPOIL, kind)
