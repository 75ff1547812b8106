"""Accounts made at the command line."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.fixtures.lists import forget_areas
from webapp.domain.actors import Level, Role
from webapp.models.account import Account, Grant
from webapp.models.area import Area, Village
from webapp.models.household import Assignment
from webapp.models.survey_round import Round
from webapp.services import accounts, area_import, passwords
from webapp.services.accounts import AccountRefused, NewAccount

PEPPER = b"p" * 32
PASSWORD = "a long password"
VILLAGE = "43010801"


@pytest.fixture
def province(register: Session) -> Session:
    forget_areas(register)
    area_import.seed(register, "43")
    path = f"TH.43.4301.430108.{VILLAGE}."
    register.add(Area(code=VILLAGE, level="village", path=path, name_th="ก", parent_code="430108"))
    register.flush()
    register.add(Village(code=VILLAGE, subdistrict_code="430108", moo=1, kind="village"))
    register.add(Round(id="2569", name_th="ก", questionnaire_id="bmn-31", is_current=True))
    register.flush()
    return register


def wanted(
    role: Role = Role.INSPECTOR,
    areas: tuple[str, ...] = ("4301",),
    username: str = "somsri",
    level: Level | None = None,
) -> NewAccount:
    return NewAccount(role, username, "สมศรี ตัวอย่าง", areas, level)


class TestANewAccount:
    def test_works_in_its_areas_and_can_sign_in(self, province: Session) -> None:
        id = accounts.add(province, wanted(areas=("4301", "4302")), PASSWORD, PEPPER)
        account = province.get_one(Account, id)
        assert passwords.matches(account.password_hash or "", PASSWORD, PEPPER)
        paths = set(province.scalars(select(Grant.path).where(Grant.account_id == id)))
        assert paths == {"TH.43.4301.", "TH.43.4302."}

    def test_of_a_volunteer_has_its_village_assigned(self, province: Session) -> None:
        id = accounts.add(province, wanted(Role.VOLUNTEER, (VILLAGE,)), PASSWORD, PEPPER)
        given = province.scalars(select(Assignment).where(Assignment.account_id == id)).one()
        assert (given.village_code, given.round_id) == (VILLAGE, "2569")

    def test_is_listed_with_its_areas_and_without_its_password(self, province: Session) -> None:
        officer = wanted(Role.OFFICER, ("43",), level=Level.PROVINCE)
        accounts.add(province, officer, PASSWORD, PEPPER)
        (line,) = accounts.listed(province)
        assert (line.username, line.level, line.areas) == ("somsri", "province", ("43",))
        assert "argon2" not in repr(line)

    @pytest.mark.parametrize(
        ("account", "password", "why"),
        [
            (wanted(areas=("4399",)), PASSWORD, "4399"),
            (wanted(areas=()), PASSWORD, "พื้นที่"),
            (wanted(username="Som Sri"), PASSWORD, "ชื่อผู้ใช้"),
            (wanted(), "short", "รหัสผ่าน"),
            (wanted(Role.OFFICER), PASSWORD, "ระดับ"),
            (wanted(level=Level.DISTRICT), PASSWORD, "ระดับ"),
            (wanted(Role.VOLUNTEER), PASSWORD, "หมู่บ้าน"),
            (wanted(Role.ANONYMOUS), PASSWORD, "บทบาท"),
        ],
    )
    def test_that_does_not_fit_is_refused_with_the_reason(
        self, province: Session, account: NewAccount, password: str, why: str
    ) -> None:
        with pytest.raises(AccountRefused, match=why):
            accounts.add(province, account, password, PEPPER)
        assert province.scalars(select(Account)).all() == []

    def test_cannot_take_a_name_that_is_taken(self, province: Session) -> None:
        accounts.add(province, wanted(), PASSWORD, PEPPER)
        with pytest.raises(AccountRefused, match="มีชื่อผู้ใช้"):
            accounts.add(province, wanted(), PASSWORD, PEPPER)


class TestAGeneratedPassword:
    def test_is_long_and_never_the_same(self) -> None:
        made = {accounts.generated_password() for _ in range(50)}
        assert len(made) == 50
        assert {len(one) for one in made} == {14}
