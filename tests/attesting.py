"""Photo, signature and position at the end of an interview, given with a finger on the screen."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

LOOK = """(picture) => {
    const { naturalWidth: width, naturalHeight: height } = picture
    const canvas = new OffscreenCanvas(width, height)
    const drawing = canvas.getContext('2d')
    drawing.drawImage(picture, 0, 0)
    const { data } = drawing.getImageData(0, 0, width, height)
    const mean = (at) => data.reduce((sum, one, i) => (i % 4 === at ? sum + one : sum), 0)
    return [width, height, ...[0, 1, 2].map((at) => mean(at) / (width * height))]
}"""
"""Width, height and the mean red, green and blue of a picture on screen."""


def a_photo() -> bytes:
    """As a phone's own camera gives it: large, with metadata."""
    picture = Image.radial_gradient("L").resize((2400, 1800)).convert("RGB")
    content, told = io.BytesIO(), Image.Exif()
    told[0x010F] = "a maker of phones"
    picture.save(content, "JPEG", quality=90, exif=told)
    return content.getvalue()


class Attesting:
    """A phone in somebody's hand, and what they do on its evidence screen."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.page: Page = context.pages[0] if context.pages else context.new_page()
        self.page.set_default_timeout(20_000)

    def tap(self, name: str) -> None:
        """Tap a button by its words."""
        self.page.get_by_role("button", name=name, exact=True).first.tap()

    def next(self) -> None:
        """The button at the foot's right."""
        self.page.locator("nav.bar [data-next]").tap()

    def is_at(self, title: str) -> None:
        """The screen with this title is open."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)

    def give_evidence(self) -> None:
        """A photo of the fake camera, a drawn name, the position."""
        self.is_at("หลักฐานการยินยอม")
        self.photograph()
        self.sign()
        self.page.get_by_role("button", name="ใช้พิกัดนี้").click()
        expect(self.page.locator(".evidence .badge--good")).to_have_count(3)

    def photograph(self) -> None:
        """Through the page's own camera."""
        self.shoot()
        self.sees("photo")

    def shoot(self) -> None:
        """The camera is open and was told to take a picture."""
        self.tap("เปิดกล้อง")
        picture = self.page.locator("video.camera__picture")
        expect(picture).not_to_have_js_property("videoWidth", 0)
        self.page.get_by_role("button", name="ถ่าย", exact=True).click()

    def choose_picture(self, kind: str) -> None:
        """A picture from the phone's own files; the box is empty again when it is kept."""
        box = self.page.locator(f".evidence--{kind} input[type=file]")
        box.set_input_files({"name": "x.jpg", "mimeType": "image/jpeg", "buffer": a_photo()})
        expect(box).to_have_js_property("value", "")
        self.sees(kind)

    def sees(self, kind: str) -> None:
        """The picture that is kept of this evidence; nothing moves on the screen any more."""
        picture = self.page.locator(f".evidence--{kind} figure img")
        expect(picture).not_to_have_js_property("naturalWidth", 0)

    def shown_photo(self) -> list[float]:
        """Width, height and mean colour of the photo as it is on the phone."""
        look: list[float] = self.page.locator(".evidence--photo figure img").evaluate(LOOK)
        return look

    def sign(self) -> None:
        """A wave of the finger across the pad, at a hand's pace.

        Of a faster one, Chromium under load takes the next tap for the end of a fling: the touch
        arrives, its click never does.
        """
        self.tap("เซ็นชื่อ")
        pad = self.page.locator("canvas.signature__area")
        pad.scroll_into_view_if_needed()
        place = pad.bounding_box()
        assert place
        touch = self.context.new_cdp_session(self.page)
        for step in range(20):
            point = {"x": place["x"] + 20 + step * 10, "y": place["y"] + 60 + 30 * (step % 3)}
            kind = "touchMove" if step else "touchStart"
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
            time.sleep(0.03)
        time.sleep(0.3)  # the finger rests before it is lifted
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        self.page.get_by_role("button", name="ใช้ลายเซ็นนี้").click()
        self.sees("signature")
