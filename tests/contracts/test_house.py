"""The house rules that no other tool checks: sizes, borders, secrets of the machine, settings and locks."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

from bot.settings import Settings

ROOT = Path(__file__).parents[2]
PRODUCT = ("bot", "handlers", "storage", "prompts")
MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 40

# Where a broad except is right: each edge that must outlive whatever a piece of work throws at it.
BROAD_EXCEPTS = ("bot/scheduler.py", "bot/services/handling.py")
MAX_BROAD_EXCEPTS = 5

# Written in pieces, so that this file does not name what it looks for.
REGISTRY_HOSTS = ("py" + "pi.org", "pythonhosted" + ".org", "npm" + "js.org", "npm" + "js.com")
MACHINE_PATH = re.compile(r"(?<![\w.$}~*-])/(?:work|root|home|Users)/[\w.-]")


def test_no_python_file_is_longer_than_300_lines() -> None:
    lengths = {_name(path): len(path.read_text().splitlines()) for path in _python_files(*PRODUCT, "tests")}
    assert [f"{name}: {lines}" for name, lines in lengths.items() if lines > MAX_FILE_LINES] == []


def test_no_function_is_longer_than_40_lines() -> None:
    long = [
        f"{_name(path)}:{node.lineno} {node.name}: {lines}"
        for path in _python_files(*PRODUCT, "tests")
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > MAX_FUNCTION_LINES
    ]
    assert long == []


def test_the_packages_that_everything_goes_through_stay_empty() -> None:
    assert (ROOT / "bot/__init__.py").read_text() == ""
    assert (ROOT / "handlers/__init__.py").read_text() == ""


def test_the_domain_imports_the_standard_library_only_and_numpy_in_load() -> None:
    foreign = [
        f"{_name(path)}: {module}"
        for path in _python_files("bot/domain")
        for module in _imported_modules(_tree(path))
        if not _domain_may_import(path, module)
    ]
    assert foreign == []


def test_a_broad_except_stands_only_where_the_list_allows_it() -> None:
    found = {
        _name(path)
        for path in _python_files(*PRODUCT)
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.ExceptHandler) and _is_broad(node)
    }
    assert found == set(BROAD_EXCEPTS)
    assert len(BROAD_EXCEPTS) <= MAX_BROAD_EXCEPTS


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        _name(path) for path in _python_files(*PRODUCT) for node in ast.walk(_tree(path)) if _reads_environment(node)
    }
    assert readers <= {"bot/settings.py"}


def test_no_file_names_a_package_registry_or_a_path_of_one_machine() -> None:
    found = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in _project_texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if any(host in line for host in REGISTRY_HOSTS) or MACHINE_PATH.search(line)
    ]
    assert found == []


def test_every_setting_stands_in_the_example_and_nothing_else_does() -> None:
    example = re.findall(r"^([A-Z][A-Z0-9_]*)=", (ROOT / ".env.example").read_text(), flags=re.MULTILINE)
    assert sorted(example) == sorted(_setting_names())


def test_every_setting_in_the_example_is_explained_in_the_line_above_it() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    settings = [(above, line) for above, line in pairwise(lines) if re.match("[A-Z]", line)]
    assert [line for above, line in settings if not above.startswith("# ")] == []


def test_a_setting_left_empty_in_the_example_counts_as_not_set() -> None:
    assert Settings.model_config.get("env_ignore_empty") is True


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    runtime, dev = project["project"]["dependencies"], project["dependency-groups"]["dev"]
    assert _unmet(runtime, "requirements.lock") == []
    assert _unmet([*runtime, *dev], "requirements-dev.lock") == []
    assert _unmet(project["dependency-groups"]["models"], "requirements-models.lock") == []


def test_the_development_lock_holds_the_same_versions_as_the_runtime_lock() -> None:
    assert _locked("requirements.lock").items() <= _locked("requirements-dev.lock").items()


def _python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py") if _is_ours(path))


def _is_ours(path: Path) -> bool:
    return not {"node_modules", "__pycache__"} & set(path.parts)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def _imported_modules(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


def _domain_may_import(path: Path, module: str) -> bool:
    top = module.partition(".")[0]
    in_load = path.name == "load.py" or path.parent.name == "load"
    return top in sys.stdlib_module_names or module.startswith("bot.domain") or (top == "numpy" and in_load)


def _is_broad(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        kind is None or (isinstance(kind, ast.Name) and kind.id in {"Exception", "BaseException"}) for kind in kinds
    )


def _reads_environment(node: ast.AST) -> bool:
    names = {"environ", "environb", "getenv"}
    if isinstance(node, ast.Attribute):
        return node.attr in names and isinstance(node.value, ast.Name) and node.value.id == "os"
    if isinstance(node, ast.ImportFrom):
        return node.module == "os" and any(alias.name in names for alias in node.names)
    return False


def _project_texts() -> Iterator[tuple[str, str]]:
    """Every text file that is in the project or about to be added to it: name and content."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    for name in filter(None, listing.stdout.split("\0")):
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        if b"\0" not in content:
            yield name, content.decode("utf-8")


def _setting_names() -> list[str]:
    fields = Settings.model_fields.items()
    return [str(field.validation_alias or field.alias or name).upper() for name, field in fields]


def _locked(lock: str) -> dict[str, Version]:
    pins = re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / lock).read_text(), flags=re.MULTILINE)
    return {name: Version(version) for name, version in pins}


def _unmet(wanted: list[str], lock: str) -> list[str]:
    locked = _locked(lock)
    requirements = {text: Requirement(text) for text in wanted}
    return [
        text
        for text, need in requirements.items()
        if need.name not in locked or locked[need.name] not in need.specifier
    ]


def test_nothing_that_is_ignored_is_a_file_of_the_project() -> None:
    listing = ["git", "ls-files", "--cached", "--ignored", "--exclude-standard"]
    kept = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True)
    assert kept.stdout == ""
