"""The demo's notices: a briefing with its document, a reminder, one that was withdrawn."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.demo import cast
from webapp.domain.actors import Actor
from webapp.domain.areas import path_of
from webapp.models.notice import Notice
from webapp.services import notices
from webapp.services.notices import Document, Written

EVERYBODY = tuple(role.value for role in notices.ROLES)


def settle(session: Session, folder: Path, today: date) -> None:
    """Notices of department, province and district are out, unless any is there already."""
    if session.scalar(select(Notice.id).limit(1)) is not None:
        return
    soon = today + timedelta(days=5)
    _publish(
        session, folder, "anan",
        Written(
            "43", EVERYBODY, "ชี้แจงการจัดเก็บข้อมูล จปฐ. ผ่าน Video Conference",
            "ขอเชิญอาสาสมัคร ผู้ตรวจสอบ และเจ้าหน้าที่ทุกอำเภอเข้ารับฟังการชี้แจง เวลา 09.30 น.\n"
            "กำหนดการอยู่ในเอกสารแนบ ผู้ที่ติดภารกิจดูย้อนหลังได้จากลิงก์เดียวกัน",
            soon, "https://meeting.example.th/bmn", (Document("กำหนดการชี้แจง.pdf", _pdf()),),
        ),
    )  # fmt: skip
    _publish(
        session, folder, "suda",
        Written(
            "4301", ("volunteer",), "ขอให้เก็บครัวเรือนที่เหลือก่อนฝนลงหนัก",
            "บ้านริมโขงน้ำอาจท่วมทาง ขอให้ไปบ้านที่อยู่ต่ำก่อน ถ้าพบบ้านปิดให้จดไว้แล้วกลับไปใหม่",
        ),
    )  # fmt: skip
    old = _publish(
        session, folder, "chalerm",
        Written("TH", EVERYBODY, "เลื่อนวันประชุม", "เลื่อนไปก่อน จะแจ้งวันใหม่อีกครั้ง"),
    )  # fmt: skip
    notices.withdraw(session, _actor("chalerm"), old)


def _publish(session: Session, folder: Path, username: str, written: Written) -> int:
    return notices.publish(session, _actor(username), folder, written)


def _actor(username: str) -> Actor:
    one = cast.BY_NAME[username]
    paths = tuple("TH." if area == "TH" else path_of(area) for area in one.areas)
    return Actor(one.id, one.role, one.name_th, one.username, one.level, paths)


def _pdf() -> bytes:
    """One empty sheet, obviously made up."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 4\n0000000000 65535 f \n" + table + trailer
