"""What is committed names no machine, no package registry and no unfinished work."""

from __future__ import annotations

import re
import subprocess
import tomllib

import pytest

from tests.house import tree

# written in parts, so that this file does not name them either
REGISTRIES = re.compile(
    "|".join(
        re.escape(".".join(parts))
        for parts in [
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("npmjs", "org"),
            ("npmjs", "com"),
            ("debian", "org/debian"),
        ]
    )
)
MACHINE = re.compile(r"(?<![\w.-])/(?:work|root|opt|home)" + "/")
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
DATA = (".json", ".lock", ".svg", ".geojson")
PICTURES = (".png", ".jpg", ".webp", ".woff2", ".ico", ".xlsx", ".gz", ".pdf")


def texts(*, with_data: bool = True) -> list[str]:
    """The names of all files that hold text."""
    without = PICTURES if with_data else PICTURES + DATA
    return [name for name in tree.files() if not name.endswith(without)]


class TestWhatIsCommitted:
    def test_names_no_registry(self) -> None:
        assert not [name for name in texts() if REGISTRIES.search(tree.text(name))]

    def test_names_no_folder_of_a_machine(self) -> None:
        assert not [name for name in texts() if MACHINE.search(tree.text(name))]

    def test_holds_no_unfinished_work(self) -> None:
        names = [name for name in texts(with_data=False) if UNFINISHED.search(tree.text(name))]
        assert not names

    def test_locks_every_python_package_by_hash_and_no_address(self) -> None:
        for name in tree.files(".lock"):
            lines = tree.text(name).splitlines()
            assert not [line for line in lines if re.match(r"--(?!hash)|.*://", line.strip())]
            packages = [line for line in lines if re.match(r"\w", line)]
            assert len(packages) > 0, name
            assert all(line.endswith("\\") for line in packages), name

    def test_locks_every_node_package_by_hash_and_no_address(self) -> None:
        assert '"resolved"' not in tree.text("package-lock.json")
        assert tree.text("package-lock.json").count('"integrity"') > 30

    def test_uses_one_version_of_every_package(self) -> None:
        def versions(name: str) -> set[str]:
            return set(re.findall(r"^(\S+==\S+)", tree.text(name), re.MULTILINE))

        assert versions("requirements.lock") <= versions("requirements-test.lock")

    def test_locks_what_the_project_asks_for(self) -> None:
        wanted = tomllib.loads(tree.text("pyproject.toml"))["project"]["dependencies"]
        locked = tree.text("requirements.lock")
        for line in wanted:
            name = re.match(r"[\w-]+", line)
            assert name
            assert re.search(rf"^{name[0]}(\[.*\])?==", locked, re.MULTILINE | re.IGNORECASE), line


class TestTheParts:
    def test_depend_downwards_only(self) -> None:
        done = subprocess.run(
            [tree.program("lint-imports"), "--no-logo"],
            cwd=tree.ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    @pytest.mark.parametrize("script", ["run", "test", "stop", "clean", "lint"])
    def test_have_their_commands(self, script: str) -> None:
        path = tree.ROOT / "bin" / script
        assert path.stat().st_mode & 0o111
        assert subprocess.run(["bash", "-n", path], check=False).returncode == 0
