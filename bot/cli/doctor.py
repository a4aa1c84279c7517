"""`doctor`: is everything well, and what mends what is not."""

from __future__ import annotations

import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.findings import Finding
    from bot.settings import Settings
    from storage.store import Store

MARKS = {True: "✓", False: "✗", None: "·"}
HEALTH_S = 5


def register(app: typer.Typer) -> None:
    """Add the verb."""

    @app.command()
    def doctor(
        health: Annotated[
            bool, typer.Option("--health", help="Only ask the running bot whether it is healthy.")
        ] = False,
    ) -> None:
        """Check tokens, scopes, channels, database and clock, and say what to mend."""
        from bot.settings import load_settings

        settings = load_settings()
        if health:
            sys.exit(0 if _is_healthy(settings) else 1)
        sick = 0
        for finding in _findings(settings):
            sick += finding.well is False
            print(f"{MARKS[finding.well]} {finding.what}: {finding.words}")
            if finding.mend:
                print(f"    → {finding.mend}")
        print("All is well." if not sick else f"{sick} to mend.")
        sys.exit(1 if sick else 0)


def _findings(settings: Settings) -> Iterator[Finding]:
    from bot.ground import open_store

    store = open_store(settings)
    yield _data_folder(settings)
    database = _database(store)
    yield database
    yield from _chat(settings, store if database.well else None)
    if database.well:
        yield from _parked(store)
        yield from _stuck(store)
    yield from _detection(settings)
    yield _language_model(settings)
    if settings.has_language_model and database.well:
        yield _written_answers(store)


def _detection(settings: Settings) -> Iterator[Finding]:
    from bot.detection import learned, meaning, own
    from bot.ground import learned_folder
    from bot.retrieval import judge, multilingual

    yield learned.finding()
    yield meaning.finding()
    yield multilingual.finding(multilingual.Multilingual())
    yield judge.finding(judge.Judge())
    yield own.finding(learned_folder(settings))


def _data_folder(settings: Settings) -> Finding:
    from bot.ground import data_folder_finding

    return data_folder_finding(settings)


def _language_model(settings: Settings) -> Finding:
    from bot.app import language_model_finding

    return language_model_finding(settings)


def _written_answers(store: Store) -> Finding:
    from bot.services.model_use import writing_finding

    return writing_finding(store.unit_of_work)


def _database(store: Store) -> Finding:
    from bot.domain.errors import StoreUnavailable
    from bot.findings import Finding

    try:
        health = store.check()
    except StoreUnavailable as error:
        return Finding("Database", False, error.words, "Check DATABASE_URL, the server and the disk.")
    if not health.is_up_to_date:
        words = f"{health.database} is not migrated yet ({health.revision or 'empty'}, needed {health.needed})."
        return Finding("Database", None, words, "It is migrated when the bot starts.")
    return Finding("Database", True, f"{health.database}; {health.inbox} waiting in, {health.outbox} waiting out.")


def _chat(settings: Settings, store: Store | None) -> Iterator[Finding]:
    from bot.findings import Finding

    if not settings.has_chat:
        mend = "README, “A real workspace”, tells how to connect yours in ten minutes."
        words = "No SLACK_BOT_TOKEN and no TEAMS_APP_ID: the bot starts the practice workspace."
        yield Finding("Slack", None, words, mend)
        return
    channels = _channels(store) if store else []
    tenant = settings.teams_tenant_id if settings.has_teams else ""
    if settings.has_slack:
        yield from _slack(settings, [(one, name) for workspace, one, name in channels if workspace != tenant])
    if settings.has_teams:
        yield from _teams(settings, store, [(one, name) for workspace, one, name in channels if workspace == tenant])
    if store and not channels:
        yield Finding("Channels", None, "None is set up yet.", "Type /itcheck setup in your marketing channel.")


def _slack(settings: Settings, channels: list[tuple[str, str]]) -> Iterator[Finding]:
    from bot.now import utc_now
    from bot.platforms.slack.access import SlackAccess
    from bot.platforms.slack.checkup import check_up

    access = SlackAccess(
        settings.slack_bot_token.get_secret_value(),
        settings.slack_app_token.get_secret_value(),
        settings.slack_signing_secret.get_secret_value(),
        settings.slack_api_url,
    )
    yield from check_up(access, channels, utc_now)


def _teams(settings: Settings, store: Store | None, channels: list[tuple[str, str]]) -> Iterator[Finding]:
    from bot.chats import teams_access
    from bot.domain.errors import Invalid
    from bot.findings import Finding
    from bot.platforms.teams.checkup import check_up

    try:
        access = teams_access(settings)
    except Invalid as error:
        yield Finding("Teams app", False, error.words, "docs/teams.md tells how to connect a tenant.")
        return
    yield from check_up(access, store.places if store else None, channels, settings.public_url)


def _channels(store: Store) -> list[tuple[str, str, str]]:
    """Workspace, id and name of the marketing channels."""
    with store.unit_of_work() as uow:
        return [(channel.workspace, channel.id, channel.name) for channel in uow.workspaces.listening()]


def _parked(store: Store) -> Iterator[Finding]:
    from bot.findings import Finding

    for parked in [*store.inbox.parked(), *store.outbox.parked()]:
        words = f"{parked.why} (since {parked.since:%Y-%m-%d %H:%M} UTC)"
        mend = "It is tried again every ten minutes, and at once when the bot is invited again or restarted."
        yield Finding(f"Waiting in the {parked.queue}, no. {parked.id}", False, words, mend)


def _stuck(store: Store) -> Iterator[Finding]:
    from bot.findings import Finding

    with store.unit_of_work() as uow:
        workspaces = dict.fromkeys(channel.workspace for channel in uow.workspaces.listening())
        stuck = [one for workspace in workspaces for one in uow.escalations.of(workspace) if one.stuck]
    for one in stuck:
        words = f"{one.why}; {one.stuck} (asked {one.asked_at:%Y-%m-%d %H:%M} UTC)"
        yield Finding(f"Escalation of IT-{one.number}", False, words, "Name somebody with /itcheck people.")


def _is_healthy(settings: Settings) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{settings.port}/health", timeout=HEALTH_S) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, TimeoutError):
        return False
