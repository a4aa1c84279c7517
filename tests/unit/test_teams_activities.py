"""What happens in Teams, as requests: words, commands, edits, coming and going."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.messages import Came, Request
from bot.platforms.teams.activities import Heard, read
from bot.platforms.teams.markup import html_text

US = "28:app"
CHANNEL = "19:abc@thread.tacv2"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
BOT = {"type": "mention", "text": "<at>IT Liaison</at>", "mentioned": {"id": US, "name": "IT Liaison"}}
SAM = {"type": "mention", "text": "<at>Sam</at>", "mentioned": {"id": "29:sam", "name": "Sam"}}
COMMANDS = frozenset({"new-tool", "status", "reassign", "ask", "tools"})


def activity(kind: str = "message", text: str = "", root: str = "1", **more: Any) -> dict[str, Any]:
    conversation = {"id": f"{CHANNEL};messageid={root}", "conversationType": "channel", "tenantId": "T"}
    made = {"type": kind, "id": "1", "from": {"id": "29:marketer"}, "conversation": conversation, "text": text}
    return made | {"timestamp": "2026-03-01T10:00:00.5Z", "channelData": {"tenant": {"id": "T"}}, "entities": []} | more


def personal(text: str) -> dict[str, Any]:
    return activity(text=text, conversation={"id": "a:1", "conversationType": "personal", "tenantId": "T"})


def requests(told: dict[str, Any], *siblings: str) -> list[Request]:
    return list(read(Heard(told, US, COMMANDS, NOW, siblings)))


def test_a_message_in_a_channel_begins_its_own_thread() -> None:
    (heard,) = requests(activity(text="shall we try\r\nKlaviyo?&nbsp;&amp; co"))
    assert (heard.came, heard.text, heard.thread) == (Came.MESSAGE, "shall we try\nKlaviyo? & co", "")
    assert (heard.conversation, heard.message, heard.workspace) == (CHANNEL, "1", "T")
    assert heard.at == datetime(2026, 3, 1, 10, 0, 0, 500_000, tzinfo=UTC)
    assert not heard.calls_us
    assert not heard.is_direct


def test_a_reply_names_its_thread() -> None:
    (heard,) = requests(activity(text="yes", root="1", id="2"))
    assert (heard.thread, heard.message, heard.lane) == ("1", "2", f"{CHANNEL}:1")


def test_a_mention_calls_us_and_others_are_named_by_their_id() -> None:
    (heard,) = requests(activity(text="<at>IT Liaison</at> ask <at>Sam</at>, please help us", entities=[BOT, SAM]))
    assert (heard.came, heard.text) == (Came.MESSAGE, "ask @29:sam, please help us")
    (heard,) = requests(activity(text="<at>IT Liaison</at>, can <at>Sam</at> do it?", entities=[BOT, SAM]))
    assert (heard.came, heard.text, heard.calls_us) == (Came.MESSAGE, "can @29:sam do it?", True)


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("<at>IT Liaison</at> new-tool Klaviyo", "new-tool", "Klaviyo"),
        ("<at>IT Liaison</at>&nbsp;Status IT-12", "status", "IT-12"),
        ("<at>IT Liaison</at> nwe-tool Klaviyo", "nwe-tool", "Klaviyo"),
        ("<at>IT Liaison</at> reassign IT-1 <at>Sam</at>", "reassign", "IT-1 @29:sam"),
        ("<at>IT Liaison</at> ask who may talk to Sam?", "ask", "who may talk to Sam?"),
    ],
)
def test_what_is_typed_after_a_mention_is_a_command(text: str, name: str, rest: str) -> None:
    (heard,) = requests(activity(text=text, entities=[BOT, SAM]))
    assert (heard.came, heard.name, heard.text, heard.thread) == (Came.COMMAND, name, rest, "")


@pytest.mark.parametrize(
    "text",
    [
        "asking for a friend about tools we have",
        "statue of liberty?",
        "we tried it",
        "ask Sam to order it",
        "ask her later",
    ],
)
def test_a_sentence_to_us_is_no_command(text: str) -> None:
    (heard,) = requests(activity(text=f"<at>IT Liaison</at> {text}", entities=[BOT]))
    assert heard.came is Came.MESSAGE


def test_without_a_call_a_command_is_only_words_but_not_in_the_chat_with_us() -> None:
    assert requests(activity(text="status IT-1"))[0].came is Came.MESSAGE
    (heard,) = requests(personal("status IT-1"))
    assert (heard.came, heard.is_direct) == (Came.COMMAND, True)
    assert requests(personal("Home"))[0].came is Came.HOME


@pytest.mark.parametrize(
    "told",
    [
        activity(text="I am a bot") | {"from": {"id": "28:another"}},
        activity(text="me") | {"from": {"id": US}},
        activity(text=""),
        activity("typing"),
        activity("messageReaction", reactionsAdded=[{"type": "like"}]),
        activity("conversationUpdate", membersAdded=[{"id": "29:sam"}]),
        activity("conversationUpdate", channelData={"tenant": {"id": "T"}, "eventType": "channelRenamed"}),
    ],
)
def test_what_bots_do_and_what_says_nothing_is_not_for_us(told: dict[str, Any]) -> None:
    assert requests(told) == []


def test_files_are_links_and_the_messages_own_html_is_none() -> None:
    html = {"contentType": "text/html", "content": "<p>x</p>", "contentUrl": "https://x"}
    file = {
        "contentType": "application/vnd.microsoft.teams.file.download.info",
        "contentUrl": "https://files/quote.pdf",
    }
    (heard,) = requests(activity(text="the quote", attachments=[html, file, "noise"]))
    assert heard.files == ("https://files/quote.pdf",)


def test_edits_and_deletions_name_their_message_and_each_is_an_act_of_its_own() -> None:
    (edited,) = requests(activity("messageUpdate", "it costs 90", id="2"))
    assert (edited.came, edited.text, edited.message, edited.thread) == (Came.EDIT, "it costs 90", "2", "1")
    (again,) = requests(activity("messageUpdate", "it costs 90", id="2", timestamp="2026-03-01T11:00:00Z"))
    assert edited.key != again.key
    (gone,) = requests(activity("messageDelete", id="2"))
    assert (gone.came, gone.message) == (Came.DELETION, "2")


def test_being_added_to_a_team_is_joining_its_channel() -> None:
    (joined,) = requests(activity("conversationUpdate", membersAdded=[{"id": US}]))
    assert (joined.came, joined.conversation, joined.actor) == (Came.JOINED, CHANNEL, "29:marketer")


@pytest.mark.parametrize(
    "told",
    [
        activity("conversationUpdate", membersRemoved=[{"id": US}]),
        activity("installationUpdate", action="remove"),
        activity("conversationUpdate", channelData={"tenant": {"id": "T"}, "eventType": "teamDeleted"}),
    ],
)
def test_being_removed_from_a_team_is_leaving_all_its_channels_once(told: dict[str, Any]) -> None:
    left = requests(told, CHANNEL, "19:other")
    assert [(one.came, one.conversation) for one in left] == [(Came.LEFT, CHANNEL), (Came.LEFT, "19:other")]
    assert len({one.key for one in left}) == 2


def test_a_channel_that_was_deleted_is_left_and_a_team_that_is_back_is_joined() -> None:
    data = {"tenant": {"id": "T"}, "channel": {"id": "19:other"}}
    (left,) = requests(activity("conversationUpdate", channelData=data | {"eventType": "channelDeleted"}))
    assert (left.came, left.conversation) == (Came.LEFT, "19:other")
    back = requests(activity("conversationUpdate", channelData=data | {"eventType": "teamRestored"}), "19:a", "19:b")
    assert [(one.came, one.conversation) for one in back] == [(Came.JOINED, "19:a"), (Came.JOINED, "19:b")]


def test_who_adds_the_app_for_themselves_is_shown_their_page() -> None:
    told = personal("") | {"type": "installationUpdate", "action": "add"}
    assert [one.came for one in requests(told)] == [Came.HOME]


def test_html_becomes_plain_text() -> None:
    assert html_text("<p>one<br>two &amp; <b>three</b></p><div>four</div>") == "one\ntwo & three\nfour"


@pytest.mark.parametrize("noise", [{"entities": "x"}, {"attachments": {}}, {"from": None}, {"conversation": []}])
def test_what_has_another_shape_than_it_should_breaks_nothing(noise: dict[str, Any]) -> None:
    requests(activity(text="words") | noise)
