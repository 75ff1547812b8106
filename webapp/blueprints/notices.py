"""Notices: read by everybody whom they reach, written by officers for their areas."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import MultipleFileField, SelectField, SelectMultipleField, StringField, TextAreaField

from webapp import files
from webapp.blueprints import access, sent_again
from webapp.blueprints.date_field import ThaiDateField
from webapp.blueprints.downloads import to_save
from webapp.blueprints.language import t
from webapp.blueprints.office import Waiting
from webapp.config import Config
from webapp.db import transaction
from webapp.domain.actors import Actor, Role
from webapp.domain.problems import Problem
from webapp.queries import audit as areas
from webapp.queries import notices as board
from webapp.services import notices
from webapp.services.notices import Document, Refused, Written

bp = Blueprint("notices", __name__, url_prefix="/office/notices")

LARGEST_UPLOAD = notices.MOST_DOCUMENTS * notices.LARGEST_DOCUMENT + 64 * 1024
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "no-store",
}


class NoticeForm(FlaskForm):
    """A notice being written."""

    area = SelectField(validate_choice=False)
    roles = SelectMultipleField(
        validate_choice=False, choices=[role.value for role in notices.ROLES]
    )
    title_th = StringField()
    text_th = TextAreaField()
    held_on = ThaiDateField()
    video_url = StringField()
    documents = MultipleFileField()

    def written(self, sent: UUID) -> Written:
        """What is to be published, under the id of what was sent."""
        return Written(
            area_code=str(self.area.data or ""),
            roles=list(self.roles.data or []),
            title_th=str(self.title_th.data or ""),
            text_th=str(self.text_th.data or ""),
            held_on=self.held_on.data,
            video_url=str(self.video_url.data or ""),
            documents=[
                Document(one.filename, one.stream.read(notices.LARGEST_DOCUMENT + 1))
                for one in self.documents.data or []
                if getattr(one, "filename", "")
            ],
            request=sent,
        )


class NoForm(FlaskForm):
    """Nothing but the token."""


@bp.get("/")
def listed() -> str:
    """The notices that reach the asker, and those they manage, newest first."""
    actor = access.signed_in()
    with transaction(actor) as session:
        page = board.listed(session, actor, _cursor())
    return render_template("notices/list.html", page=page, may_write=actor.role is Role.OFFICER)


@bp.get("/<int:notice_id>")
def shown(notice_id: int) -> str:
    """One notice, read from now on."""
    actor = access.signed_in()
    with transaction(actor) as session:
        notice = board.read(session, actor, _number(notice_id))
        if not notice.is_read:
            notices.mark_read(session, actor, [notice_id])
    may_withdraw = notice.readers is not None and not notice.is_withdrawn
    return render_template(
        "notices/notice.html", notice=notice, form=NoForm(), may_withdraw=may_withdraw
    )


@bp.route("/new", methods=["GET", "POST"])
def write() -> ResponseReturnValue:
    """An officer writes a notice to roles in an area of theirs."""
    request.max_content_length = LARGEST_UPLOAD
    actor, form = access.signed_in(), NoticeForm()
    with transaction(actor) as session:
        form.area.choices = _areas(session, actor)
    if form.validate_on_submit():
        written = form.written(sent_again.id_of(actor))
        try:
            with transaction(actor) as session:
                notice = notices.publish(session, actor, _config().documents, written)
        except Refused as refused:
            for name, key in refused.boxes.items():
                form[name].errors = [key]
        else:
            flash(t("notices.published"), "good")
            return redirect(url_for("notices.shown", notice_id=notice))
    status = 200 if request.method == "GET" else 422
    return render_template("notices/write.html", form=form, roles=notices.ROLES), status


@bp.post("/<int:notice_id>/withdraw")
def withdraw(notice_id: int) -> ResponseReturnValue:
    """Nobody is shown the notice any more."""
    actor = access.signed_in()
    if not NoForm().validate_on_submit():
        raise Problem("csrf")
    with transaction(actor) as session:
        notices.withdraw(session, actor, _number(notice_id))
    flash(t("notices.withdrawn"), "good")
    return redirect(url_for("notices.listed"))


@bp.get("/files/<int:file_id>")
def file(file_id: int) -> Response:
    """A document, as a download: nothing that somebody uploaded runs in our pages."""
    with transaction(access.signed_in()) as session:
        found = board.file(session, _number(file_id))
    path = files.place(_config().documents, found.sha256)
    if not path.exists():
        raise Problem("not-found")
    response = Response(_pieces(path), mimetype=found.media_type, headers=SAFE)
    response.content_length = found.size
    response.headers["Content-Disposition"] = to_save(found.name)
    return response


def waiting(session: Session, actor: Actor) -> list[Waiting]:
    """The unread notices, for the front of the back office."""
    count = board.unread(session, actor)
    return [Waiting(count, "notices.unread", url_for("notices.listed"))] if count else []


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as content:
        while piece := content.read(64 * 1024):
            yield piece


def _areas(session: Session, actor: Actor) -> list[tuple[str, str]]:
    """The officer's own areas, then those right below."""
    own = areas.areas_at(session, actor.areas)
    return [*own, *areas.areas_below(session, actor.areas)]


def _cursor() -> int | None:
    written = request.args.get("before", "")
    if written and not (written.isdecimal() and len(written) < 19):
        raise Problem("malformed")
    return int(written) if written else None


def _number(written: int) -> int:
    """A key of the register; larger numbers are nobody's."""
    if written >= 2**63:
        raise Problem("not-found")
    return written


def _config() -> Config:
    found: Config = current_app.config["JPT"]
    return found
