"""The app can be put on the phone's home screen, and starts from there."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from tests.fixtures.application import Server
from tests.fixtures.browser import Start
from tests.volunteer import Volunteer


def test_chromium_offers_to_install_the_app(
    live_server: Server, the_world: Session, start: Start
) -> None:
    mali = Volunteer(start(), live_server.address)
    mali.sign_in()
    devtools = mali.context.new_cdp_session(mali.page)
    assert devtools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    manifest = devtools.send("Page.getAppManifest")
    assert manifest["errors"] == []
    read: dict[str, Any] = mali.page.evaluate("fetch('/manifest.webmanifest').then(a => a.json())")
    purposes = {icon.get("purpose", "any") for icon in read["icons"]}
    assert (purposes, read["display"]) == ({"any", "maskable"}, "standalone")
    for picture in [*read["icons"], *read["screenshots"]]:
        size = mali.page.evaluate(SIZE, picture["src"])
        assert f"{size[0]}x{size[1]}" == picture["sizes"]
    for shortcut in read["shortcuts"]:
        mali.open(shortcut["url"])
        assert mali.page.locator("h1").inner_text()


SIZE = """async (src) => {
    const picture = await createImageBitmap(await (await fetch(src)).blob())
    return [picture.width, picture.height]
}"""
