"""The app package of Teams follows the registry and Microsoft's schema."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from typing import Any

from bot.platforms.teams.manifest import PERMISSIONS, Entry, manifest, package
from handlers.registry import COMMANDS, SHORTCUTS
from tests.support.teams_schema import faults_of
from tests.support.teams_world import APP

ENTRIES = [Entry(one.name, one.label, one.help) for one in SHORTCUTS]


def made() -> dict[str, Any]:
    return manifest({one.name: one.help for one in COMMANDS}, ENTRIES, APP, "https://bot.example/")


def test_the_manifest_is_as_microsofts_schema_has_it() -> None:
    assert faults_of(made()) == []


def test_the_checker_sees_what_is_too_long_missing_or_unknown() -> None:
    wrong = made() | {"surprise": 1, "name": {"short": "x" * 31}}
    assert faults_of(wrong) == [".surprise is unknown", ".name.full is missing", f".name.short: {'x' * 31!r}"]


def test_the_menus_hold_commands_of_the_registry_and_end_with_set_up_and_help() -> None:
    known = {one.name: one.help for one in COMMANDS} | {"home": "See what waits for you, and your tickets"}
    for menu in made()["bots"][0]["commandLists"]:
        assert all(known[one["title"]] == one["description"] for one in menu["commands"])
        assert [one["title"] for one in menu["commands"]][-2:] == ["setup", "help"]


def test_every_message_action_of_the_registry_is_taken() -> None:
    commands = made()["composeExtensions"][0]["commands"]
    assert {one["id"] for one in commands if one["type"] == "action"} == {one.name for one in SHORTCUTS}


def test_it_asks_for_each_permission_with_a_reason() -> None:
    asked = made()["authorization"]["permissions"]["resourceSpecific"]
    assert [one["name"] for one in asked] == [one.name for one in PERMISSIONS]
    assert all(one.reason for one in PERMISSIONS)


def test_the_package_holds_the_manifest_and_two_icons_and_is_the_same_each_time() -> None:
    held = package(made())
    assert held == package(made())
    with zipfile.ZipFile(io.BytesIO(held)) as packed:
        assert sorted(packed.namelist()) == ["color.png", "manifest.json", "outline.png"]
        assert json.loads(packed.read("manifest.json")) == made()
        sizes = {name: struct.unpack(">II", packed.read(name)[16:24]) for name in ("color.png", "outline.png")}
    assert sizes == {"color.png": (192, 192), "outline.png": (32, 32)}
